import Foundation
import TrainingMetrics

/// What a discriminator that answers the same constant logit for everything would show: the constant read off the
/// generator's loss, and the discriminator's loss it implies.
struct ConstantLogit {
    /// The constant, the same for every sub-discriminator.
    let logit: Double
    /// The discriminator's loss for it, reduced as the run reduces.
    let discriminatorLoss: Double

    /// Solves the generator's loss for the constant; `nil` where the family's losses do not determine it.
    ///
    /// Per sub-discriminator, with G = l: hinge c = −l, relu hinge c = 1 − l, LSGAN c = 1 − √l (logits above 1 are
    /// taken for below), cross-entropy c = −ln(eˡ − 1).
    init?(generatorLoss: Double, in game: AdversarialGame) {
        let loss = generatorLoss / game.terms
        guard loss.isFinite else { return nil }
        let perDiscriminator: Double
        switch game.family {
        case .hinge, .hingeRelu:
            logit = game.family == .hinge ? -loss : 1 - loss
            perDiscriminator = max(0, 1 - logit) + max(0, 1 + logit)
        case .lsgan:
            guard loss >= 0 else { return nil }
            logit = 1 - loss.squareRoot()
            perDiscriminator = logit * logit + (1 - logit) * (1 - logit)
        case .bce:
            guard loss > 0 else { return nil }
            logit = -log(expm1(loss))
            perDiscriminator = log1p(exp(-logit)) + log1p(exp(logit))
        case .relativisticLSGAN, .relativisticHinge, .wgan:
            return nil
        }
        // The quotient of both blind losses carries sum and halving.
        discriminatorLoss =
            perDiscriminator * game.blind.discriminator / BlindConstants(family: game.family).discriminator
    }

    /// The constant a blind discriminator of the family settles at.
    static func blindLogit(_ family: LossFamily) -> Double { family == .lsgan ? 0.5 : 0 }
}

extension AdversarialGame {
    /// Whether the generator's adversarial loss is within 2 % of its own blind constant; `false` where there is none.
    var isGeneratorAtItsConstant: Bool {
        guard let constant = blind.generator, let window = adversarialWindow else { return false }
        return abs(RobustStatistics.median(window.values) - constant) <= 0.02 * constant
    }

    /// The discriminator's loss and the generator's at the last positions both have, as many as the window holds and
    /// 50 at least, in the order of the log. Nothing inside the grace period.
    var pairs: [(offset: Int, discriminator: Double, generator: Double)] {
        guard let adversarial else { return [] }
        let curve = discriminator.series
        let wanted = max(50, discriminator.window.count)
        var pairs: [(offset: Int, discriminator: Double, generator: Double)] = []
        var other = adversarial.count - 1
        for offset in discriminator.judged.reversed() {
            guard pairs.count < wanted else { break }
            let sample = curve[offset]
            while other >= 0, adversarial[other].position > sample.position { other -= 1 }
            guard other >= 0 else { break }
            let generator = adversarial[other]
            guard generator.position == sample.position, sample.value.isFinite, generator.value.isFinite else {
                continue
            }
            pairs.append((offset, sample.value, generator.value))
        }
        return pairs.reversed()
    }
}

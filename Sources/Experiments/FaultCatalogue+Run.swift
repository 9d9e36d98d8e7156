import Codec
import Foundation
import HealthRules
import Training

extension FaultCatalogue {
    /// Faults of optimisation, precision and resuming.
    static let run: [FaultCase] = [
        .configuration(
            "learning-rate-decays-to-nothing",
            "A decay of 0.9 meant per epoch is applied at every step, to both networks.",
            .caught(rules: ["OPT004"], cause: ["per step"])
        ) {
            $0.generatorOptimizer.schedule = .exponentialPerStep(gamma: 0.9)
            $0.discriminatorOptimizer.schedule = .exponentialPerStep(gamma: 0.9)
        },
        .configuration(
            "generator-learning-rate-x100",
            "G's learning rate is a hundred times as high.",
            .caught(rules: ["OPT004"], cause: ["learning rate"])
        ) { $0.generatorOptimizer.learningRate *= 100 },
        .intervention(
            "discriminator-not-restored",
            "A resumed run restores the generator, and begins with a new discriminator.",
            .caught(rules: ["RUN003"], cause: ["discriminator was not restored"]),
            interruption: .resume
        ) { $0.restoresDiscriminator = false },
        .intervention(
            "half-precision-overflow",
            "The loss is scaled for 16-bit floats by a factor that doubles every 20 steps and is never checked: it overflows.",
            .caught(rules: ["OPT001"], cause: ["overflow of half precision"])
        ) {
            $0.generatorLoss = { loss, step in
                let scale = Float(exp2(Double(8 + step / 20)))
                return abs(loss.item) * scale > 65_504 ? loss * .infinity : loss
            }
        },
    ]
}

import Codec
import TrainingMetrics

extension AdversarialLoss.Family {
    /// The family as rules call it.
    var lossFamily: LossFamily {
        switch self {
        case .leastSquares: .lsgan
        case .hinge: .hinge
        case .hingeWithReLU: .hingeRelu
        case .binaryCrossEntropy: .bce
        case .relativisticAverage: .relativisticLSGAN
        }
    }

    /// For people.
    var title: String {
        switch self {
        case .leastSquares: "LSGAN"
        case .hinge: "hinge"
        case .hingeWithReLU: "hinge with relu generator"
        case .binaryCrossEntropy: "BCE"
        case .relativisticAverage: "relativistic average LSGAN"
        }
    }

    /// D's loss per sub-discriminator at the best constant logit.
    var blindLoss: Double { BlindConstants(family: lossFamily).discriminator }
}

extension SignalProbe {
    /// What a run would log at its first step, mean over sub-discriminators, for every loss family.
    static func startingLosses(speech: DiscriminatorOutput, decoded: DiscriminatorOutput)
        -> [SignalReport.StartingLoss]
    {
        withoutGradients {
            AdversarialLoss.Family.allCases.map { family in
                let loss = AdversarialLoss(family, reduction: .mean)
                return SignalReport.StartingLoss(
                    family: family.title,
                    discriminator: Double(loss.discriminator(real: speech, decoded: decoded).total.item),
                    generator: Double(loss.generator(decoded: decoded, real: speech).total.item),
                    blind: family.blindLoss
                )
            }
        }
    }
}

import ArgumentParser
import Codec

/// Adversarial losses by the names facts use.
enum AdversarialFamily: String, CaseIterable, ExpressibleByArgument {
    case hinge
    case hingeRelu = "hinge-relu"
    case lsgan
    case bce
    case relativisticLSGAN = "relativistic-lsgan"

    /// The loss.
    var family: AdversarialLoss.Family {
        switch self {
        case .hinge: .hinge
        case .hingeRelu: .hingeWithReLU
        case .lsgan: .leastSquares
        case .bce: .binaryCrossEntropy
        case .relativisticLSGAN: .relativisticAverage
        }
    }

    /// All names.
    static let names = allCases.map(\.rawValue).joined(separator: ", ")
}

import Foundation

/// The values a game's losses take when the discriminator cannot tell real from decoded audio.
///
/// Source of the formulas: per sub-discriminator and mean over positions, insert the same constant logit c for real and
/// decoded input into the family's loss; `blind` is the minimum over c, `zeroLogit` is c = 0. Sub-discriminators that
/// are summed multiply by their number, a halved D loss by ½.
public struct BlindConstants: Hashable, Sendable {
    /// D's loss at the best constant logit.
    public let discriminator: Double
    /// D's loss at logit 0.
    public let discriminatorAtZeroLogit: Double
    /// G's adversarial loss at that best constant; `nil` where any value is possible (hinge: it is −c).
    public let generator: Double?
    /// G's adversarial loss at logit 0.
    public let generatorAtZeroLogit: Double
    /// D's term on real audio at logit 0, and on decoded audio.
    public let realAtZeroLogit: Double
    /// D's term on decoded audio at logit 0.
    public let fakeAtZeroLogit: Double
    /// Relative tolerance within which a loss counts as being at a constant: 1 % for hinge, 2 % for the others.
    public let tolerance: Double

    /// The constants of a family. `count` sub-discriminators are added up when `reduction` is `sum`.
    public init(family: LossFamily, count: Int = 1, reduction: LossReduction = .mean, isHalved: Bool = false) {
        let terms = reduction == .sum ? Double(max(count, 1)) : 1
        let half = isHalved ? 0.5 : 1
        let log2 = log(2.0)
        // (D blind, real at 0, fake at 0, G blind, G at 0)
        let table: (Double, Double, Double, Double?, Double) =
            switch family {
            case .hinge: (2, 1, 1, nil, 0)
            case .hingeRelu: (2, 1, 1, nil, 1)
            case .lsgan: (0.5, 1, 0, 0.25, 1)
            case .bce: (2 * log2, log2, log2, log2, log2)
            case .relativisticLSGAN: (2, 1, 1, 2, 2)
            case .relativisticHinge: (2, 1, 1, 2, 2)
            case .wgan: (0, 0, 0, nil, 0)
            }
        discriminator = table.0 * terms * half
        discriminatorAtZeroLogit = (table.1 + table.2) * terms * half
        realAtZeroLogit = table.1 * terms * half
        fakeAtZeroLogit = table.2 * terms * half
        generator = table.3.map { $0 * terms }
        generatorAtZeroLogit = table.4 * terms
        tolerance = family == .hinge || family == .hingeRelu ? 0.01 : 0.02
    }

    /// The constants of a run, `nil` while its loss family is unknown, or its number of sub-discriminators is unknown
    /// although they are summed.
    public init?(_ facts: RunFacts) {
        guard let family = facts.lossFamily else { return nil }
        let reduction = facts.reduction ?? .mean
        if reduction == .sum, facts.subDiscriminators == nil { return nil }
        self.init(
            family: family,
            count: facts.subDiscriminators ?? 1,
            reduction: reduction,
            isHalved: facts.isDiscriminatorLossHalved
        )
    }
}

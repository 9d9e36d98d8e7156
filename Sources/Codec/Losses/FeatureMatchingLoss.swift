/// The distance between a discriminator's features of real and of decoded audio: the mean absolute difference of every map.
///
/// Real features are detached, as in DAC. HiFi-GAN and Vocos leave them attached; that changes D's gradients of this loss,
/// which they throw away, and nothing for G. NaN in a map of either side makes the loss NaN.
public struct FeatureMatchingLoss: Sendable, Hashable, Codable {
    /// How maps' distances become one.
    public enum Reduction: String, Sendable, Hashable, Codable, CaseIterable {
        /// The sum over all maps of all sub-discriminators (DAC: 100 terms).
        case sum
        /// The mean over all maps of all sub-discriminators (the origin's run).
        case mean
        /// The mean over maps, then over sub-discriminators (EnCodec).
        case meanPerPart
        /// The sum over maps, then the mean over sub-discriminators (Vocos).
        case sumPerPart
    }

    /// A loss and its parts.
    public struct Value {
        /// The loss, a scalar.
        public let total: Tensor
        /// The distance of every map, a scalar with its own gradients: one list per sub-discriminator, without reduction and scale.
        public let terms: [[Tensor]]
        /// What each sub-discriminator contributes to the total; together they are the total.
        public let parts: [Float]
    }

    /// How maps' distances become one.
    public let reduction: Reduction
    /// Multiplies the reduced distance (HiFi-GAN: 2).
    public let scale: Float
    /// Whether the logits are a map too (HiFi-GAN).
    public let includesLogits: Bool
    /// Divides a map's distance by mean |real| + ε when given (EnCodec's paper); nil for plain distances. A map that is 0 for real
    /// audio has a finite relative distance only with ε > 0.
    public let relativeEpsilon: Float?

    /// A loss.
    public init(
        reduction: Reduction,
        scale: Float = 1,
        includesLogits: Bool = false,
        relativeEpsilon: Float? = nil
    ) {
        self.reduction = reduction
        self.scale = scale
        self.includesLogits = includesLogits
        self.relativeEpsilon = relativeEpsilon
    }

    /// A scalar. Gradients flow to the decoded audio's features only.
    ///
    /// - Precondition: both answers come from one discriminator, whose parts have feature maps.
    public func callAsFunction(decoded: DiscriminatorOutput, real: DiscriminatorOutput) -> Tensor {
        value(decoded: decoded, real: real).total
    }

    /// The loss with its parts. Gradients flow to the decoded audio's features only.
    ///
    /// - Precondition: both answers come from one discriminator, whose parts have feature maps.
    public func value(decoded: DiscriminatorOutput, real: DiscriminatorOutput) -> Value {
        AdversarialLoss.requireParts(real, decoded)
        let pairs = zip(real.features(withLogits: includesLogits), decoded.features(withLogits: includesLogits))
        let terms = pairs.map { real, decoded in
            precondition(
                real.count == decoded.count && !real.isEmpty,
                "feature matching needs equally many maps of both sides, but got \(real.count) and \(decoded.count)"
            )
            return zip(real, decoded).map(distance)
        }
        let weights = weights(mapCounts: terms.map(\.count))
        let weighted = zip(terms, weights).flatMap { terms, weight in terms.map { (term: $0, weight: weight) } }
        return Value(
            total: Tensor.weightedSum(weighted),
            terms: terms,
            parts: zip(terms, weights).map { terms, weight in terms.reduce(0) { $0 + $1.item } * weight }
        )
    }

    /// The factor of every map of a sub-discriminator, for sub-discriminators with that many maps.
    func weights(mapCounts: [Int]) -> [Float] {
        let (all, parts) = (Float(mapCounts.reduce(0, +)), Float(mapCounts.count))
        return mapCounts.map { count in
            switch reduction {
            case .sum: scale
            case .mean: scale / all
            case .meanPerPart: scale / (Float(count) * parts)
            case .sumPerPart: scale / parts
            }
        }
    }

    private func distance(_ real: Tensor, _ decoded: Tensor) -> Tensor {
        let real = real.detached()
        let distance = decoded.l1Distance(to: real)
        guard let relativeEpsilon else { return distance }
        return distance / (real.absolute().mean().item + relativeEpsilon)
    }
}

/// The game between discriminator and generator: what each of them minimises, from the logits.
///
/// Every sub-discriminator's value is a mean over all its logits (batch, time, bins); ``reduction`` then makes one number of
/// them. Nothing is detached here: give `discriminator(real:decoded:)` the answers to **detached** decoded audio, as DAC does,
/// or its gradients reach G too. NaN in a logit makes its sub-discriminator's value and the total NaN.
public struct AdversarialLoss: Sendable, Hashable, Codable {
    /// The functions of the logits r of real and f of decoded audio.
    public enum Family: String, Sendable, Hashable, Codable, CaseIterable {
        /// D: mean (1 − r)² + mean f²; G: mean (1 − f)² (Mao et al. 2017, arXiv:1611.04076).
        case leastSquares
        /// D: mean relu(1 − r) + mean relu(1 + f); G: −mean f (Lim and Ye 2017, arXiv:1705.02894).
        /// The gradient where a hinge bends is 0.
        case hinge
        /// As ``hinge``, but G: mean relu(1 − f), which ends at 0 (Vocos; audiocraft's `hinge2`; the origin's run).
        case hingeWithReLU
        /// D: mean softplus(−r) + mean softplus(f); G: mean softplus(−f) (Goodfellow et al. 2014, arXiv:1406.2661).
        case binaryCrossEntropy
        /// D: mean (r − mean f − 1)² + mean (f − mean r + 1)²; G: the same with r and f exchanged (RaLSGAN,
        /// Jolicoeur-Martineau 2018, arXiv:1807.00734). Inner means are over all logits of a sub-discriminator.
        ///
        /// The paper's hinge and cross-entropy forms are left out: no codec known to this project trains with them.
        case relativisticAverage
    }

    /// How sub-discriminators' values become one.
    public enum Reduction: String, Sendable, Hashable, Codable, CaseIterable {
        /// Their sum (DAC, HiFi-GAN, MelGAN).
        case sum
        /// Their mean (EnCodec, Vocos, the origin's run).
        case mean
    }

    /// A loss and its parts.
    public struct Value {
        /// The loss, a scalar.
        public let total: Tensor
        /// Each sub-discriminator's value before reduction, a scalar with its own gradients, in the discriminator's order.
        public let terms: [Tensor]
        /// The share of each term that comes from real audio; empty where none does (G's loss, unless relativistic).
        public let realTerms: [Tensor]
        /// The share of each term that comes from decoded audio.
        public let decodedTerms: [Tensor]

        /// Each sub-discriminator's value before reduction.
        public var parts: [Float] { terms.map(\.item) }
        /// The share of each part that comes from real audio; empty where none does.
        public var realParts: [Float] { realTerms.map(\.item) }
        /// The share of each part that comes from decoded audio.
        public var decodedParts: [Float] { decodedTerms.map(\.item) }
    }

    /// The functions of the logits.
    public let family: Family
    /// How sub-discriminators' values become one.
    public let reduction: Reduction

    /// A loss.
    public init(_ family: Family, reduction: Reduction) {
        self.family = family
        self.reduction = reduction
    }

    /// D's loss from its answers to real and to decoded audio.
    ///
    /// - Precondition: both answers come from one discriminator, which has at least one part.
    public func discriminator(real: DiscriminatorOutput, decoded: DiscriminatorOutput) -> Value {
        Self.requireParts(real, decoded)
        let pairs = zip(real.logits, decoded.logits)
        return switch family {
        case .leastSquares:
            value(real: real.logits.map { (1 - $0).squared() }, decoded: decoded.logits.map { $0.squared() })
        case .hinge, .hingeWithReLU:
            value(real: real.logits.map { (1 - $0).relu() }, decoded: decoded.logits.map { (1 + $0).relu() })
        case .binaryCrossEntropy:
            value(real: real.logits.map { (-$0).softplus() }, decoded: decoded.logits.map { $0.softplus() })
        case .relativisticAverage:
            value(
                real: pairs.map { ($0 - $1.mean() - 1).squared() },
                decoded: pairs.map { ($1 - $0.mean() + 1).squared() }
            )
        }
    }

    /// G's loss from the answers to decoded audio; relativistic losses need those to real audio too.
    ///
    /// - Precondition: there is at least one part; a relativistic loss gets both answers.
    public func generator(decoded: DiscriminatorOutput, real: DiscriminatorOutput? = nil) -> Value {
        Self.requireParts(real ?? decoded, decoded)
        let logits = decoded.logits
        switch family {
        case .leastSquares: return value(decoded: logits.map { (1 - $0).squared() })
        case .hinge: return value(decoded: logits.map { -$0 })
        case .hingeWithReLU: return value(decoded: logits.map { (1 - $0).relu() })
        case .binaryCrossEntropy: return value(decoded: logits.map { (-$0).softplus() })
        case .relativisticAverage:
            guard let real else { preconditionFailure("a relativistic loss needs the answers to real audio") }
            return value(
                real: zip(real.logits, logits).map { ($0 - $1.mean() + 1).squared() },
                decoded: zip(real.logits, logits).map { ($1 - $0.mean() - 1).squared() }
            )
        }
    }

    /// The means of each side's maps and what they add up to.
    private func value(real: [Tensor] = [], decoded: [Tensor]) -> Value {
        let (realTerms, decodedTerms) = (real.map { $0.mean() }, decoded.map { $0.mean() })
        let terms = real.isEmpty ? decodedTerms : zip(realTerms, decodedTerms).map { $0 + $1 }
        let weight = weight(parts: terms.count)
        return Value(
            total: Tensor.weightedSum(terms.map { (term: $0, weight: weight) }),
            terms: terms,
            realTerms: realTerms,
            decodedTerms: decodedTerms
        )
    }

    /// What a sub-discriminator's value counts in the loss of a discriminator of that many.
    func weight(parts: Int) -> Float { reduction == .sum ? 1 : 1 / Float(parts) }

    /// The loss of sub-discriminators whose losses were computed one by one, without memory of how they were made.
    func joined(_ values: [Value]) -> Value {
        func all(_ terms: (Value) -> [Tensor]) -> [Tensor] { values.flatMap(terms).map { $0.detached() } }
        let terms = all(\.terms)
        let weight = weight(parts: terms.count)
        return Value(
            total: Tensor.weightedSum(terms.map { (term: $0, weight: weight) }),
            terms: terms,
            realTerms: all(\.realTerms),
            decodedTerms: all(\.decodedTerms)
        )
    }

    static func requireParts(_ a: DiscriminatorOutput, _ b: DiscriminatorOutput) {
        precondition(
            a.parts.count == b.parts.count && !a.parts.isEmpty,
            "a loss needs the answers of one discriminator with at least one part, but got \(a.parts.count) and \(b.parts.count)"
        )
    }
}

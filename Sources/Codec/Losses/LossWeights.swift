/// What the terms of a training objective count.
///
/// As in DAC, a term that has no weight here does not act, however often it is logged.
public struct LossWeights: Sendable, Hashable, Codable, ExpressibleByDictionaryLiteral {
    /// A term and its weight.
    public struct Entry: Sendable, Hashable, Codable {
        /// The name under which the term is logged.
        public let name: String
        /// Its factor.
        public let weight: Float
    }

    /// The terms that act, in order.
    public let entries: [Entry]

    /// Weights in order. A name may occur once.
    public init(_ weights: [(name: String, weight: Float)]) {
        precondition(Set(weights.map(\.name)).count == weights.count, "a loss term has two weights")
        entries = weights.map { Entry(name: $0.name, weight: $0.weight) }
    }

    /// Weights in order. A name may occur once.
    public init(dictionaryLiteral elements: (String, Float)...) {
        self.init(elements.map { (name: $0.0, weight: $0.1) })
    }

    /// The weight of a term; nil if it does not act.
    public subscript(name: String) -> Float? { entries.first { $0.name == name }?.weight }

    /// These weights with one changed, added or, with nil, left out.
    public func replacing(_ name: String, with weight: Float?) -> LossWeights {
        var weights = entries.map { (name: $0.name, weight: $0.name == name ? weight ?? .nan : $0.weight) }
        if let weight, self[name] == nil { weights.append((name, weight)) }
        if weight == nil { weights.removeAll { $0.name == name } }
        return LossWeights(weights)
    }

    /// The weighted sum of those terms that have a weight, a scalar; 0 if none has.
    public func total(of terms: [(name: String, value: Tensor)]) -> Tensor {
        Tensor.weightedSum(
            entries.flatMap { entry in
                terms.filter { $0.name == entry.name }.map { (term: $0.value, weight: entry.weight) }
            }
        )
    }

    /// DAC's published configurations (`conf/final`).
    public static let dac: LossWeights = dac(mel: 15)

    /// The defaults in DAC's training script, which every published configuration replaces by ``dac``.
    public static let dacDefaults: LossWeights = dac(mel: 100)

    /// audiocraft's for EnCodec (`config/solver/compression/default.yaml`): the shares of its balancer, and the commitment loss,
    /// which acts beside it.
    public static let encodec: LossWeights = [
        "adv/gen_loss": 4, "adv/feat_loss": 4, "waveform/loss": 0.1, "msspec/loss": 2, "vq/commitment_loss": 1,
    ]

    /// The weights in EnCodec's paper (Défossez et al. 2022) for 24 kHz, the commitment loss beside the balancer again.
    public static let encodecPaper: LossWeights = [
        "adv/gen_loss": 3, "adv/feat_loss": 3, "waveform/loss": 0.1, "msspec/loss": 1, "vq/commitment_loss": 1,
    ]

    /// The origin's run that failed; its reconstruction loss is the L1 distance of samples.
    public static let originFailing: LossWeights = [
        "adv/gen_loss": 1, "adv/feat_loss": 2, "waveform/loss": 0.1, "vq/loss": 1,
    ]

    /// The origin's run after the repair.
    public static let originFixed: LossWeights = originFailing.replacing("adv/feat_loss", with: 10)

    private static func dac(mel: Float) -> LossWeights {
        [
            "mel/loss": mel,
            "adv/feat_loss": 2,
            "adv/gen_loss": 1,
            "vq/commitment_loss": 0.25,
            "vq/codebook_loss": 1,
        ]
    }
}

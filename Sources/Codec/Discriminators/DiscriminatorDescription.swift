/// A whole discriminator, as data: presets, a user's YAML file and a checkpoint's shapes all become this, and this becomes a
/// ``Discriminator``.
public struct DiscriminatorDescription: Sendable, Hashable, Codable {
    /// What happens to audio before any sub-discriminator sees it.
    public enum Preprocessing: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing.
        case none
        /// Every item's mean is taken away and its peak set to 0.8, so that gain and offset cannot be seen (DAC).
        case centerAndNormalizePeak
    }

    /// For people: "DAC", "GroupedMultiScale (origin)".
    public var name: String
    /// Hz.
    public var sampleRate: Int
    /// What happens to audio first.
    public var preprocessing: Preprocessing
    /// Whether the original's list of feature maps ends with the logits; DAC's feature matching leaves them out, HiFi-GAN's does not.
    public var matchesLogits: Bool
    /// The parts, each with logits of its own.
    public var subDiscriminators: [SubDiscriminatorDescription]

    /// A discriminator.
    public init(
        name: String,
        sampleRate: Int,
        preprocessing: Preprocessing = .none,
        matchesLogits: Bool = false,
        subDiscriminators: [SubDiscriminatorDescription]
    ) {
        self.name = name
        self.sampleRate = sampleRate
        self.preprocessing = preprocessing
        self.matchesLogits = matchesLogits
        self.subDiscriminators = subDiscriminators
    }

    /// Parameters of all layers.
    public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

    /// Every convolution of every sub-discriminator.
    public var layers: [DiscriminatorLayerDescription] { subDiscriminators.flatMap(\.layers) }

    /// The same net with every layer changed by `change`; counterfactuals are made this way.
    public func mappingLayers(
        _ change: (DiscriminatorLayerDescription) -> DiscriminatorLayerDescription
    ) -> DiscriminatorDescription {
        var result = self
        result.subDiscriminators = subDiscriminators.map { $0.mappingLayers(change) }
        return result
    }
}

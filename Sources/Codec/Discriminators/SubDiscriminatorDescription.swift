/// One sub-discriminator, as data: what it looks at, branches of convolutions, and the convolution that gives the logits.
public struct SubDiscriminatorDescription: Sendable, Hashable, Codable {
    /// A chain of convolutions over a band of the input, or over all of it.
    public struct Branch: Sendable, Hashable, Codable {
        /// The part of a spectrogram's bins this branch sees, as fractions: bins from ⌊lower·F⌋ up to ⌊upper·F⌋ of F; nil for all.
        public var band: ClosedRange<Double>?
        /// Convolutions in order; each has a feature map.
        public var layers: [DiscriminatorLayerDescription]

        /// A branch.
        public init(band: ClosedRange<Double>? = nil, layers: [DiscriminatorLayerDescription]) {
            self.band = band
            self.layers = layers
        }
    }

    /// For people: "period 2", "scale 0", "STFT 1024".
    public var name: String
    /// State-dict name: "discriminators.0".
    public var path: String
    /// What it looks at.
    public var input: DiscriminatorInput
    /// One branch, or one per band; results are joined along the bins.
    public var branches: [Branch]
    /// The convolution whose results are the logits.
    public var head: DiscriminatorLayerDescription

    /// A sub-discriminator with one branch.
    public init(
        name: String,
        path: String,
        input: DiscriminatorInput,
        layers: [DiscriminatorLayerDescription],
        head: DiscriminatorLayerDescription
    ) {
        self.init(name: name, path: path, input: input, branches: [Branch(layers: layers)], head: head)
    }

    /// A sub-discriminator with a branch per band.
    public init(
        name: String,
        path: String,
        input: DiscriminatorInput,
        branches: [Branch],
        head: DiscriminatorLayerDescription
    ) {
        self.name = name
        self.path = path
        self.input = input
        self.branches = branches
        self.head = head
    }

    /// Every convolution, branch after branch, the head last.
    public var layers: [DiscriminatorLayerDescription] { branches.flatMap(\.layers) + [head] }

    /// The same part with every layer changed by `change`.
    public func mappingLayers(
        _ change: (DiscriminatorLayerDescription) -> DiscriminatorLayerDescription
    ) -> SubDiscriminatorDescription {
        var result = self
        for branch in result.branches.indices { result.branches[branch].layers = branches[branch].layers.map(change) }
        result.head = change(head)
        return result
    }
}

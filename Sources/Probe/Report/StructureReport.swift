/// A sub-discriminator layer by layer, from its description alone.
public struct StructureReport: Codable, Sendable {
    /// One layer.
    public struct Layer: Codable, Sendable {
        /// State-dict name below the sub-discriminator.
        public var name: String
        /// The weight, `[Cout, Cin/groups, K…]`.
        public var shape: [Int]
        /// Groups.
        public var groups: Int
        /// Steps of this layer.
        public var stride: [Int]
        /// Parameters, and those of the layer without groups.
        public var parameters: Int, denseParameters: Int
        /// Multiply-adds for one second of audio, and those of the layer without groups.
        public var multiplyAdds: Double, denseMultiplyAdds: Double
        /// Inputs that one output is a weighted sum of.
        public var fanIn: Int
        /// Samples of audio between two outputs along time, and samples one output depends on; both count samples of the
        /// discriminator's input, folded and transformed ones included.
        public var totalStride: Int, receptiveField: Int
        /// The receptive field in ms.
        public var receptiveFieldMilliseconds: Double

        /// A layer.
        public init(
            name: String,
            shape: [Int],
            groups: Int,
            stride: [Int],
            parameters: Int,
            denseParameters: Int,
            multiplyAdds: Double,
            denseMultiplyAdds: Double,
            fanIn: Int,
            totalStride: Int,
            receptiveField: Int,
            receptiveFieldMilliseconds: Double
        ) {
            self.name = name
            self.shape = shape
            self.groups = groups
            self.stride = stride
            self.parameters = parameters
            self.denseParameters = denseParameters
            self.multiplyAdds = multiplyAdds
            self.denseMultiplyAdds = denseMultiplyAdds
            self.fanIn = fanIn
            self.totalStride = totalStride
            self.receptiveField = receptiveField
            self.receptiveFieldMilliseconds = receptiveFieldMilliseconds
        }
    }

    /// The sub-discriminator.
    public var part: String
    /// Layers, branch after branch, the head last.
    public var layers: [Layer]

    /// A structure.
    public init(part: String, layers: [Layer]) {
        self.part = part
        self.layers = layers
    }
}

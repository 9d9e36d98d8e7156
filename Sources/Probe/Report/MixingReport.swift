/// How information of different first-layer channels meets in one sub-discriminator: exact reachability, not an estimate.
public struct MixingReport: Codable, Sendable {
    /// After one layer.
    public struct Layer: Codable, Sendable {
        /// State-dict name below the sub-discriminator.
        public var name: String
        /// The fewest and most first-layer channels that one unit depends on.
        public var fewest: Int, most: Int
        /// Share of the sub-discriminator's weights up to and including this layer.
        public var weightShare: Double

        /// A layer.
        public init(name: String, fewest: Int, most: Int, weightShare: Double) {
            self.name = name
            self.fewest = fewest
            self.most = most
            self.weightShare = weightShare
        }
    }

    /// The sub-discriminator.
    public var part: String
    /// Channels of the first layer, all branches together.
    public var firstChannels: Int
    /// Layers in order.
    public var layers: [Layer]
    /// The first layer whose every unit depends on all first-layer channels of its branch; nil if none does.
    public var completeAt: String?
    /// Share of weights that come after mixing is complete, that layer included; 0 if it never is.
    public var weightShareAfterMixing: Double
    /// The product of all group counts. Not a measure of capacity: layers' capacities do not multiply. It is shown because people compute it.
    public var naiveGroupProduct: Double

    /// A measurement.
    public init(
        part: String,
        firstChannels: Int,
        layers: [Layer],
        completeAt: String?,
        weightShareAfterMixing: Double,
        naiveGroupProduct: Double
    ) {
        self.part = part
        self.firstChannels = firstChannels
        self.layers = layers
        self.completeAt = completeAt
        self.weightShareAfterMixing = weightShareAfterMixing
        self.naiveGroupProduct = naiveGroupProduct
    }
}

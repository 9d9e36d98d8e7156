/// How well one layer reproduces targets that a dense layer of its shape can make: the price of its groups, measured.
public struct LayerCapacityReport: Codable, Sendable {
    /// A layer that was tried.
    public enum Candidate: String, Codable, Sendable, CaseIterable {
        /// The layer itself.
        case grouped
        /// Without groups, with about as many parameters (fewer channels in between).
        case denseSameParameters
        /// Without groups, of the same shape.
        case denseSameShape
        /// The layer itself with one more dense 1×1 and activation behind it, as in a net whose next layer is dense; for products only.
        case groupedThenDense
    }

    /// What the layer was fed with.
    public enum Inputs: String, Codable, Sendable, CaseIterable {
        /// Noise whose channels and positions share nothing.
        case white
        /// What the layers before this one make of speech: channels that have much in common.
        case features
    }

    /// What had to be reproduced.
    public enum Target: String, Codable, Sendable, CaseIterable {
        /// A random dense layer of the same shape.
        case denseLinear
        /// Products of inputs of different groups, which no linear layer can make; measured with the layer, an activation and a dense 1×1 behind it.
        case crossGroupProducts
        /// Products of inputs of one group.
        case withinGroupProducts
    }

    /// One result.
    public struct Result: Codable, Sendable {
        /// The layer that was tried.
        public var candidate: Candidate
        /// What it had to reproduce.
        public var target: Target
        /// What went in.
        public var inputs: Inputs
        /// Share of the target's variance that the best weights explain, measured on unseen inputs without the noise of fitting them;
        /// nil where the candidate is not linear. Equal to `exact` where it follows from mathematics and was not measured.
        public var leastSquares: Double?
        /// Share explained on unseen inputs after training by gradient, at the level that suits it best (a squared correlation); nil
        /// where nothing was trained.
        public var gradient: Double?
        /// Steps of training by gradient.
        public var steps: Int
        /// Parameters of the candidate; where a smaller copy was measured (``LayerCapacityReport/reduction``), the copy's.
        public var parameters: Int
        /// What mathematics says for these inputs; nil where it does not say it. A distance to it is the measurement's own error.
        public var exact: Double?

        /// A result.
        public init(
            candidate: Candidate,
            target: Target,
            inputs: Inputs = .white,
            leastSquares: Double?,
            gradient: Double?,
            steps: Int,
            parameters: Int,
            exact: Double? = nil
        ) {
            self.candidate = candidate
            self.target = target
            self.inputs = inputs
            self.leastSquares = leastSquares
            self.gradient = gradient
            self.steps = steps
            self.parameters = parameters
            self.exact = exact
        }
    }

    /// The layer as text: "conv1d 1024 1024 k41 s4 g256".
    public var layer: String
    /// Where it stands: "convs.4 of scale 0"; empty for a layer given as text.
    public var place: String
    /// Share of a dense layer's weights.
    public var weightShare: Double
    /// What was found.
    public var results: [Result]
    /// What was measured on a smaller copy of the layer, and how small: always products; the dense target only of very wide layers.
    public var reduction: String
    /// Positions fitted and scored on, and what went wrong, for people.
    public var conditions: String

    /// A measurement.
    public init(
        layer: String,
        place: String = "",
        weightShare: Double,
        results: [Result],
        reduction: String = "",
        conditions: String = ""
    ) {
        self.layer = layer
        self.place = place
        self.weightShare = weightShare
        self.results = results
        self.reduction = reduction
        self.conditions = conditions
    }
}

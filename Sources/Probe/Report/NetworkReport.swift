public import TrainingMetrics

/// What was measured of one discriminator.
public struct NetworkReport: Codable, Sendable {
    /// For people: "GroupedMultiScale (origin)".
    public var name: String
    /// Where the weights come from.
    public var weights: ProbeEvidence.Weights
    /// Parameters.
    public var parameterCount: Int
    /// Weights (without biases and norms), and what they would be without groups.
    public var weightCount: Int, denseWeightCount: Int
    /// One per sub-discriminator.
    public var structures: [StructureReport] = []
    /// One per sub-discriminator.
    public var mixing: [MixingReport] = []
    /// One per layer with real weights; empty for fresh ones.
    public var layerWeights: [LayerWeightReport] = []
    /// nil when nothing was run (`--static`).
    public var signal: SignalReport?
    /// nil when nothing was trained.
    public var learning: LearningReport?
    /// What rules may use.
    public var evidence: ProbeEvidence

    /// A report with nothing but the counts.
    public init(
        name: String,
        weights: ProbeEvidence.Weights,
        parameterCount: Int,
        weightCount: Int,
        denseWeightCount: Int
    ) {
        self.name = name
        self.weights = weights
        self.parameterCount = parameterCount
        self.weightCount = weightCount
        self.denseWeightCount = denseWeightCount
        evidence = ProbeEvidence(
            kind: .discriminator,
            subject: name,
            weights: weights,
            parameterCount: parameterCount
        )
    }
}

public import Training

/// One configuration of the origin experiment: the failing run with at most a few things changed.
public struct OriginCell: Sendable {
    /// Kebab name (`grouped-weight-norm`).
    public let name: String
    /// What differs from the failing run, as a clause.
    public let summary: String
    /// Changes the failing run at a scale.
    private let change: @Sendable (inout TrainingConfiguration, Double) throws(TrainingPresetError) -> Void

    init(
        name: String,
        summary: String,
        change: @escaping @Sendable (inout TrainingConfiguration, Double) throws(TrainingPresetError) -> Void
    ) {
        self.name = name
        self.summary = summary
        self.change = change
    }

    /// The cell's configuration: the preset `origin-failing` at a scale, changed.
    ///
    /// The learning rate, 1e-4 in the origin's run, is divided by the scale unless given: with steps per epoch multiplied by it, what Adam
    /// can move a weight in an epoch stays. It falls as if 100 epochs were planned, as in the origin's run, whose log ends sooner too.
    /// Throws ``TrainingPresetError`` when the scale is not possible.
    public func configuration(
        scale: Double,
        epochs: Int,
        seed: UInt64,
        learningRate: Double? = nil
    ) throws(TrainingPresetError) -> TrainingConfiguration {
        var configuration = try TrainingPreset.originFailing.configuration(scale: scale)
        configuration.name = "origin experiment: \(name)"
        configuration.seed = seed
        configuration.epochs = epochs
        configuration.validationInterval = 1
        configuration.generatorOptimizer.learningRate = learningRate ?? 1e-4 / scale
        configuration.generatorOptimizer.schedule = .cosinePerEpoch(plannedEpochs: 100)
        configuration.discriminatorOptimizer = configuration.generatorOptimizer
        try change(&configuration, scale)
        return configuration
    }

    /// This cell with another's changes on top.
    func with(_ other: OriginCell, name: String, summary: String) -> OriginCell {
        OriginCell(name: name, summary: summary) { configuration, scale throws(TrainingPresetError) in
            try change(&configuration, scale)
            try other.change(&configuration, scale)
        }
    }
}

public import Training

/// One fault: a healthy run with one thing changed.
public struct FaultCase: Sendable {
    /// Kebab name (`discriminator-never-stepped`).
    public let name: String
    /// What is done, as a sentence.
    public let summary: String
    /// Changes the healthy run's configuration.
    public let change: @Sendable (inout TrainingConfiguration) -> Void
    /// What else is changed in a step.
    public let interventions: @Sendable () -> TrainingInterventions

    /// A fault.
    public init(
        name: String,
        summary: String,
        change: @escaping @Sendable (inout TrainingConfiguration) -> Void = { _ in },
        interventions: @escaping @Sendable () -> TrainingInterventions = { TrainingInterventions() }
    ) {
        self.name = name
        self.summary = summary
        self.change = change
        self.interventions = interventions
    }
}

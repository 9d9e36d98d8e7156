public import HealthRules
public import Training

/// One fault: a healthy run with one thing changed, and what a diagnosis of its log has to say.
public struct FaultCase: Sendable {
    /// What a right diagnosis is.
    public enum Expectation: Sendable, Hashable {
        /// One of `rules` finds it, and the first cause of the first root names it: the cause's text has one of these words in it.
        case caught(rules: [RuleID], cause: [String])
        /// No number that is logged tells it from a healthy run; `metric` would.
        case invisible(metric: String)
    }

    /// What happens to the run in the middle.
    public enum Interruption: Sendable, Hashable {
        /// Nothing.
        case none
        /// It is killed a tenth of the plan behind the checkpoint of half the plan, and resumed from that.
        case resume
    }

    /// Kebab name (`discriminator-never-stepped`).
    public let name: String
    /// What is done, as a sentence.
    public let summary: String
    /// The healthy run that is changed.
    public let healthy: HealthyVariation
    /// What a right diagnosis is.
    public let expectation: Expectation
    /// Whether the run is killed and resumed.
    public let interruption: Interruption
    /// Changes the healthy run's configuration.
    public let change: @Sendable (inout TrainingConfiguration) -> Void
    /// What else is changed in a step.
    public let interventions: @Sendable () -> TrainingInterventions

    /// A fault in a healthy run, by default the base.
    public init(
        name: String,
        summary: String,
        healthy: HealthyVariation = .base,
        expectation: Expectation,
        interruption: Interruption = .none,
        change: @escaping @Sendable (inout TrainingConfiguration) -> Void = { _ in },
        interventions: @escaping @Sendable () -> TrainingInterventions = { TrainingInterventions() }
    ) {
        self.name = name
        self.summary = summary
        self.healthy = healthy
        self.expectation = expectation
        self.interruption = interruption
        self.change = change
        self.interventions = interventions
    }

    /// A fault that is one change in a step.
    static func intervention(
        _ name: String,
        _ summary: String,
        _ expectation: Expectation,
        interruption: Interruption = .none,
        intervene: @escaping @Sendable (inout TrainingInterventions) -> Void
    ) -> FaultCase {
        FaultCase(
            name: name,
            summary: summary,
            expectation: expectation,
            interruption: interruption,
            interventions: {
                var interventions = TrainingInterventions()
                intervene(&interventions)
                return interventions
            }
        )
    }

    /// A fault that is one change of the configuration.
    static func configuration(
        _ name: String,
        _ summary: String,
        _ expectation: Expectation,
        healthy: HealthyVariation = .base,
        change: @escaping @Sendable (inout TrainingConfiguration) -> Void
    ) -> FaultCase {
        FaultCase(name: name, summary: summary, healthy: healthy, expectation: expectation, change: change)
    }

    /// The faulted run's configuration.
    public func configuration(seed: UInt64) -> TrainingConfiguration {
        var configuration = healthy.configuration(seed: seed)
        configuration.name = name
        change(&configuration)
        return configuration
    }
}

/// A rule: a pure function from a run to an outcome, and everything it says about itself.
public struct HealthRule: Sendable {
    /// What it says about itself.
    public let description: RuleDescription
    private let body: @Sendable (RunView, RuleParameters, RuleDescription) -> RuleOutcome

    /// Creates a rule. The body gets the description so that it can make findings of it.
    public init(
        _ description: RuleDescription,
        evaluate body: @escaping @Sendable (RunView, RuleParameters, RuleDescription) -> RuleOutcome
    ) {
        self.description = description
        self.body = body
    }

    /// Runs the rule. Pure: the same arguments give the same outcome.
    public func evaluate(_ run: RunView, overrides: [String: Double] = [:]) -> RuleOutcome {
        body(run, RuleParameters(description, overrides: overrides), description)
    }
}

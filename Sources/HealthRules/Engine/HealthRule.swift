/// A rule: a pure function from a run to an outcome, and everything it says about itself.
public struct HealthRule: Sendable {
    /// A rule that looks at the run.
    public typealias Judge = @Sendable (RunView, RuleParameters, RuleDescription) -> RuleOutcome
    /// A rule that looks at what all others said of the run.
    public typealias Reviewer = @Sendable (RunView, RuleResults, RuleParameters, RuleDescription) -> RuleOutcome

    private enum Body: Sendable {
        case judging(Judge)
        case reviewing(Reviewer)
    }

    /// What it says about itself.
    public let description: RuleDescription
    private let body: Body

    /// Creates a rule. The body gets the description so that it can make findings of it.
    public init(_ description: RuleDescription, evaluate judge: @escaping Judge) {
        self.description = description
        body = .judging(judge)
    }

    /// Creates a rule about the results of the others; it runs after them.
    public init(_ description: RuleDescription, review reviewer: @escaping Reviewer) {
        self.description = description
        body = .reviewing(reviewer)
    }

    /// Whether the rule runs after the others, on their results.
    public var isReviewing: Bool {
        if case .reviewing = body { return true }
        return false
    }

    /// Runs the rule. Pure: the same arguments give the same outcome. A reviewing rule has all others of the registry
    /// run first.
    public func evaluate(_ run: RunView, overrides: [String: Double] = [:]) -> RuleOutcome {
        let results = isReviewing ? RuleEngine.everything.evaluate(run) : RuleResults()
        return evaluate(run, after: results, overrides: overrides)
    }

    /// Runs the rule after others said what `results` holds.
    func evaluate(_ run: RunView, after results: RuleResults, overrides: [String: Double]) -> RuleOutcome {
        let parameters = RuleParameters(description, overrides: overrides)
        return switch body {
        case .judging(let judge): judge(run, parameters, description)
        case .reviewing(let reviewer): reviewer(run, results, parameters, description)
        }
    }
}

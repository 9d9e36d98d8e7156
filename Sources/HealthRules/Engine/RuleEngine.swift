import TrainingMetrics

/// Runs rules on a run and puts what came of it in order.
public struct RuleEngine: Sendable {
    private let rules: [HealthRule]
    private let selection: RuleSelection

    /// An engine for the chosen rules.
    /// - Throws: `RuleSelectionError` when the selection names something that does not exist.
    public init(_ selection: RuleSelection = RuleSelection()) throws(RuleSelectionError) {
        let chosen = try selection.rules()
        rules = chosen.filter { !$0.isReviewing } + chosen.filter(\.isReviewing)
        self.selection = selection
    }

    /// Every judging rule of the registry with its defaults.
    static let everything = RuleEngine(RuleRegistry.all.filter { !$0.isReviewing })

    private init(_ rules: [HealthRule]) {
        self.rules = rules
        selection = RuleSelection()
    }

    /// Runs every chosen rule once, those that review the others last. Findings are ordered by severity, first position,
    /// rule and subject.
    public func evaluate(_ run: RunView) -> RuleResults { evaluate(run, rules: rules) }

    /// Runs only the rules with those identifiers.
    func evaluate(_ run: RunView, only identifiers: Set<RuleID>) -> RuleResults {
        evaluate(run, rules: rules.filter { identifiers.contains($0.description.id) })
    }

    private func evaluate(_ run: RunView, rules: [HealthRule]) -> RuleResults {
        var results = RuleResults()
        let learning = ProvenLearning(run.probes)
        for rule in rules {
            let id = rule.description.id
            switch rule.evaluate(run, after: results, overrides: selection.parameters[id] ?? [:]) {
            case .pass:
                results.passed.append(id)
            case .findings(let findings):
                for var finding in findings {
                    finding = learning?.applied(to: finding, of: rule.description) ?? finding
                    finding.severity = selection.severities[id] ?? finding.severity
                    results.findings.append(finding)
                }
            case .unmeasured(let needs):
                results.unmeasured.append(UnmeasuredRule(rule: id, name: rule.description.name, needs: needs))
            case .tooShort(let missing):
                results.tooShort.append(TooShortRule(rule: id, name: rule.description.name, missing: missing))
            }
        }
        results.findings.sort { first, second in
            if first.severity != second.severity { return first.severity > second.severity }
            if first.episode.firstPosition != second.episode.firstPosition {
                return first.episode.firstPosition < second.episode.firstPosition
            }
            return (first.rule.rawValue, first.subject) < (second.rule.rawValue, second.subject)
        }
        return results
    }
}

/// A rule that could not run because the log does not carry what it needs.
public struct UnmeasuredRule: Hashable, Sendable, Codable {
    /// The rule.
    public var rule: RuleID
    /// Its name.
    public var name: String
    /// What it would need.
    public var needs: [RuleOutcome.Need]

    /// Creates an entry.
    public init(rule: RuleID, name: String, needs: [RuleOutcome.Need]) {
        self.rule = rule
        self.name = name
        self.needs = needs
    }
}

extension UnmeasuredRule {
    /// Whether only a probe can measure it, not a longer or better log.
    fileprivate var needsProbe: Bool { needs.contains(where: \.isProbe) }
}

/// A rule that has what it needs, but not for long enough.
public struct TooShortRule: Hashable, Sendable, Codable {
    /// The rule.
    public var rule: RuleID
    /// Its name.
    public var name: String
    /// What is missing, as a phrase.
    public var missing: String

    /// Creates an entry.
    public init(rule: RuleID, name: String, missing: String) {
        self.rule = rule
        self.name = name
        self.missing = missing
    }
}

/// What came of running the rules.
public struct RuleResults: Sendable, Equatable {
    /// Findings, most severe and earliest first.
    public var findings: [Finding] = []
    /// Rules that were satisfied.
    public var passed: [RuleID] = []
    /// Rules that could not be judged for want of a metric or fact. Never counted as passed.
    public var unmeasured: [UnmeasuredRule] = []
    /// The unmeasured ones a better log would let judge.
    public var unmeasuredByLog: [UnmeasuredRule] { unmeasured.filter { !$0.needsProbe } }
    /// The unmeasured ones that wait for a probe of the network.
    public var unprobed: [UnmeasuredRule] { unmeasured.filter(\.needsProbe) }
    /// Rules that could not be judged yet.
    public var tooShort: [TooShortRule] = []

    /// No results.
    public init() {}

    /// The one missing metric or fact that would let most unmeasured rules judge; of several the one that unlocks the
    /// more serious rules. A rule counts only when that is all it lacks.
    public var bestUnlock: (need: RuleOutcome.Need, rules: [RuleID])? {
        var rulesByNeed: [String: (need: RuleOutcome.Need, rules: [RuleID])] = [:]
        for entry in unmeasured where entry.needs.count == 1 {
            let need = entry.needs[0]
            guard MetricRole(rawValue: need.name) != nil || FactKey(rawValue: need.name) != nil else { continue }
            rulesByNeed[need.name, default: (need, [])].rules.append(entry.rule)
        }
        func serious(_ rules: [RuleID]) -> Int {
            rules.filter { RuleRegistry.rule(named: $0.rawValue)?.description.severity == .error }.count
        }
        return rulesByNeed.values.min { first, second in
            (-first.rules.count, -serious(first.rules), first.need.name)
                < (-second.rules.count, -serious(second.rules), second.need.name)
        }
    }
}

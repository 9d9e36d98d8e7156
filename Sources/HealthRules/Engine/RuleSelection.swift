import TrainingMetrics

/// Which rules run, and with what settings: the user's choice.
public struct RuleSelection: Sendable, Equatable {
    /// Identifiers, names or groups to run; empty for all.
    public var only: [String]
    /// Identifiers, names or groups to leave out.
    public var ignore: [String]
    /// Severity by rule identifier, instead of what the rule says.
    public var severities: [RuleID: Severity]
    /// Parameter values by rule identifier and parameter name.
    public var parameters: [RuleID: [String: Double]]

    /// Creates a selection.
    public init(
        only: [String] = [],
        ignore: [String] = [],
        severities: [RuleID: Severity] = [:],
        parameters: [RuleID: [String: Double]] = [:]
    ) {
        self.only = only
        self.ignore = ignore
        self.severities = severities
        self.parameters = parameters
    }

    /// The rules of the registry this selection keeps, in the registry's order.
    /// - Throws: `RuleSelectionError` when a word names no rule and no group, or a setting names an unknown rule or
    ///   parameter.
    public func rules(from registry: [HealthRule] = RuleRegistry.all) throws(RuleSelectionError) -> [HealthRule] {
        let kept = try only.isEmpty ? Set(registry.map(\.description.id)) : identifiers(only, registry)
        let dropped = try identifiers(ignore, registry)
        for id in severities.keys.sorted() + parameters.keys.sorted() {
            guard let rule = registry.first(where: { $0.description.id == id }) else {
                throw .unknownRule(id.rawValue, known: registry.map(\.description.id.rawValue))
            }
            let names = rule.description.parameters.map(\.name)
            for name in (parameters[id] ?? [:]).keys.sorted() where !names.contains(name) {
                throw .unknownParameter(name, rule: id, known: names)
            }
        }
        return registry.filter { kept.contains($0.description.id) && !dropped.contains($0.description.id) }
    }

    private func identifiers(_ words: [String], _ registry: [HealthRule]) throws(RuleSelectionError) -> Set<RuleID> {
        var result: Set<RuleID> = []
        for word in words {
            let wanted = word.lowercased()
            let matching = registry.map(\.description).filter { rule in
                rule.id.rawValue.lowercased() == wanted || rule.name == wanted || rule.group.rawValue == wanted
            }
            if matching.isEmpty { throw .unknownRule(word, known: registry.map(\.description.id.rawValue)) }
            result.formUnion(matching.map(\.id))
        }
        return result
    }
}

/// A choice of rules that cannot be made.
public enum RuleSelectionError: Error, Equatable, CustomStringConvertible {
    /// No rule and no group has that name.
    case unknownRule(String, known: [String])
    /// The rule has no such parameter.
    case unknownParameter(String, rule: RuleID, known: [String])

    /// A sentence that says what to write instead.
    public var description: String {
        switch self {
        case .unknownRule(let word, let known):
            let groups = RuleGroup.allCases.map(\.rawValue).joined(separator: ", ")
            let names = RuleRegistry.all.map(\.description.name) + RuleGroup.allCases.map(\.rawValue)
            let guess = NearestSpelling.ranked(known + names, to: word).first.map { " Did you mean '\($0)'?" } ?? ""
            return "there is no rule or group '\(word)'.\(guess) Rules: \(known.joined(separator: ", ")). Groups: "
                + "\(groups). 'codec-doctor rules' says what each looks for."
        case .unknownParameter(let name, let rule, let known):
            let list = known.isEmpty ? "it has none" : NearestSpelling.ranked(known, to: name).joined(separator: ", ")
            return "rule \(rule) has no parameter '\(name)'; its parameters: \(list)."
        }
    }
}

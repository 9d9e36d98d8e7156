import HealthRules

extension Checkup {
    /// The first root of the diagnosis, unless it is mere information.
    var firstRoot: Finding? {
        diagnosis.roots.first.map { diagnosis.nodes[$0].finding }.flatMap { $0.severity > .info ? $0 : nil }
    }
}

extension Finding {
    /// The cause a report names first.
    var firstCause: String {
        causes.first ?? RuleRegistry.rule(named: rule.rawValue)?.description.causes.first?.text ?? ""
    }
}

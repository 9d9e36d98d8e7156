public import HealthRules

/// Causes and advice of a finding: its own, or else those its rule gives in general.
public struct RuleAdvice {
    /// Possible causes, most likely first.
    public let causes: [String]
    /// What to do, in order.
    public let steps: [String]

    /// The advice for a finding.
    public init(_ finding: Finding) {
        let rule = RuleRegistry.rule(named: finding.rule.rawValue)?.description
        causes = finding.causes.isEmpty ? rule?.causes.map(\.text) ?? [] : finding.causes
        steps = finding.advice.isEmpty ? rule?.advice.map(\.text) ?? [] : finding.advice
    }
}

import HealthRules

/// Causes and advice of a finding: its own, or else those its rule gives in general.
struct RuleAdvice {
    let causes: [String]
    let steps: [String]

    init(_ finding: Finding) {
        let rule = RuleRegistry.rule(named: finding.rule.rawValue)?.description
        causes = finding.causes.isEmpty ? rule?.causes.map(\.text) ?? [] : finding.causes
        steps = finding.advice.isEmpty ? rule?.advice.map(\.text) ?? [] : finding.advice
    }
}

public import HealthRules

/// Writes rule descriptions as JSON.
public enum RuleCatalogueJSON {
    private struct Entry: Encodable {
        let id: String
        let name: String
        let group: String
        let severity: String
        let summary: String
        let rationale: String
        let causes: [String]
        let advice: [String]
        let parameters: [RuleParameter]
        let calibration: String
        let references: [String]
        let preview: Bool

        init(_ rule: RuleDescription) {
            id = rule.id.rawValue
            name = rule.name
            group = rule.group.rawValue
            severity = rule.severity.rawValue
            summary = rule.summary
            rationale = rule.rationale
            causes = rule.causes.map(\.text)
            advice = rule.advice.map(\.text)
            parameters = rule.parameters
            calibration = rule.calibration
            references = rule.references
            preview = rule.isPreview
        }
    }

    /// A list of rules, keys sorted.
    public static func render(_ rules: [RuleDescription]) throws -> String {
        try JSONText.render(rules.map(Entry.init))
    }
}

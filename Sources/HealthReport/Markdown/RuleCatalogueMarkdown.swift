public import HealthRules

/// Writes rule descriptions as a Markdown page: `docs/rules.md` is made of it, and a test compares the two.
public enum RuleCatalogueMarkdown {
    /// The page.
    public static func render(_ rules: [RuleDescription]) -> String {
        var lines = [
            "# Rules", "",
            "Made by `codec-doctor rules --markdown > docs/rules.md`; `codec-doctor explain RULE` shows the same and more.",
            "", "| rule | name | severity | looks for |", "|---|---|---|---|",
        ]
        lines += rules.map { rule in
            "| [\(rule.id)](#\(anchor(rule))) | \(rule.name) | \(rule.severity.rawValue) | \(cell(rule.summary)) |"
        }
        for rule in rules { lines += page(rule) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func page(_ rule: RuleDescription) -> [String] {
        var lines = ["", "## \(rule.id) \(rule.name)", "", "\(rule.summary) \(rule.rationale)", ""]
        lines.append("Causes, most likely first:")
        lines += [""] + rule.causes.map(\.text).enumerated().map { "\($0 + 1). \($1)" } + [""]
        lines.append("What to do, in order:")
        lines += [""] + rule.advice.map(\.text).enumerated().map { "\($0 + 1). \($1)" }
        if !rule.parameters.isEmpty {
            lines += ["", "| parameter | default | what it does | source |", "|---|---|---|---|"]
            lines += rule.parameters.map { parameter in
                let value = NumberText.short(parameter.value, unit: parameter.unit)
                return "| `\(parameter.name)` | \(value) | \(cell(parameter.summary)) | \(cell(parameter.source)) |"
            }
        }
        if !rule.calibration.isEmpty { lines += ["", "Calibration: \(rule.calibration)"] }
        lines += ["", "Sources: \(rule.references.joined(separator: "; "))"]
        return lines
    }

    private static func anchor(_ rule: RuleDescription) -> String { "\(rule.id.rawValue.lowercased())-\(rule.name)" }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

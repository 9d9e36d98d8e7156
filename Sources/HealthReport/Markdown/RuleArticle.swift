import HealthRules
import TrainingMetrics

/// What a rule says about itself as Markdown, for all pages made of rules.
enum RuleArticle {
    /// Everything but the title: what it looks for and why, causes, advice, parameters, calibration, examples, sources.
    /// Plain lines, the first of which is empty; without the summary where the page has said it already.
    static func body(_ rule: RuleDescription, withSummary: Bool = true) -> [String] {
        let beginning = withSummary ? "\(rule.summary) \(rule.rationale)" : rule.rationale
        var lines = ["", kind(rule), "", beginning, ""]
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
        lines += ["", "Examples, which are tests too:", ""]
        lines += rule.examples.map { example in
            let series = example.series.map { "`\($0.0.rawValue): \($0.1)`" }.joined(separator: ", ")
            return "- \(example.title): \(RuleExampleText.outcome(example))" + (series.isEmpty ? "" : ". \(series)")
        }
        return lines + ["", "Sources: \(rule.references.joined(separator: "; "))"]
    }

    /// `adversarial, error`, with a word on preview.
    private static func kind(_ rule: RuleDescription) -> String {
        let preview = rule.isPreview ? ", in preview: shown, and never fails a check" : ""
        return "Group \(rule.group.rawValue), \(rule.severity.rawValue)\(preview)."
    }

    /// A text that does not end a cell of a table.
    static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

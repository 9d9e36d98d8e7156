public import HealthRules

/// What `explain` prints about a rule: everything its description holds.
public struct RulePage {
    private let style: ANSIStyle
    private let width: Int

    /// A page writer.
    public init(style: ANSIStyle = .plain, width: Int = 100) {
        self.style = style
        self.width = max(40, width)
    }

    /// The page, ending with a line end.
    public func render(_ rule: RuleDescription) -> String {
        var lines = [
            style("\(rule.id) \(rule.name)", .bold)
                + style(
                    "  \(rule.group.rawValue), \(rule.severity.rawValue)\(rule.isPreview ? ", preview" : "")",
                    .dim
                ),
            "",
        ]
        lines += TextWrap.lines(rule.summary, width: width)
        lines += section("Why it is bad", [rule.rationale])
        lines += section("Causes, most likely first", numbered(rule.causes.map(\.text)))
        lines += section("What to do, in order", numbered(rule.advice.map(\.text)))
        lines += section(
            "Parameters",
            rule.parameters.map {
                let unit = $0.unit.isEmpty ? "" : " " + $0.unit
                return "\($0.name) = \(NumberText.short($0.value))\(unit): \($0.summary) Source: \($0.source)."
            }
        )
        lines += section("Calibration", rule.calibration.isEmpty ? [] : [rule.calibration])
        lines += section("Examples", rule.examples.map(RuleExampleText.line))
        lines += section("References", rule.references)
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ paragraphs: [String]) -> [String] {
        guard !paragraphs.isEmpty else { return [] }
        return ["", style(title, .bold)]
            + paragraphs.flatMap { paragraph in
                TextWrap.lines(paragraph, width: width - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
            }
    }

    private func numbered(_ items: [String]) -> [String] { items.enumerated().map { "\($0 + 1). \($1)" } }
}

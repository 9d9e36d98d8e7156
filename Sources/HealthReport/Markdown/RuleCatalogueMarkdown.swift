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
            "| [\(rule.id)](#\(anchor(rule))) | \(rule.name) | \(rule.severity.rawValue)\(rule.isPreview ? ", preview" : "") | \(RuleArticle.cell(rule.summary)) |"
        }
        for rule in rules { lines += ["", "## \(rule.id) \(rule.name)"] + RuleArticle.body(rule) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func anchor(_ rule: RuleDescription) -> String { "\(rule.id.rawValue.lowercased())-\(rule.name)" }
}

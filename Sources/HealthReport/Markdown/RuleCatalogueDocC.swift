public import HealthRules

/// Writes rule descriptions as a DocC catalogue: an overview and an article a rule.
/// `Sources/HealthRules/HealthRules.docc` is made of it, and a test compares the two.
public enum RuleCatalogueDocC {
    /// The files of the catalogue, by path inside its folder, in the order of the rules; the overview first.
    public static func files(_ rules: [RuleDescription]) -> [(path: String, text: String)] {
        [("HealthRules.md", overview(rules))] + rules.map { ("Rules/\($0.id).md", article($0)) }
    }

    private static func overview(_ rules: [RuleDescription]) -> String {
        var lines = [
            "# ``HealthRules``", "",
            "Says what is wrong with a training run of a neural audio codec: since when, why, how sure, what to do.",
            "",
            "<!-- Made by `codec-doctor rules --docc Sources/HealthRules/HealthRules.docc`. -->", "",
            "## Overview", "",
            "A rule is a value: a description, and a pure function from a ``RunView`` to a ``RuleOutcome``. ``Checkup`` runs",
            "all of them on a run, puts what they found in causal order (``Diagnosis``), and says when what could first be",
            "seen (``Timeline``). What could not be measured is never a pass.", "", "## Topics", "",
            "### Examining a run",
            "", "- ``Checkup``", "- ``RuleEngine``", "- ``RuleSelection``", "- ``Acceptance``", "- ``Baseline``", "",
            "### Rules as values", "", "- ``HealthRule``", "- ``RuleDescription``", "- ``RuleRegistry``",
        ]
        for group in RuleGroup.allCases {
            let members = rules.filter { $0.group == group }
            guard !members.isEmpty else { continue }
            lines += ["", "### Rules of the group \(group.rawValue)", ""]
            lines += members.map { "- <doc:\($0.id)>" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func article(_ rule: RuleDescription) -> String {
        let title = ["# \(rule.id) \(rule.name)", "", rule.summary, "", "## Overview"]
        return (title + RuleArticle.body(rule, withSummary: false)).joined(separator: "\n") + "\n"
    }
}

public import HealthRules

/// Writes a check as JUnit XML: a test case for every rule that was chosen. A rule with a finding at or above a severity
/// failed, one that could not be judged was skipped, the others passed; milder findings and those of preview rules, which
/// never gate, are the output of a passed case.
public enum JUnitCheckRenderer {
    private struct Case {
        let rule: RuleID
        let name: String
        let group: String
        var body: [String] = []
        var isFailure = false
        var isSkipped = false
    }

    /// The document.
    /// - Parameters:
    ///   - report: the check.
    ///   - severity: findings from this severity on are failures; `nil` for none.
    /// - Returns: XML, ending with a line end.
    public static func render(_ report: CheckReport, failingFrom severity: Severity? = .error) -> String {
        let cases = cases(report, severity)
        let name = attribute("codec-doctor: \(report.runName)")
        let counts =
            "tests=\"\(cases.count)\" failures=\"\(cases.filter(\.isFailure).count)\" errors=\"0\" "
            + "skipped=\"\(cases.filter(\.isSkipped).count)\" time=\"0\""
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"codec-doctor\" \(counts)>",
            "  <testsuite name=\"\(name)\" \(counts)>",
            "    <properties>",
        ]
        var properties = [
            ("run", report.runName), ("verdict", report.checkup.verdict.rawValue),
            ("extent", RunWords(report.checkup.run.history).extent),
        ]
        if !report.version.isEmpty { properties.append(("codec-doctor", report.version)) }
        if let cost = report.checkup.cost { properties.append(("cost", ResultWords.cost(cost))) }
        properties += report.notes.map { ("note", $0) }
        lines += properties.map { "      <property name=\"\($0)\" value=\"\(attribute($1))\"/>" }
        lines.append("    </properties>")
        for entry in cases {
            let head =
                "    <testcase classname=\"codec-doctor.\(entry.group)\" name=\"\(entry.rule) \(entry.name)\" time=\"0\""
            lines += entry.body.isEmpty ? [head + "/>"] : [head + ">"] + entry.body + ["    </testcase>"]
        }
        return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func cases(_ report: CheckReport, _ severity: Severity?) -> [Case] {
        let results = report.checkup.results
        let words = RunWords(report.checkup.run.history)
        var cases: [RuleID: Case] = [:]
        func add(_ rule: RuleID, _ fill: (inout Case) -> Void) {
            guard let description = RuleRegistry.rule(named: rule.rawValue)?.description else { return }
            var entry = Case(rule: rule, name: description.name, group: description.group.rawValue)
            fill(&entry)
            cases[rule] = entry
        }
        for rule in results.passed { add(rule) { _ in } }
        for rule in results.unmeasured { add(rule.rule) { skip(&$0, UnjudgedWords.text(rule)) } }
        for rule in results.tooShort { add(rule.rule) { skip(&$0, UnjudgedWords.text(rule)) } }
        for finding in report.checkup.accepted.known {
            add(finding.rule) { skip(&$0, "\(finding.rule) \(finding.name) is in the baseline: \(finding.message)") }
        }
        for item in report.checkup.accepted.suppressed {
            let name = "\(item.finding.rule) \(item.finding.name)"
            add(item.finding.rule) {
                skip(&$0, "\(name) is suppressed, \(item.suppression.reason): \(item.finding.message)")
            }
        }
        let byRule = Dictionary(grouping: results.findings.indices) { results.findings[$0].rule }
        for (rule, indices) in byRule {
            let isPreview = RuleRegistry.rule(named: rule.rawValue)?.description.isPreview ?? false
            add(rule) { entry in
                let isFailing = indices.contains { index in
                    severity.map { results.findings[index].severity >= $0 } ?? false
                }
                let text = indices.map { Self.text($0, report, words) }.joined(separator: "\n")
                entry.isFailure = isFailing && !isPreview
                let worst = results.findings[indices[0]]
                entry.body =
                    entry.isFailure
                    ? [
                        "      <failure type=\"\(worst.severity.rawValue)\" "
                            + "message=\"\(attribute(worst.message))\">\(text)</failure>"
                    ]
                    : ["      <system-out>\(text)</system-out>"]
            }
        }
        return cases.values.sorted { $0.rule < $1.rule }
    }

    private static func skip(_ entry: inout Case, _ why: String) {
        entry.isSkipped = true
        entry.body = ["      <skipped message=\"\(attribute(why))\"/>"]
    }

    /// What a finding says, lines of escaped text.
    private static func text(_ index: Int, _ report: CheckReport, _ words: RunWords) -> String {
        let finding = report.checkup.results.findings[index]
        let place = report.place(ofFinding: index).map { "\($0.path)\($0.line.map { ":\($0)" } ?? ""): " } ?? ""
        let subject = finding.subject.isEmpty ? "" : " [\(finding.subject)]"
        let lines =
            [
                "\(place)\(finding.severity.rawValue)\(subject), \(words.since(finding)), "
                    + "\(finding.confidence.rawValue) confidence: \(finding.message)"
            ]
            + finding.evidence.map {
                "measured \($0.label) \(NumberText.short($0.value, unit: $0.unit))"
                    + ($0.expected.isEmpty ? "" : ", expected \($0.expected)")
            } + RuleAdvice(finding).steps.enumerated().map { "\($0 + 1). \($1)" }
        return lines.map { MarkupText.escaped($0, width: 2000) }.joined(separator: "\n")
    }

    private static func attribute(_ text: String) -> String { MarkupText.escaped(text, width: 1000) }
}

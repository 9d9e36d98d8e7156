import HealthRules

/// Writes a check as workflow commands of GitHub Actions: an annotation a finding. GitHub shows only the first ten errors
/// and ten warnings of a step, so roots come before effects.
///
/// Escaping: https://github.com/actions/toolkit (`packages/core/src/command.ts`): `%`, CR and LF in the message, `:` and
/// `,` in properties too.
public enum GitHubCheckRenderer {
    /// The commands, a line each, then the verdict as a notice.
    public static func render(_ report: CheckReport) -> String {
        let nodes = report.checkup.diagnosis.nodes
        let order = nodes.indices.sorted { first, second in
            let key = { (index: Int) in
                (nodes[index].finding.severity.order, nodes[index].isRoot ? 0 : 1, index)
            }
            return key(first) < key(second)
        }
        let words = RunWords(report.checkup.run.history)
        return order.map { command($0, report, words) }.joined() + verdict(report)
    }

    private static func command(_ index: Int, _ report: CheckReport, _ words: RunWords) -> String {
        let node = report.checkup.diagnosis.nodes[index]
        let finding = node.finding
        var properties: [String] = []
        if let place = report.place(ofFinding: index) {
            properties.append("file=\(property(place.path, width: 300))")
            if let line = place.line { properties.append("line=\(line)") }
        }
        let subject = finding.subject.isEmpty ? "" : " [\(finding.subject)]"
        properties.append("title=\(property("\(finding.rule) \(finding.name)\(subject)", width: 120))")
        var lines = ["\(shown(report.runName, 60)): \(words.sentence(finding))"]
        if let cause = node.causes.first {
            lines.append("Because of \(report.checkup.diagnosis.nodes[cause.node].finding.rule): \(cause.mechanism).")
        } else if let step = RuleAdvice(finding).steps.first {
            lines.append("Do: \(step).")
        }
        return "::\(level(finding.severity)) \(properties.joined(separator: ","))::\(message(lines))\n"
    }

    private static func verdict(_ report: CheckReport) -> String {
        "::notice title=codec-doctor::\(message([ConciseCheckRenderer.summary(report)]))\n"
    }

    private static func message(_ lines: [String]) -> String {
        lines.map { shown($0, 2000).replacing("%", with: "%25") }.joined(separator: "%0A")
    }

    private static func property(_ text: String, width: Int) -> String {
        shown(text, width).replacing("%", with: "%25").replacing(":", with: "%3A").replacing(",", with: "%2C")
    }

    /// Control characters, line ends among them, are written out: no text of a log can begin a command of its own.
    private static func shown(_ text: String, _ width: Int) -> String { TerminalText.escaped(text, width: width) }

    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "notice"
        }
    }
}

extension Severity {
    /// 0 for the most severe.
    var order: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .info: 2
        }
    }
}

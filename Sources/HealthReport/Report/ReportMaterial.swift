import HealthRules
import TrainingMetrics

/// What every section of a report is made from, worked out once.
struct ReportMaterial {
    let report: CheckReport
    let limits: ReportLimits
    let words: RunWords
    /// All findings in reading order.
    let order: [CausalOrder.Place]

    init(_ report: CheckReport, _ limits: ReportLimits) {
        self.report = report
        self.limits = limits
        words = RunWords(report.checkup.run.history)
        order = CausalOrder(report.checkup.diagnosis).places
    }

    var checkup: Checkup { report.checkup }
    var history: RunHistory { report.checkup.run.history }
    var nodes: [Diagnosis.Node] { report.checkup.diagnosis.nodes }

    /// Indices of errors and warnings in reading order.
    var telling: [Int] { order.map(\.node).filter { nodes[$0].finding.severity > .info } }
    /// The roots among them.
    var roots: [Int] { telling.filter { nodes[$0].isRoot } }

    /// Anchor of a finding's card.
    static func anchor(_ index: Int) -> String { "finding-\(index + 1)" }

    /// `ADV001 discriminator-blind [stage 3]`.
    static func name(_ finding: Finding) -> String {
        let subject = finding.subject.isEmpty ? "" : " [\(TerminalText.escaped(finding.subject, width: 60))]"
        return "\(finding.rule) \(finding.name)\(subject)"
    }

    /// The finding's name as a jump to its card, where it has one.
    func link(_ index: Int) -> RichText {
        let name = Self.name(nodes[index].finding)
        return telling.prefix(limits.cards).contains(index) ? .link(name, to: Self.anchor(index)) : .strong(name)
    }

    /// What the run is, in a line.
    var subtitle: String {
        var parts = ["run \(report.runID)", words.extent]
        if history.attemptCount > 1 { parts.append("attempt \(history.attempt) of \(history.attemptCount)") }
        if let logged = LogDates.text(of: history) { parts.append(logged) }
        if !report.sources.isEmpty {
            parts.append(
                "from " + report.sources.prefix(3).map { $0 == "-" ? "standard input" : $0 }.joined(separator: ", ")
            )
        }
        return parts.joined(separator: " · ")
    }

    /// Edges of the run's axis.
    var positions: ClosedRange<Double> {
        guard let first = history.firstPosition, let last = history.lastPosition, first <= last else { return 0...0 }
        return Double(first)...Double(last)
    }

    /// Rows of a table, at most `limits.rows`, and a paragraph that counts those left out.
    func table(_ caption: String, _ columns: [(String, TextTable.Alignment)], _ rows: [[RichText]]) -> [ReportBlock] {
        guard !rows.isEmpty else { return [] }
        let shown = ReportBlock.table(
            ReportTable(
                caption: caption,
                columns: columns.map { (title: $0.0, alignment: $0.1) },
                rows: Array(rows.prefix(limits.rows))
            )
        )
        guard rows.count > limits.rows else { return [shown] }
        return [
            shown,
            .paragraph(.dim("… and \(rows.count - limits.rows) more; 'codec-doctor check --format json' has all.")),
        ]
    }
}

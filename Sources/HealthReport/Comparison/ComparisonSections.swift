import HealthRules
import TrainingMetrics

/// The parts of a comparison.
enum ComparisonSections {
    static let rowLimit = 60

    // MARK: Old and new

    /// The table one looks at first: old beside new.
    static func overview(_ report: ComparisonReport) -> ReportSection {
        let checkups = [report.first.checkup, report.second.checkup]
        var rows: [[RichText]] = []
        func add(_ label: String, _ values: [String]) {
            if values.contains(where: { !$0.isEmpty }) { rows.append([RichText(label)] + values.map { RichText($0) }) }
        }
        rows.append(["verdict"] + checkups.map { RichText.badge($0.verdict.rawValue, ReportTone($0.verdict)) })
        add("findings", checkups.map { ResultWords.findings($0.results) })
        add(
            "root causes",
            checkups.map { checkup in
                let roots = checkup.diagnosis.roots.map { checkup.diagnosis.nodes[$0].finding }.filter {
                    $0.severity > .info
                }
                let names = roots.prefix(3).map { ReportMaterial.name($0) }
                return names.isEmpty ? "none" : names.joined(separator: ", ") + (roots.count > 3 ? ", …" : "")
            }
        )
        add(
            "first error visible",
            checkups.map { checkup in
                checkup.timeline.firstError.map { RunWords(checkup.run.history).place($0.position, $0.epoch) } ?? "none"
            }
        )
        add("extent", checkups.map { RunWords($0.run.history).extent })
        add("spent", checkups.map { $0.cost.map { NumberText.money($0.total, currency: $0.currency) } ?? "" })
        add(
            "of it after the first error",
            checkups.map { checkup in
                checkup.cost.flatMap { cost in
                    cost.afterFirstError.map { NumberText.money($0, currency: cost.currency) }
                } ?? ""
            }
        )
        for row in report.comparison.progressRows where isTold(row.pair) {
            guard let progress = report.comparison.progress, let last = lastCommon(row) else { continue }
            let at = point(progress.points[last], progress)
            add(
                "\(name(row.pair)), \(at)",
                [row.first[last], row.second[last]].map { $0.map { NumberText.short($0) } ?? "" }
            )
        }
        return ReportSection(
            anchor: "overview",
            title: "Old and new",
            blocks: [
                .paragraph(RichText(summary(report))),
                table(
                    "What each run is and shows",
                    [("of the runs", .left), ("A (old)", .left), ("B (new)", .left)],
                    rows
                ),
            ]
        )
    }

    /// What became of errors and warnings, in a sentence.
    private static func summary(_ report: ComparisonReport) -> String {
        let told = report.comparison.findings.filter {
            max($0.before?.severity ?? .info, $0.after?.severity ?? .info) > .info
        }
        guard !told.isEmpty else { return "Neither run has an error or a warning." }
        let counts = FindingChange.Kind.allCases.compactMap { kind -> String? in
            let number = told.filter { $0.kind == kind }.count
            return number == 0 ? nil : "\(number) \(kind.clause)"
        }
        return "Of the \(told.count) errors and warnings of the two: \(counts.joined(separator: ", "))."
    }

    /// Metrics told in the first table.
    private static func isTold(_ pair: MetricPair) -> Bool {
        guard pair.part.isEmpty else { return false }
        switch pair.role {
        case .discriminatorLoss, .featureMatchingLoss, .adversarialLoss, .reconstructionLoss, .vqLoss:
            return pair.split == .train
        case .snr, .siSDR, .amplitudeRatio, .correlation: return true
        default: return false
        }
    }

    // MARK: Findings

    static func findings(_ report: ComparisonReport) -> ReportSection {
        let told = report.comparison.findings.filter { change in
            max(change.before?.severity ?? .info, change.after?.severity ?? .info) > .info
        }
        let rows = told.compactMap { change -> [RichText]? in
            guard let finding = change.finding else { return nil }
            func severity(_ finding: Finding?, _ rule: RuleID, _ results: RuleResults) -> RichText {
                if let finding { return .badge(finding.severity.rawValue, ReportTone(finding.severity)) }
                return .dim(
                    results.passed.contains(rule) || results.findings.contains { $0.rule == rule } ? "no" : "not judged"
                )
            }
            return [
                .badge(change.kind.words, change.kind.tone), .strong(ReportMaterial.name(finding)),
                severity(change.before, finding.rule, report.first.checkup.results),
                severity(change.after, finding.rule, report.second.checkup.results), RichText(finding.message),
            ]
        }
        var blocks: [ReportBlock] = []
        if rows.isEmpty {
            blocks.append(.paragraph("Neither run has an error or a warning."))
        } else {
            blocks.append(
                table(
                    "Errors and warnings; what could not be judged is not called gone",
                    [("change", .left), ("finding", .left), ("A", .left), ("B", .left), ("what it says", .left)],
                    Array(rows.prefix(rowLimit))
                )
            )
            if rows.count > rowLimit { blocks.append(.paragraph(.dim("… and \(rows.count - rowLimit) more."))) }
        }
        return ReportSection(anchor: "findings", title: "Findings appeared and gone", blocks: blocks)
    }

    // MARK: The rest

    static func facts(_ report: ComparisonReport) -> ReportSection {
        func cell(_ fact: Fact?) -> RichText {
            fact.map { RichText($0.value) + RichText.dim(" (\($0.origin.rawValue))") } ?? .dim("unknown")
        }
        let rows = report.comparison.facts.map { [RichText.code($0.key.rawValue), cell($0.first), cell($0.second)] }
        return ReportSection(
            anchor: "facts",
            title: "Facts that differ",
            blocks: rows.isEmpty
                ? [] : [table("With where each is from", [("fact", .left), ("A", .left), ("B", .left)], rows)]
        )
    }

    static func missing(_ report: ComparisonReport) -> ReportSection {
        var items = report.comparison.missing
        for (pairs, run) in [(report.comparison.onlyFirst, "A"), (report.comparison.onlySecond, "B")]
        where !pairs.isEmpty {
            let names = pairs.prefix(12).map { name($0) }.joined(separator: ", ")
            items.append("Only \(run) has: \(names)\(pairs.count > 12 ? ", … \(pairs.count - 12) more" : "").")
        }
        return ReportSection(
            anchor: "missing",
            title: "What could not be compared",
            blocks: items.isEmpty ? [] : [.list(items.map { RichText($0) }, isNumbered: false)]
        )
    }

    // MARK: Pieces

    /// The metric in words; unknown ones by the name the log gives them.
    static func name(_ pair: MetricPair) -> String {
        let isNamed = pair.role == .unknown || pair.role == .otherLoss
        let series = pair.first ?? pair.second
        let name = isNamed ? TerminalText.escaped(series?.name ?? "", width: 60) : pair.role.words
        let part = pair.part.isEmpty ? "" : " [\(TerminalText.escaped(pair.part, width: 30))]"
        return name + part + (pair.split == .train ? "" : " (\(pair.split.rawValue))")
    }

    static func point(_ point: Double, _ base: ComparisonBase) -> String {
        switch base.scale {
        case .epoch: "epoch \(NumberText.position(point))"
        case .step: "step \(NumberText.position(point))"
        case .cost: NumberText.money(point, currency: TerminalText.escaped(base.currency, width: 8))
        case .hours: "\(NumberText.tidy(point)) h"
        }
    }

    static func lastCommon(_ row: RunComparison.Row) -> Int? {
        row.first.indices.last { row.first[$0] != nil && row.second[$0] != nil }
    }

    static func cell(_ value: Double?) -> RichText { value.map { RichText(NumberText.short($0)) } ?? .dim("–") }

    static func table(
        _ caption: String,
        _ columns: [(String, TextTable.Alignment)],
        _ rows: [[RichText]]
    ) -> ReportBlock {
        .table(ReportTable(caption: caption, columns: columns.map { (title: $0.0, alignment: $0.1) }, rows: rows))
    }
}

extension FindingChange.Kind {
    /// The kind in words.
    fileprivate var words: String {
        switch self {
        case .appeared: "new"
        case .worse: "worse"
        case .newlyJudged: "new, A not judged"
        case .same: "same"
        case .milder: "milder"
        case .noLongerJudged: "B not judged"
        case .gone: "gone"
        }
    }

    /// The kind behind a number of findings.
    fileprivate var clause: String {
        switch self {
        case .appeared: "new in B"
        case .worse: "worse in B"
        case .newlyJudged: "in B, for which A could not be judged"
        case .same: "the same"
        case .milder: "milder in B"
        case .noLongerJudged: "in A, for which B could not be judged"
        case .gone: "gone"
        }
    }

    fileprivate var tone: ReportTone {
        switch self {
        case .appeared, .worse: .error
        case .newlyJudged, .noLongerJudged: .warning
        case .same: .neutral
        case .milder, .gone: .good
        }
    }
}

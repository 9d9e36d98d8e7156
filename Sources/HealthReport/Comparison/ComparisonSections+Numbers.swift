import HealthRules
import TrainingMetrics

/// The numbers of both runs: at equal progress, at equal cost, at their best, and as curves.
extension ComparisonSections {
    static func metrics(
        _ report: ComparisonReport,
        _ base: ComparisonBase?,
        _ rows: [RunComparison.Row]
    ) -> ReportSection? {
        guard let base, !rows.isEmpty else { return nil }
        let isProgress = base.scale == .epoch || base.scale == .step
        let title: String =
            switch base.scale {
            case .epoch: "At equal epochs"
            case .step: "At equal steps"
            case .cost: "At equal cost"
            case .hours: "At equal training time"
            }
        var notes: [String] = []
        let cells = rows.prefix(rowLimit).flatMap { row -> [[RichText]] in
            var mark = ""
            if !row.caveats.isEmpty {
                let text = row.caveats.joined(separator: " ")
                let number = notes.firstIndex(of: text) ?? notes.count
                if number == notes.count { notes.append(text) }
                mark = " (\(number + 1))"
            }
            return [
                [RichText(name(row.pair) + mark), "A"] + row.first.map(cell), ["", "B"] + row.second.map(cell),
            ]
        }
        var blocks = [
            table(
                caption(base.scale),
                [("metric", .left), ("run", .left)] + base.points.map { (point($0, base), .right) },
                cells
            )
        ]
        if rows.count > rowLimit {
            blocks.append(.paragraph(.dim("… and \(rows.count - rowLimit) more metrics in --format json.")))
        }
        if !notes.isEmpty { blocks.append(.list(notes.map { RichText($0) }, isNumbered: true)) }
        return ReportSection(anchor: isProgress ? "progress" : "cost", title: title, blocks: blocks)
    }

    private static func caption(_ scale: ComparisonBase.Scale) -> String {
        switch scale {
        case .epoch: "The last value of each epoch"
        case .step: "The newest value up to each step; – where there is no newer one"
        case .cost: "The newest value when as much money had been spent; – where there is no newer one"
        case .hours: "The newest value after as many hours; – where there is no newer one"
        }
    }

    static func best(_ report: ComparisonReport) -> ReportSection {
        let words = [RunWords(report.first.checkup.run.history), RunWords(report.second.checkup.run.history)]
        let rows = report.comparison.shared.compactMap { pair -> [RichText]? in
            guard let one = pair.first, let other = pair.second, let better = pair.better, let old = pair.best(of: one),
                let new = pair.best(of: other)
            else { return nil }
            let verdict: RichText =
                better.prefers(new.value, to: old.value)
                ? .badge("B", .good) : better.prefers(old.value, to: new.value) ? .badge("A", .good) : .dim("equal")
            return [
                RichText(name(pair)), RichText(NumberText.short(old.value)),
                .dim(words[0].place(old.position, old.epoch)),
                RichText(NumberText.short(new.value)), .dim(words[1].place(new.position, new.epoch)), verdict,
            ]
        }
        return ReportSection(
            anchor: "best",
            title: "Best values",
            blocks: rows.isEmpty
                ? []
                : [
                    table(
                        "Of metrics of which one side is better; the runs may differ in length",
                        [
                            ("metric", .left), ("A", .right), ("at", .left), ("B", .right), ("at", .left),
                            ("better", .left),
                        ],
                        Array(rows.prefix(rowLimit))
                    )
                ]
        )
    }

    static func curves(_ report: ComparisonReport) -> ReportSection? {
        let histories = [report.first.checkup.run.history, report.second.checkup.run.history]
        guard histories[0].axis == histories[1].axis else { return nil }
        let firsts = histories.compactMap(\.firstPosition)
        let lasts = histories.compactMap(\.lastPosition)
        guard let first = firsts.min(), let last = lasts.max(), first <= last else { return nil }
        let charts = report.comparison.shared.filter { $0.role != .unknown }.prefix(16).compactMap {
            pair -> ReportChart? in
            guard let one = pair.first, let other = pair.second, one.count + other.count > 2 else { return nil }
            let columns = SVGChart.columns(.half)
            return ReportChart(
                title: name(pair),
                description:
                    "A: \(CurveWords.text(one, RunWords(histories[0]))). B: \(CurveWords.text(other, RunWords(histories[1])))",
                curves: [
                    ReportChart.Curve(name: "A", envelope: Envelope(one, limit: columns), values: one.values),
                    ReportChart.Curve(name: "B", envelope: Envelope(other, limit: columns), values: other.values),
                ],
                axis: histories[0].axis,
                positions: Double(first)...Double(last),
                size: .half
            )
        }
        return ReportSection(anchor: "curves", title: "Curves", blocks: charts.isEmpty ? [] : [.charts(charts)])
    }
}

public import TrainingMetrics

/// What `show` prints of a run: a line with a sparkline for every metric, then a table with one row an epoch.
public struct RunOverview {
    private let style: ANSIStyle
    private let width: Int

    /// An overview writer for a terminal of that many columns; the table takes as many metrics as fit.
    public init(style: ANSIStyle = .plain, width: Int = 100) {
        self.style = style
        self.width = max(60, width)
    }

    /// The overview, ending with a line end.
    public func render(_ history: RunHistory, facts: RunFacts) -> String {
        var lines = metricLines(history)
        lines.append("")
        lines += epochTable(history)
        if !facts.all.isEmpty {
            lines += ["", style("Facts", .bold)]
            lines += facts.all.map { fact in
                let evidence = TerminalText.escaped(fact.evidence, width: 90)
                return
                    "  \(fact.key.rawValue) = \(TerminalText.escaped(fact.value)) [\(fact.origin.rawValue)] \(evidence)"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func metricLines(_ history: RunHistory) -> [String] {
        var table = TextTable([
            ("metric", .left), ("role", .left), ("split", .left), ("curve", .left), ("first", .right), ("last", .right),
            ("lowest", .right), ("highest", .right), ("points", .right), ("not finite", .right),
        ])
        for series in history.series where !series.isEmpty {
            let finite = RobustStatistics.finite(series.values)
            let part = series.interpretation.part.isEmpty ? "" : "[\(series.interpretation.part)]"
            table.append([
                TerminalText.escaped(series.name, width: 34) + (series.isDerived ? " *" : ""),
                TerminalText.escaped(series.role.rawValue + part, width: 30),
                series.split.rawValue,
                Sparkline(series.values, width: 20).bars,
                NumberText.short(series[0].value),
                NumberText.short(series[series.count - 1].value),
                finite.min().map { NumberText.short($0) } ?? "",
                finite.max().map { NumberText.short($0) } ?? "",
                String(series.count),
                finite.count == series.count ? "" : String(series.count - finite.count),
            ])
        }
        let isAnyDerived = history.series.contains(where: \.isDerived)
        return table.lines(style: style) + (isAnyDerived ? [style("* computed from other metrics", .dim)] : [])
    }

    /// Rows of the table: at most this many, evenly thinned.
    private static let rowLimit = 60

    private func epochTable(_ history: RunHistory) -> [String] {
        let judged = history.series.filter { !$0.isEmpty && $0.role != .unknown && $0.role != .progress }
        let chosen = Array(judged.prefix(max(1, (width - 10) / 14)))
        guard !chosen.isEmpty else { return ["no metric with a known role; name one with --map NAME=ROLE"] }
        let rows = Self.rows(of: chosen, axis: history.axis)
        let isByEpoch = history.axis == .epoch || chosen.contains { !$0.epochs.isEmpty }
        let heading = isByEpoch ? "epoch" : history.axis.rawValue
        var table = TextTable(
            [(heading, .right)]
                + chosen.map {
                    (
                        TerminalText.escaped(
                            $0.name + ($0.split == .train ? "" : " (\($0.split.rawValue))"),
                            width: 20
                        ), .right
                    )
                }
        )
        for row in rows { table.append([NumberText.position(row.label)] + row.cells) }
        var lines = table.lines(style: style)
        if judged.count > chosen.count {
            lines.append(style("\(judged.count - chosen.count) more metrics: widen the terminal or use export", .dim))
        }
        return lines
    }

    private typealias Row = (label: Double, cells: [String])

    /// One row an epoch (or a position, where the log has no epochs) with the last value each metric had in it.
    private static func rows(of chosen: [MetricSeries], axis: StepAxis) -> [Row] {
        let isByEpoch = axis == .epoch || chosen.contains { !$0.epochs.isEmpty }
        func label(_ series: MetricSeries, _ offset: Int) -> Double {
            if axis == .epoch || !isByEpoch { return Double(series[offset].position) }
            return (series[offset].epoch ?? .nan).rounded(.down)
        }
        var labels: Set<Double> = []
        let columns = chosen.map { series in
            var values: [Double: Double] = [:]
            for offset in 0..<series.count {
                let label = label(series, offset)
                guard !label.isNaN else { continue }
                values[label] = series[offset].value
                labels.insert(label)
            }
            return values
        }
        let sorted = labels.sorted()
        let stride = max(1, (sorted.count + rowLimit - 1) / rowLimit)
        return sorted.enumerated().filter { $0.offset.isMultiple(of: stride) || $0.offset == sorted.count - 1 }.map {
            let label = $0.element
            return (label, columns.map { values in values[label].map { NumberText.short($0) } ?? "" })
        }
    }
}

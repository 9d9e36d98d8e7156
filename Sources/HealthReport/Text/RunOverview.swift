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
                Self.name(series, width: 34) + (series.isDerived ? " *" : ""),
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

    /// A name that fits: of a long path the end, which tells metrics of one heading apart.
    private static func name(_ series: MetricSeries, width: Int) -> String {
        let name = TerminalText.escaped(series.name)
        guard name.count > width, let slash = name.lastIndex(of: "/") else {
            return TerminalText.escaped(series.name, width: width)
        }
        return String(("…" + name[slash...]).prefix(width))
    }

    /// Rows of the table: at most this many, evenly thinned.
    private static let rowLimit = 60

    /// The table, in as many blocks of columns as the terminal's width asks for.
    private func epochTable(_ history: RunHistory) -> [String] {
        let judged = history.series.filter { !$0.isEmpty && $0.role != .unknown && $0.role != .progress }
        guard !judged.isEmpty else { return ["no metric with a known role; name one with --map NAME=ROLE"] }
        let isByEpoch = history.axis == .epoch || judged.contains { !$0.epochs.isEmpty }
        let rows = Self.rows(of: judged, isByEpoch: isByEpoch, axis: history.axis)
        let headings = judged.map { series in
            Self.name(series, width: 20) + (series.split == .train ? "" : " (\(series.split.rawValue))")
        }
        var lines: [String] = []
        var start = 0
        while start < judged.count {
            var end = start
            var used = 8
            while end < judged.count, end == start || used + max(headings[end].count, 8) + 2 <= width {
                used += max(headings[end].count, 8) + 2
                end += 1
            }
            var table = TextTable(
                [(isByEpoch ? "epoch" : history.axis.rawValue, .right)] + headings[start..<end].map { ($0, .right) }
            )
            for row in rows where row.cells[start..<end].contains(where: { !$0.isEmpty }) {
                table.append([NumberText.position(row.label)] + row.cells[start..<end])
            }
            lines += (lines.isEmpty ? [] : [""]) + table.lines(style: style)
            start = end
        }
        return lines
    }

    private typealias Row = (label: Double, cells: [String])

    /// One row an epoch (or a position, where the log has no epochs) with the last value each metric had in it.
    private static func rows(of chosen: [MetricSeries], isByEpoch: Bool, axis: StepAxis) -> [Row] {
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

/// The header of a table: which column is what.
struct CSVHeader: Hashable, Codable {
    /// Most columns a table may have.
    static let mostColumns = 16_384

    /// A column that holds a metric, as far as its name says.
    struct Metric: Hashable, Codable {
        /// Position in the row.
        var column: Int
        /// Name as logged.
        var name: String
        /// Split the name carries.
        var split: Split?
        /// Unit the name carries (`SNR (dB)`), empty when it carries none.
        var unit = ""
        /// Run the name carries, empty when it carries none.
        var run = ""
    }

    /// Byte between the cells.
    var delimiter: UInt8
    /// Names of all columns, as logged.
    var names: [String]
    /// Column of the step axis.
    var step: Int?
    /// Whether the step may start again with every epoch.
    var isStepLocal = false
    /// Column of the epochs.
    var epoch: Int?
    /// Column of the wall time; also a metric, for where its numbers are no dates.
    var time: Int?
    /// Columns that may name a split or a phase.
    var splits: [Int] = []
    /// Column that names the run.
    var run: Int?
    /// Column that names the metric whose number stands in `value`: one row per metric and step.
    var metricName: Int?
    /// Offset in `metrics` of the numbers it names.
    var value: Int?
    /// All other columns.
    var metrics: [Metric] = []

    /// What the positions of the samples count.
    var axis: StepAxis { step != nil ? .step : epoch != nil ? .epoch : .record }

    /// Whether any column is an axis, a split or a run.
    var isKnown: Bool {
        step != nil || epoch != nil || time != nil || !splits.isEmpty || run != nil || metricName != nil
    }

    /// Reads a line as a header.
    /// - Returns: `nil` when a cell is a number, or when no cell has a name.
    init?(_ line: Span<UInt8>) {
        let delimiter = Self.delimiter(of: line)
        var cells = CSVCells()
        guard cells.split(line, delimiter: delimiter) else { return nil }
        self.init(line, cells, delimiter: delimiter)
    }

    /// Reads cells as a header.
    /// - Parameters:
    ///   - line: the line.
    ///   - cells: its cells.
    ///   - delimiter: the byte between them.
    ///   - earlier: the header the table has had; another one has to name an axis or be the same.
    init?(_ line: Span<UInt8>, _ cells: CSVCells, delimiter: UInt8, behind earlier: CSVHeader? = nil) {
        guard cells.count <= Self.mostColumns else { return nil }
        self.delimiter = delimiter
        var isNamed = false
        names = []
        for cell in 0..<cells.count {
            switch CellValue.read(line, in: cells[cell]) {
            case .number, .undefined: return nil
            case .text: isNamed = true
            case .missing: break
            }
            names.append(cells.text(cell, in: line))
        }
        guard isNamed else { return nil }
        if names[0].hasPrefix("#") { names[0] = String(names[0].dropFirst().drop { $0 == " " }) }
        if let earlier, names != earlier.names, !names.contains(where: { FieldName.axis(of: $0) != nil }) { return nil }
        sortColumns()
    }

    /// The commonest of tab, comma, semicolon and bar outside quotes; a comma when none is there.
    static func delimiter(of line: Span<UInt8>) -> UInt8 {
        var best: (byte: UInt8, count: Int) = (0x2C, 0)
        for byte: UInt8 in [0x09, 0x2C, 0x3B, 0x7C] {
            var isQuoted = false
            var count = 0
            for index in 0..<line.count {
                if line[index] == 0x22 { isQuoted.toggle() }
                if line[index] == byte, !isQuoted { count += 1 }
            }
            if count > best.count { best = (byte, count) }
        }
        return best.byte
    }

    private mutating func sortColumns() {
        let kinds = names.map { FieldName.kind(of: $0) }
        let isLong = names.contains { FieldName.isValue($0) }
        var (stepRank, timeRank) = (Int.max, Int.max)
        for (column, kind) in kinds.enumerated() {
            switch kind {
            case .step(let rank) where rank < stepRank: (step, stepRank) = (column, rank)
            case .time(let rank) where rank < timeRank: (time, timeRank) = (column, rank)
            case .epoch where epoch == nil: epoch = column
            case .split: splits.append(column)
            case .run where run == nil: run = column
            case .metricName where metricName == nil && isLong: metricName = column
            default: break
            }
        }
        isStepLocal = step != nil && epoch != nil && !FieldName.isGlobalStep(rank: stepRank)
        // The index column of a data frame has no name; the empty cell in front of a Markdown table's first bar is none.
        let isIndexed = names.count > 1 && (names[0].isEmpty || names[0] == "Unnamed: 0") && delimiter != 0x7C
        if step == nil, epoch == nil, isIndexed { step = 0 }
        let others = names.indices.filter {
            !(isIndexed && $0 == 0) && !isBound(names[$0]) && $0 != step && $0 != epoch && $0 != run && $0 != metricName
                && !splits.contains($0)
        }
        // An export of one panel for several runs: every column is `RUN - METRIC`.
        let isPanel = step != nil && run == nil && others.allSatisfy { names[$0].contains(" - ") }
        var taken: Set<String> = []
        metrics = others.map { column in metric(column, isPanel: isPanel, taken: &taken) }
        if metricName != nil { value = metrics.firstIndex { FieldName.isValue($0.name) } }
    }

    /// Whether a column holds the least or the largest number behind a drawn point of another column, as exported panels
    /// call them.
    private func isBound(_ name: String) -> Bool {
        (name.hasSuffix("__MIN") || name.hasSuffix("__MAX")) && names.contains(String(name.dropLast(5)))
    }

    private func metric(_ column: Int, isPanel: Bool, taken: inout Set<String>) -> Metric {
        var name = names[column]
        let isNew = taken.insert(name).inserted
        var run = ""
        if isPanel, let separator = name.firstRange(of: " - ") {
            run = String(name[..<separator.lowerBound])
            name = String(name[separator.upperBound...])
        }
        if name.isEmpty { name = "column \(column + 1)" } else if !isNew { name += " (column \(column + 1))" }
        return Metric(
            column: column,
            name: name,
            split: FieldName.split(inMetricName: name),
            unit: Self.unit(in: name),
            run: run
        )
    }

    /// A known unit in brackets at the end of a name.
    private static func unit(in name: String) -> String {
        guard let last = name.last, last == ")" || last == "]",
            let open = name.lastIndex(of: last == ")" ? "(" : "[")
        else { return "" }
        let unit = String(name[name.index(after: open)...].dropLast())
        return CellValue.units.contains(unit) ? unit : ""
    }
}

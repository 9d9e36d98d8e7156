extension LogFormat {
    /// Comma- or tab-separated values with a header.
    public static let csv = LogFormat(
        "csv",
        content: "a table with a header line, separated by comma, tab, semicolon or bar"
    )
}

/// Reads tables with a header: comma-, tab-, semicolon- or bar-separated, quoted as in RFC 4180 (line breaks inside
/// cells are rejected).
///
/// Columns are found by name, in any case and order (`FieldName`): the step axis, the epoch, the wall time, a split or
/// phase, a run. Every other column is a metric. Without a step column the epoch is the axis, without both the number of
/// the row; a step that starts again with every epoch is counted on. Empty cells and `NA`, `null`, `None`, `-` were not logged; NaN is only what spells NaN. A column of texts is
/// no metric and is reported once, as a fact; a text among numbers is a rejection. A header may come again, with other
/// columns.
public struct CSVReader: LineReader {
    /// Comma-separated values and their relatives.
    public static let format = LogFormat.csv
    private static let mostFacts = 1000
    /// Where the reader is.
    public var cursor = LineCursor()

    private var header: CSVHeader?
    /// Per metric of the header: numbers and texts seen.
    private var counts: [CSVColumnCounts] = []
    private var runs = RunPositions()
    /// The last phase that was no split, per column of `header.splits`.
    private var phases: [String] = []
    /// Comments and changes of phase given as facts; a source has no use for more than `mostFacts`.
    private var factCount = 0
    /// Whether the line before ended inside quotes.
    private var isBehindOpenQuote = false

    // Scratch, rebuilt when the state is read back.
    private var columns: [Int] = []
    private var cells = CSVCells()
    private var indices = CSVMetricIndices()

    private enum CodingKeys: String, CodingKey {
        case cursor, header, counts, runs, phases, factCount, isBehindOpenQuote
    }

    /// A reader at the beginning of a source.
    public init() {}

    /// Sure when a header names an axis and numbers follow, less so without an axis; 0 for anything without a header of
    /// at least two columns.
    public static func recognises(_ head: Span<UInt8>) -> Double { CSVRecognition.confidence(head) }

    /// Reads a header or a row.
    public mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        guard !line.trimmed(0..<line.count).isEmpty else { return }
        guard let delimiter = header?.delimiter else { return readHeader(line, into: &buffer) }
        guard cells.split(line, delimiter: delimiter) else {
            isBehindOpenQuote = true
            return reject(
                line,
                "a quoted cell is not closed on its line; line breaks inside cells are not read",
                into: &buffer
            )
        }
        if line[0] == 0x23 { return append(comment: line, into: &buffer) }
        if isNewHeader(line), let next = CSVHeader(line, cells, delimiter: delimiter, behind: header) {
            return take(next)
        }
        guard let columns = header?.names.count, hasFittingCells(line, columns: columns, into: &buffer) else { return }
        readRow(line, into: &buffer)
    }
}

// MARK: - Header

extension CSVReader {
    private mutating func readHeader(_ line: Span<UInt8>, into buffer: inout EventBuffer) {
        if line[0] == 0x23, CSVHeader(line)?.isKnown != true { return append(comment: line, into: &buffer) }
        guard let found = CSVHeader(line) else {
            return reject(
                line,
                "no header yet: the first line of a table has to name its columns (at most \(CSVHeader.mostColumns))",
                into: &buffer
            )
        }
        take(found)
    }

    private mutating func take(_ next: CSVHeader) {
        header = next
        counts = Array(repeating: CSVColumnCounts(), count: next.metrics.count)
        phases = Array(repeating: "", count: next.splits.count)
        indices.removeAll()
        columns = next.metrics.map(\.column)
        isBehindOpenQuote = false
    }

    /// A cheap look before a header is built: rows begin with a number, an empty cell or a name of a run.
    private func isNewHeader(_ line: Span<UInt8>) -> Bool {
        guard let header else { return false }
        let axis = header.step ?? header.epoch ?? header.metrics.first?.column ?? 0
        guard axis < cells.count else { return false }
        return CellValue.read(line, in: cells[axis]) == .text
    }

    private mutating func append(comment line: Span<UInt8>, into buffer: inout EventBuffer) {
        factCount += 1
        guard factCount <= Self.mostFacts else { return reject(line, "one comment too many", into: &buffer) }
        buffer.append(LoggedFact(key: "comment", value: line.excerpt, line: cursor.lineNumber))
    }
}

// MARK: - Rows

extension CSVReader {
    private func reject(_ line: Span<UInt8>, _ reason: @autoclosure () -> String, into buffer: inout EventBuffer) {
        buffer.reject(line: cursor.lineNumber, text: line.excerpt, reason: reason())
    }

    /// Too few cells are fine; too many are not, unless they are empty.
    private mutating func hasFittingCells(_ line: Span<UInt8>, columns: Int, into buffer: inout EventBuffer) -> Bool {
        if isBehindOpenQuote {
            guard cells.count == columns else {
                reject(line, "goes on with a quoted cell of the line before", into: &buffer)
                return false
            }
            isBehindOpenQuote = false
        }
        guard cells.count > columns else { return true }
        for cell in columns..<cells.count where !line.trimmed(cells[cell]).isEmpty {
            reject(line, "\(cells.count) cells where the header names \(columns)", into: &buffer)
            return false
        }
        return true
    }

    private mutating func readRow(_ line: Span<UInt8>, into buffer: inout EventBuffer) {
        guard let header else { return }
        if columns.count != header.metrics.count { columns = header.metrics.map(\.column) }
        if let column = header.run {
            let label = column < cells.count ? line.trimmed(cells[column]) : 0..<0
            guard runs.select(line, label) else {
                return reject(line, "more than \(RunPositions.most) runs in one table", into: &buffer)
            }
        }
        let split = rowSplit(header, line, into: &buffer)
        var epoch = Double.nan
        if let column = header.epoch, !read(column, of: line, into: &epoch) {
            return reject(line, "the cell of the column \(header.names[column]) is not a number", into: &buffer)
        }
        var position = Double.nan
        if let column = header.step, !read(column, of: line, into: &position) {
            return reject(line, "the cell of the column \(header.names[column]) is not a number", into: &buffer)
        }
        if header.step == nil { position = epoch }
        // A row of texts is no record, so the record axis moves with the first number.
        var step: Int64?
        if header.axis != .record {
            let counted = header.isStepLocal ? epoch : .nan
            step = runs.advance(to: position, axis: header.axis, epoch: counted, split: split)
            guard step != nil else {
                return reject(line, "the position \(position) is out of range", into: &buffer)
            }
        }
        let time = rowTime(header, line)
        let row = CSVMetricIndices.Row(split: split, run: runs.current, axis: header.axis)

        for offset in columns.indices {
            let column = columns[offset]
            guard column < cells.count else { break }
            let range = cells[column]
            guard !range.isEmpty, column != header.time || time.isNaN else { continue }
            switch read(line, range, isSeparated: header.delimiter != 0x2C || cells.isQuoted(column, in: line)) {
            case .missing: continue
            case .number(let value, let unit):
                counts[offset].numbers &+= 1
                let position = step ?? runs.advance(to: .nan, axis: .record) ?? 0
                step = position
                buffer.append(
                    metric: metric(offset, row, unit, line, into: &buffer),
                    step: position,
                    epoch: epoch,
                    time: time,
                    value: value,
                    line: cursor.lineNumber
                )
            case .undefined:
                reject(line, "a fraction of zero in the column \(header.metrics[offset].name)", into: &buffer)
            case .text:
                take(text: column, of: header.metrics[offset].name, at: offset, line, into: &buffer)
            }
        }
    }

    /// Index of the metric a cell belongs to.
    @inline(__always)
    private mutating func metric(
        _ offset: Int,
        _ row: CSVMetricIndices.Row,
        _ unit: Range<Int>,
        _ line: Span<UInt8>,
        into buffer: inout EventBuffer
    ) -> Int32 {
        if unit.isEmpty, let known = indices.known(offset, row) { return known }
        return newMetric(offset, row, unit, line, into: &buffer)
    }

    private mutating func newMetric(
        _ offset: Int,
        _ row: CSVMetricIndices.Row,
        _ unit: Range<Int>,
        _ line: Span<UInt8>,
        into buffer: inout EventBuffer
    ) -> Int32 {
        guard let header else { preconditionFailure("a row is read under a header") }
        let metric = header.metrics[offset]
        var key = MetricKey(
            name: metric.name,
            split: metric.split ?? row.split,
            unit: unit.isEmpty ? metric.unit : line.text(unit),
            axis: row.axis,
            run: metric.run.isEmpty ? runs.label : metric.run
        )
        if offset == header.value, let column = header.metricName, column < cells.count, !cells[column].isEmpty {
            key.name = cells.text(column, in: line)
            key.split = FieldName.split(inMetricName: key.name) ?? row.split
            return buffer.index(of: key)
        }
        let index = buffer.index(of: key)
        if unit.isEmpty { indices.note(index, of: offset, row, metrics: header.metrics.count) }
        return index
    }

    /// What a cell holds. Between semicolons a comma is a decimal comma, elsewhere, where it does not separate cells, it
    /// separates thousands.
    @inline(__always)
    private func read(_ line: Span<UInt8>, _ range: Range<Int>, isSeparated: Bool) -> CellValue {
        let cell = CellValue.read(
            line,
            in: range,
            allowsThousandsSeparators: isSeparated && header?.delimiter != 0x3B
        )
        guard cell == .text, header?.delimiter == 0x3B, line.text(range).contains(",") else { return cell }
        let point = Array(line.text(range).utf8).map { $0 == 0x2C ? 0x2E : $0 }
        guard case .number(let value, let unit) = CellValue.read(point.span, in: point.indices) else { return .text }
        return .number(value, unit: unit.lowerBound + range.lowerBound..<unit.upperBound + range.lowerBound)
    }

    /// Notes the first text of a column as a fact; rejects a text where mostly numbers stand.
    private mutating func take(
        text column: Int,
        of name: String,
        at index: Int,
        _ line: Span<UInt8>,
        into buffer: inout EventBuffer
    ) {
        counts[index].texts &+= 1
        if counts[index].numbers >= counts[index].texts {
            reject(line, "the cell of the column \(name) is not a number", into: &buffer)
        } else if counts[index].texts == 1 {
            let text = String(cells.text(column, in: line).prefix(200))
            buffer.append(LoggedFact(key: name, value: text, line: cursor.lineNumber, run: runs.label))
        }
    }

    /// Reads the position in a column; of `100/5000` the first number.
    /// - Returns: `false` when the cell holds a text.
    private func read(_ column: Int, of line: Span<UInt8>, into value: inout Double) -> Bool {
        guard column < cells.count else { return true }
        let isSeparated = header?.delimiter == 0x09 || cells.isQuoted(column, in: line)
        switch CellValue.read(line, in: cells[column], allowsThousandsSeparators: isSeparated) {
        case .missing: return true
        case .number, .undefined:
            value =
                NumberParser.number(
                    in: line,
                    from: line.trimmed(cells[column]).lowerBound,
                    allowsThousandsSeparators: isSeparated
                )?.value ?? .nan
            return true
        case .text: return false
        }
    }

    /// The wall time in the row, NaN where the cell holds none (a duration stays a metric).
    private func rowTime(_ header: CSVHeader, _ line: Span<UInt8>) -> Double {
        guard let column = header.time, column < cells.count else { return .nan }
        let range = line.trimmed(cells[column])
        if case .number(let number, let unit) = CellValue.read(line, in: range), unit.isEmpty {
            return TimeParser.seconds(number) ?? .nan
        }
        return TimeParser.date(in: line, range) ?? .nan
    }

    /// The split a row names. Other words in such a column are phases of the training, kept as facts where they change.
    private mutating func rowSplit(
        _ header: CSVHeader,
        _ line: Span<UInt8>,
        into buffer: inout EventBuffer
    ) -> Split {
        var split: Split?
        for (index, column) in header.splits.enumerated() where column < cells.count {
            let range = line.trimmed(cells[column])
            if let named = FieldName.split(named: line, range) {
                split = split ?? named
                continue
            }
            guard !range.isEmpty, factCount < Self.mostFacts, !phases[index].utf8.elementsEqual(line, in: range) else {
                continue
            }
            phases[index] = line.text(range)
            factCount += 1
            let text = String(phases[index].prefix(200))
            buffer.append(
                LoggedFact(key: header.names[column], value: text, line: cursor.lineNumber, run: runs.label)
            )
        }
        return split ?? .train
    }
}

/// Cells of a column by what they held.
struct CSVColumnCounts: Hashable, Codable {
    var numbers = 0
    var texts = 0
}

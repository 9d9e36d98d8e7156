/// A table with `|` or blanks between its cells: metrics as rows and epochs as columns, epochs as rows and metrics as columns, or
/// names and values.
struct MarkdownTable: Codable, Sendable {
    /// What a column holds.
    enum Column: Codable, Sendable, Equatable {
        /// Names of metrics.
        case name
        /// Values at that epoch or step.
        case at(PositionKind, Double)
        /// The epochs or steps of the rows.
        case position(PositionKind)
        /// Values of that metric.
        case metric(String)
        /// Values of the row's metric, on that split where the column names one.
        case value(Split?)
        /// Means of the row's metric over the steps before, beside its values.
        case mean
        /// Remarks, changes.
        case ignored
    }

    /// The columns, from the left.
    var columns: [Column]
    /// Whether blanks stand between the cells instead of `|`.
    var isSetWithBlanks = false

    /// The table below this header, `nil` when no column would give a number.
    init?(header cells: [String]) {
        guard cells.count > 1 else { return nil }
        let positions = cells.map(Self.position)
        let words = cells.map { $0.lowercased() }
        let isNamed = ["metric", "metrics", "name", "key", "measure", "loss", "losses", "term", "quantity", ""]
            .contains(
                words[0]
            )
        if isNamed, positions[0] == nil || cells[0].isEmpty {
            columns = zip(words, positions).enumerated().map { index, cell in
                if index == 0 { return .name }
                if case .at? = cell.1 { return cell.1 ?? .ignored }
                if let split = SplitWords.split(ofWord: cell.0) { return .value(split) }
                if cell.0 == "mean", words.contains("value") { return .mean }
                return ["value", "current", "last", "now"].contains(cell.0) ? .value(nil) : .ignored
            }
        } else if positions.contains(where: { if case .position? = $0 { true } else { false } }) {
            columns = zip(cells, positions).map { name, position in
                if case .position? = position { return position ?? .ignored }
                let isRemark =
                    name.isEmpty || ["status", "change", "notes", "note", "comment"].contains(name.lowercased())
                return isRemark ? .ignored : .metric(name)
            }
        } else {
            return nil
        }
        let gives = columns.contains { column in
            switch column {
            case .at, .metric, .value: true
            default: false
            }
        }
        guard gives else { return nil }
    }

    /// `Epoch 5` is a place, `Epoch` alone the name of a column of places.
    private static func position(_ cell: String) -> Column? {
        let words = cell.split { $0 == " " || $0 == "#" || $0 == ":" }
        if words.count == 1, let kind = PositionWords.kind(of: words[0]) { return .position(kind) }
        guard words.count == 2, let kind = PositionWords.kind(of: words[0]), let value = Double(words[1]),
            value.isFinite
        else {
            return nil
        }
        return .at(kind, value)
    }

    /// The trimmed cells of a line, `nil` when it holds no `|`.
    static func cells(_ bytes: [UInt8], in range: Range<Int>) -> [Range<Int>]? {
        let content = bytes.span.trimmed(range)
        let pipes = content.filter { bytes[$0] == 0x7C }
        guard !pipes.isEmpty else { return nil }
        var cells: [Range<Int>] = []
        var start = content.lowerBound
        for pipe in pipes + [content.upperBound] {
            let isEdge = (pipe == content.lowerBound) || (start == content.upperBound && pipe == content.upperBound)
            if !isEdge { cells.append(bytes.span.trimmed(start..<pipe)) }
            start = pipe + 1
        }
        return cells
    }

    /// Whether the line is only `|`, `-`, `:`, `+`, `=` and blanks.
    static func isRule(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
        let marks: Set<UInt8> = [0x7C, 0x2D, 0x3A, 0x2B, 0x3D, 0x20, 0x09]
        var dashes = 0
        for index in range {
            guard marks.contains(bytes[index]) else { return false }
            if bytes[index] == 0x2D || bytes[index] == 0x3D { dashes += 1 }
        }
        return dashes > 1
    }
}

/// A line that may be the header of a table: the next line decides.
struct HeldLine: Codable, Sendable {
    /// The line without its prefix.
    var bytes: [UInt8]
    /// Its number.
    var line: Int
}

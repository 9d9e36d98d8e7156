/// A table in plain text: columns as wide as their widest cell, numbers to the right.
public struct TextTable: Sendable {
    /// How a column is set.
    public enum Alignment: Sendable {
        /// Words.
        case left
        /// Numbers.
        case right
    }

    private let header: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// A table with a header; every row has as many cells.
    public init(_ columns: [(String, Alignment)]) {
        header = columns.map(\.0)
        alignments = columns.map(\.1)
    }

    /// Adds a row.
    /// - Precondition: one cell a column.
    public mutating func append(_ row: [String]) {
        precondition(row.count == header.count, "one cell a column")
        rows.append(row)
    }

    /// The lines; trailing blanks are cut. The header is set in the style's bold.
    public func lines(style: ANSIStyle = .plain) -> [String] {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { column in
                let fill = String(repeating: " ", count: widths[column] - cells[column].count)
                return alignments[column] == .left ? cells[column] + fill : fill + cells[column]
            }
            let joined = padded.joined(separator: "  ")
            return String(joined.reversed().drop { $0 == " " }.reversed())
        }
        return [style(line(header), .bold)] + rows.map(line)
    }
}

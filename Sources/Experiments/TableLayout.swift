import Foundation

/// Rows of cells, the first the header, laid out for a terminal or as Markdown.
enum TableLayout {
    /// Columns aligned on the left, two spaces between them; cells longer than `width` characters are cut.
    static func text(_ rows: [[String]], width: Int = 60) -> String {
        let rows = rows.map { row in row.map { $0.count > width ? String($0.prefix(width - 1)) + "…" : $0 } }
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = zip(row, widths).map { $0.0.padding(toLength: $0.1, withPad: " ", startingAt: 0) }
            return padded.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }.joined(separator: "\n")
    }

    /// A Markdown table.
    static func markdown(_ rows: [[String]]) -> String {
        var lines = rows.map { row in
            "| " + row.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
        }
        lines.insert("|" + String(repeating: " --- |", count: rows.first?.count ?? 0), at: min(1, lines.count))
        return lines.joined(separator: "\n")
    }
}

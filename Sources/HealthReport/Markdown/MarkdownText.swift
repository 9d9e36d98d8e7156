/// Text for Markdown (CommonMark and GitHub's extensions): nothing in it is markup, a link, a mention or a formula.
enum MarkdownText {
    /// The text on one line, control characters written out, punctuation that means something escaped. Safe in a table
    /// cell; not meant for the beginning of a line.
    static func escaped(_ text: String) -> String {
        let safe = TerminalText.escaped(text)
        var result = ""
        var previous: Unicode.Scalar = " "
        for scalar in safe.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": result += "\\" + String(scalar)
            // What follows an empty comment is no mention, and what follows an escaped slash no address.
            case "@": result += "@<!-- -->"
            case "/" where previous == ":" || previous == "/": result += "\\/"
            case "." where previous == "w" || previous == "W": result += "\\."
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result
    }

    /// The text cut to a width with `…`, then escaped.
    static func escaped(_ text: String, width: Int) -> String { escaped(TerminalText.escaped(text, width: width)) }

    /// A table: a header, the alignment of every column, rows of cells that are Markdown already.
    static func table(_ columns: [(String, TextTable.Alignment)], _ rows: [[String]]) -> [String] {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        return [
            line(columns.map(\.0)), "|" + columns.map { $0.1 == .right ? "--:" : "---" }.joined(separator: "|") + "|",
        ]
            + rows.map { line($0) }
    }
}

/// Writes a document as text for a terminal.
struct TextDocument {
    private let document: ReportDocument
    private let style: ANSIStyle
    private let width: Int
    private var lines: [String] = []

    /// The text, ending with a line end.
    static func render(_ document: ReportDocument, style: ANSIStyle, width: Int) -> String {
        var page = TextDocument(document: document, style: style, width: max(40, width))
        page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private init(document: ReportDocument, style: ANSIStyle, width: Int) {
        self.document = document
        self.style = style
        self.width = width
    }

    private mutating func write() {
        lines.append(style(TerminalText.escaped(document.title, width: width), .bold))
        lines += TextWrap.lines(TerminalText.escaped(document.subtitle), width: width).map { style($0, .dim) }
        for section in document.sections {
            lines += ["", style(TerminalText.escaped(section.title), .bold)]
            for block in section.blocks { write(block) }
        }
    }

    private mutating func write(_ block: ReportBlock) {
        switch block {
        case .heading(let text, _): lines += ["", style(plain(text), .bold)]
        case .paragraph(let text): lines += TextWrap.lines(plain(text), width: width - 2).map { "  " + $0 }
        case .list(let items, let isNumbered):
            for (number, item) in items.enumerated() {
                let head = isNumbered ? "\(number + 1). " : "- "
                for (row, line) in TextWrap.lines(plain(item), width: width - 6).enumerated() {
                    lines.append("  " + (row == 0 ? head : String(repeating: " ", count: head.count)) + line)
                }
            }
        case .table(let table): write(table)
        case .chart(let chart): write([chart])
        case .charts(let charts): write(charts)
        case .figures(let figures):
            for figure in figures {
                lines.append("  \(figure.label): \(figure.value)\(figure.detail.isEmpty ? "" : " (\(figure.detail))")")
            }
        case .cascade(let roots): write(roots, depth: 0)
        case .card(let blocks, _): for block in blocks { write(block) }
        }
    }

    private mutating func write(_ cascade: [ReportCascade], depth: Int) {
        for node in cascade {
            lines.append(String(repeating: " ", count: 2 + depth * 4) + plain(node.text))
            write(node.effects, depth: depth + 1)
        }
    }

    /// A table whose cells are cut where it would be wider than the terminal; columns under a heading of their own are kept.
    private mutating func write(_ table: ReportTable) {
        var text = TextTable(table.columns.map { ($0.title, $0.alignment) })
        let rows = table.rows.map { $0.map { plain($0) } }
        let limits = table.columns.indices.map { column in
            max(table.columns[column].title.count, rows.map { $0[column].count }.max() ?? 0)
        }
        let room = width - 2 - 2 * (limits.count - 1)
        let excess = limits.reduce(0, +) - room
        let widest = limits.indices.max { limits[$0] < limits[$1] }
        for row in rows {
            text.append(
                row.enumerated().map { column, cell in
                    guard excess > 0, column == widest else { return cell }
                    return TerminalText.escaped(cell, width: max(16, limits[column] - excess))
                }
            )
        }
        lines += text.lines(style: style).map { "  " + $0 }
    }

    private mutating func write(_ charts: [ReportChart]) {
        var table = TextTable([("curve", .left), ("over the run", .left), ("range", .left)])
        for curve in charts.flatMap(\.curves) {
            let line = Sparkline(curve.values, width: 30)
            let range = line.range.map { "\(NumberText.short($0.lowerBound))…\(NumberText.short($0.upperBound))" }
            table.append([TerminalText.escaped(curve.name, width: 36), line.bars, range ?? "no finite value"])
        }
        lines += table.lines(style: style).map { "  " + $0 }
    }

    private func plain(_ text: RichText) -> String { TerminalText.escaped(text.plain, width: 600) }
}

/// Writes a document as Markdown: the same parts as the HTML page, curves as sparklines.
struct MarkdownDocument {
    private let document: ReportDocument
    private var lines: [String] = []

    /// The page, ending with a line end.
    static func render(_ document: ReportDocument) -> String {
        var page = MarkdownDocument(document)
        page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private init(_ document: ReportDocument) { self.document = document }

    private mutating func write() {
        let verdict = document.verdict.map { ": \($0.text)" } ?? ""
        lines += ["# \(MarkdownText.escaped(document.title, width: 160))\(verdict)", ""]
        lines.append(MarkdownText.escaped(document.subtitle, width: 400))
        for section in document.sections {
            lines += ["", "## \(MarkdownText.escaped(section.title))"]
            for block in section.blocks { write(block) }
        }
        lines += ["", "---", MarkdownText.escaped(document.footer)]
    }

    private mutating func write(_ block: ReportBlock) {
        switch block {
        case .heading(let text, let anchor):
            lines.append("")
            if !anchor.isEmpty { lines.append("<a id=\"\(anchor)\"></a>\n") }
            lines.append("### \(heading(text))")
        case .paragraph(let text): lines += ["", markdown(text)]
        case .list(let items, let isNumbered):
            lines.append("")
            lines += items.enumerated().map { "\(isNumbered ? "\($0 + 1)." : "-") \(markdown($1))" }
        case .table(let table):
            lines += ["", "*\(MarkdownText.escaped(table.caption))*", ""]
            lines += MarkdownText.table(
                table.columns.map { (MarkdownText.escaped($0.title), $0.alignment) },
                table.rows.map { $0.map { markdown($0) } }
            )
        case .chart(let chart): write([chart])
        case .charts(let charts): write(charts)
        case .figures(let figures):
            lines.append("")
            lines += figures.map { figure in
                let detail = figure.detail.isEmpty ? "" : ", \(MarkdownText.escaped(figure.detail, width: 200))"
                return
                    "- \(MarkdownText.escaped(figure.label)): **\(MarkdownText.escaped(figure.value, width: 80))**\(detail)"
            }
        case .cascade(let roots):
            lines.append("")
            write(roots, depth: 0)
        case .card(let blocks, _): for block in blocks { write(block) }
        }
    }

    private mutating func write(_ cascade: [ReportCascade], depth: Int) {
        for node in cascade {
            let detail = node.detail.spans.isEmpty ? "" : ". " + markdown(node.detail)
            lines.append(String(repeating: "  ", count: depth) + "- " + markdown(node.text) + detail)
            write(node.effects, depth: depth + 1)
        }
    }

    private mutating func write(_ charts: [ReportChart]) {
        let rows = charts.flatMap { chart in
            chart.curves.map { curve -> [String] in
                let line = Sparkline(curve.values, width: 40, lower: chart.lower, upper: chart.upper)
                let range = line.range.map {
                    "\(NumberText.short($0.lowerBound)) to \(NumberText.short($0.upperBound))"
                }
                let lost = curve.envelope.anomalies.map { "; \($0)" } ?? ""
                return [
                    MarkdownText.escaped(curve.name, width: 60), "`\(line.bars)`", (range ?? "no finite value") + lost,
                    [chart.band, chart.markLabel].filter { !$0.isEmpty }.joined(separator: "; "),
                ]
            }
        }
        lines.append("")
        lines += MarkdownText.table(
            [("curve", .left), ("over the run", .left), ("range", .left), ("healthy, and the finding", .left)],
            rows
        )
    }

    /// A heading: emphasis would be twice as loud, and a badge stands in brackets.
    private func heading(_ text: RichText) -> String {
        markdown(
            RichText(
                text.spans.map { span in
                    switch span {
                    case .strong(let text): .plain(text)
                    case .badge(let text, _): .plain("(\(text))")
                    default: span
                    }
                }
            )
        )
    }

    private func markdown(_ text: RichText) -> String {
        text.spans.map { span in
            switch span {
            case .plain(let text), .dim(let text): MarkdownText.escaped(text, width: 2000)
            case .strong(let text): "**\(MarkdownText.escaped(text, width: 200))**"
            case .code(let text):
                "`\(TerminalText.escaped(text, width: 400).replacing("`", with: "'").replacing("|", with: "¦"))`"
            case .badge(let text, _): "**\(MarkdownText.escaped(text, width: 40))**"
            case .link(let text, let anchor): "[\(MarkdownText.escaped(text, width: 200))](#\(anchor))"
            }
        }.joined()
    }
}

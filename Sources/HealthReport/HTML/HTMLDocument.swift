/// Writes a document as one HTML page that needs nothing else: no script, no font, no network.
struct HTMLDocument {
    private let document: ReportDocument
    private var lines: [String] = []
    private var chartCount = 0

    /// The page, ending with a line end.
    static func render(_ document: ReportDocument) -> String {
        var page = HTMLDocument(document)
        page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private init(_ document: ReportDocument) { self.document = document }

    private mutating func write() {
        let title = MarkupText.escaped(document.title, width: 160)
        lines += [
            "<!doctype html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light dark\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            "<title>\(title): codec-doctor</title>", "<style>", HTMLStyle.text, "</style>", "</head>", "<body>",
            "<header>",
        ]
        let badge = document.verdict.map { " " + span(.badge($0.text, $0.tone)) } ?? ""
        lines.append("<h1>\(title)\(badge)</h1>")
        lines.append("<p class=\"subtitle\">\(MarkupText.escaped(document.subtitle, width: 400))</p>")
        lines.append("</header>")
        lines.append("<nav aria-label=\"Contents\"><ul>")
        lines += document.sections.map { "<li><a href=\"#\($0.anchor)\">\(MarkupText.escaped($0.title))</a></li>" }
        lines += ["</ul></nav>", "<main>"]
        for section in document.sections {
            lines.append("<section id=\"\(section.anchor)\">")
            lines.append("<h2>\(MarkupText.escaped(section.title))</h2>")
            for block in section.blocks { write(block) }
            lines.append("</section>")
        }
        lines += ["</main>", "<footer>\(MarkupText.escaped(document.footer))</footer>", "</body>", "</html>"]
    }

    private mutating func write(_ block: ReportBlock) {
        switch block {
        case .heading(let text, let anchor):
            lines.append("<h3\(anchor.isEmpty ? "" : " id=\"\(anchor)\"")>\(html(text))</h3>")
        case .paragraph(let text): lines.append("<p>\(html(text))</p>")
        case .list(let items, let isNumbered):
            let tag = isNumbered ? "ol" : "ul"
            lines += ["<\(tag)>"] + items.map { "<li>\(html($0))</li>" } + ["</\(tag)>"]
        case .table(let table): write(table)
        case .chart(let chart): write(chart)
        case .charts(let charts):
            lines.append("<div class=\"charts\">")
            for chart in charts { write(chart) }
            lines.append("</div>")
        case .figures(let figures): write(figures)
        case .cascade(let roots):
            lines.append("<div class=\"cascade\">")
            write(roots)
            lines.append("</div>")
        case .card(let blocks, let tone):
            lines.append("<article class=\"card \(tone.rawValue)\">")
            for block in blocks { write(block) }
            lines.append("</article>")
        }
    }

    private mutating func write(_ table: ReportTable) {
        lines.append("<div class=\"scroll\"><table><caption>\(MarkupText.escaped(table.caption))</caption>")
        let alignments = table.columns.map { $0.alignment == .right ? " class=\"number\"" : "" }
        let heads = zip(table.columns, alignments).map { "<th scope=\"col\"\($1)>\(MarkupText.escaped($0.title))</th>" }
        lines.append("<thead><tr>\(heads.joined())</tr></thead><tbody>")
        for row in table.rows {
            let cells = row.enumerated().map { column, cell in
                column == 0 && !cell.spans.isEmpty
                    ? "<th scope=\"row\"\(alignments[column])>\(html(cell))</th>"
                    : "<td\(alignments[column])>\(html(cell))</td>"
            }
            lines.append("<tr>\(cells.joined())</tr>")
        }
        lines.append("</tbody></table></div>")
    }

    private mutating func write(_ figures: [ReportFigure]) {
        lines.append("<dl class=\"figures\">")
        for figure in figures {
            let detail =
                figure.detail.isEmpty
                ? "" : "<span class=\"dim\">\(MarkupText.escaped(figure.detail, width: 200))</span>"
            lines.append(
                "<div class=\"\(figure.tone.rawValue)\"><dt>\(MarkupText.escaped(figure.label))</dt>"
                    + "<dd><strong>\(MarkupText.escaped(figure.value, width: 80))</strong>\(detail)</dd></div>"
            )
        }
        lines.append("</dl>")
    }

    private mutating func write(_ cascade: [ReportCascade]) {
        lines.append("<ul>")
        for node in cascade {
            lines.append("<li class=\"\(node.tone.rawValue)\"><div><p>\(html(node.text))</p>")
            if !node.detail.spans.isEmpty { lines.append("<p class=\"dim\">\(html(node.detail))</p>") }
            lines.append("</div>")
            if !node.effects.isEmpty { write(node.effects) }
            lines.append("</li>")
        }
        lines.append("</ul>")
    }

    private mutating func write(_ chart: ReportChart) {
        chartCount += 1
        lines.append("<figure class=\"\(chart.size == .wide ? "wide" : "half")\">")
        lines.append("<figcaption><strong>\(MarkupText.escaped(chart.title, width: 160))</strong>")
        let keys = chart.curves.prefix(4).enumerated().map { order, curve in
            let lost = curve.envelope.anomalies.map { " <span class=\"dim\">(\($0))</span>" } ?? ""
            return "<span class=\"key c\(order)\">\(MarkupText.escaped(curve.name, width: 80))\(lost)</span>"
        }
        lines.append("<span class=\"keys\">\(keys.joined(separator: " "))")
        if !chart.band.isEmpty { lines.append("<span class=\"key band\">\(MarkupText.escaped(chart.band))</span>") }
        if chart.marked != nil { lines.append("<span class=\"key mark\">where the finding holds</span>") }
        if chart.curves.prefix(4).contains(where: { !$0.envelope.isExact }) {
            lines.append("<span class=\"dim\">shade: lowest to highest of neighbours</span>")
        }
        lines.append("</span></figcaption>")
        lines.append("<div class=\"scroll\">" + SVGChart.render(chart, id: "chart\(chartCount)") + "</div>")
        lines.append("</figure>")
    }

    // MARK: Text

    private func html(_ text: RichText) -> String { text.spans.map { span($0) }.joined() }

    private func span(_ span: RichText.Span) -> String {
        switch span {
        case .plain(let text): MarkupText.escaped(text, width: 2000)
        case .strong(let text): "<strong>\(MarkupText.escaped(text, width: 200))</strong>"
        case .code(let text): "<code>\(MarkupText.escaped(text, width: 400))</code>"
        case .dim(let text): "<span class=\"dim\">\(MarkupText.escaped(text, width: 1000))</span>"
        case .badge(let text, let tone):
            "<span class=\"badge \(tone.rawValue)\">\(MarkupText.escaped(text, width: 40))</span>"
        case .link(let text, let anchor): "<a href=\"#\(anchor)\">\(MarkupText.escaped(text, width: 200))</a>"
        }
    }
}

/// A document of a run or a comparison, apart from how it is written down.
struct ReportDocument: Sendable {
    /// What it is about; may come from a log.
    let title: String
    /// The line under the title.
    let subtitle: String
    /// The verdict, shown beside the title.
    let verdict: (text: String, tone: ReportTone)?
    /// Its parts, empty ones left out.
    let sections: [ReportSection]
    /// What stands at the end.
    let footer: String
}

/// A part of a document.
struct ReportSection: Sendable {
    /// Anchor, unique in the document: letters, digits, `-`.
    let anchor: String
    /// Heading.
    let title: String
    /// What it holds.
    let blocks: [ReportBlock]
}

/// What documents are made of.
indirect enum ReportBlock: Sendable {
    /// A heading inside a section, with an anchor for links to it, empty for none.
    case heading(RichText, anchor: String)
    /// A paragraph.
    case paragraph(RichText)
    /// Points; numbered when their order matters.
    case list([RichText], isNumbered: Bool)
    /// A table.
    case table(ReportTable)
    /// A chart.
    case chart(ReportChart)
    /// Charts beside each other.
    case charts([ReportChart])
    /// Numbers that stand out.
    case figures([ReportFigure])
    /// Causes with what follows from them.
    case cascade([ReportCascade])
    /// Blocks that belong together and should stay on one page.
    case card([ReportBlock], ReportTone)
}

/// A table of a document.
struct ReportTable: Sendable {
    /// What it shows, for its caption.
    let caption: String
    /// Headings and how the columns under them are set.
    let columns: [(title: String, alignment: TextTable.Alignment)]
    /// Rows, one cell a column. The first cell heads its row.
    let rows: [[RichText]]
}

/// A number that stands out.
struct ReportFigure: Sendable {
    let label: String
    let value: String
    var detail = ""
    var tone: ReportTone = .neutral
}

/// A cause and what follows from it.
struct ReportCascade: Sendable {
    let text: RichText
    let detail: RichText
    let tone: ReportTone
    let effects: [ReportCascade]
}

/// How much of a run goes into its document. What is left out is counted in it.
struct ReportLimits: Sendable {
    /// Findings with a card of their own.
    var cards: Int
    /// Charts of metrics that no finding is about.
    var overviews: Int
    /// Rows of a table.
    var rows: Int

    /// What is tried in turn until the page is small enough.
    static let all = [
        ReportLimits(cards: 24, overviews: 24, rows: 150), ReportLimits(cards: 12, overviews: 10, rows: 80),
        ReportLimits(cards: 6, overviews: 4, rows: 40), ReportLimits(cards: 3, overviews: 2, rows: 15),
    ]
}

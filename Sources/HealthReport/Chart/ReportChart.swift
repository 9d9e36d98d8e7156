import TrainingMetrics

/// A chart of a report: one to four curves over the run's axis, the band they should be in, and the stretch a finding is
/// about. Plain values; the names of curves come from the log.
struct ReportChart: Sendable {
    /// A curve.
    struct Curve: Sendable {
        /// Name and split.
        let name: String
        /// What is drawn.
        let envelope: Envelope
        /// The values, for forms that draw with characters.
        let values: ArraySlice<Double>
    }

    /// How wide a chart is.
    enum Size: Sendable {
        /// Across the page.
        case wide
        /// Two beside each other.
        case half
    }

    /// Short heading.
    let title: String
    /// What it shows, in a sentence or two, for those who do not see it.
    let description: String
    /// The curves; more than four are not drawn.
    let curves: [Curve]
    /// Lower edge of the healthy band.
    var lower: Double?
    /// Upper edge of the healthy band.
    var upper: Double?
    /// First and last position of what is marked.
    var marked: ClosedRange<Double>?
    /// What the mark says (`since epoch 5`).
    var markLabel = ""
    /// What positions count.
    let axis: StepAxis
    /// Edges of the axis: those of the whole run, so that charts compare.
    let positions: ClosedRange<Double>
    /// Its width.
    var size: Size = .wide

    /// Who says what the band is, for its words.
    var bandName = "healthy"

    /// The band in words; empty when there is none.
    var band: String {
        let text = BandWords.text(lower, upper)
        return text.isEmpty ? "" : "\(bandName) \(text)"
    }
}

extension ReportChart.Curve {
    /// The curve of a series in at most `columns` columns.
    init(_ series: MetricSeries, columns: Int) {
        self.init(
            name: CurveWords.name(series),
            envelope: Envelope(series, limit: columns),
            values: series.values
        )
    }
}

import TrainingMetrics

/// Series in words. Names come from the log, not escaped.
enum CurveWords {
    /// Name, with the split where it is not that of training.
    static func name(_ series: MetricSeries) -> String {
        series.split == .train ? series.name : "\(series.name) (\(series.split.rawValue))"
    }

    /// `D: 2.000 at epoch 1, 1.993 at epoch 10, between 1.989 and 2.000`.
    static func text(_ series: MetricSeries, _ words: RunWords) -> String {
        guard !series.isEmpty else { return "\(name(series)): no sample" }
        let (first, last) = (series[0], series[series.count - 1])
        let finite = RobustStatistics.finite(series.values)
        var text = "\(name(series)): \(NumberText.short(first.value)) at \(words.place(first.position, first.epoch))"
        if series.count > 1 {
            text += ", \(NumberText.short(last.value)) at \(words.place(last.position, last.epoch))"
        }
        if let lowest = finite.min(), let highest = finite.max(), series.count > 2 {
            text += ", between \(NumberText.short(lowest)) and \(NumberText.short(highest))"
        }
        let lost = series.count - finite.count
        return lost == 0 ? text : text + ", \(lost) of \(series.count) not finite"
    }
}

import TrainingMetrics

/// Change of a curve between its beginning and its end.
enum Trend {
    /// Relative change from the median of the first third to that of the last third: −0.1 is a fall by 10 %.
    /// `nil` for fewer than three finite values or a beginning of 0.
    static func change(_ values: ArraySlice<Double>) -> Double? {
        guard values.count >= 3 else { return nil }
        let third = values.count / 3
        let before = RobustStatistics.median(thinned(values.prefix(third)))
        let after = RobustStatistics.median(thinned(values.suffix(third)))
        guard before.isFinite, after.isFinite, before != 0 else { return nil }
        return (after - before) / abs(before)
    }

    /// At most 4096 evenly spaced values: enough for a median, however long the run.
    private static func thinned(_ values: ArraySlice<Double>) -> [Double] {
        let interval = (values.count + 4095) / 4096
        guard interval > 1 else { return Array(values) }
        return stride(from: values.startIndex, to: values.endIndex, by: interval).map { values[$0] }
    }
}

/// Where reconstruction is going: the best change among the distances a run logs.
struct ReconstructionTrend {
    /// Relative change of the distance that improved most: negative is better.
    let change: Double
    /// That distance.
    let series: MetricSeries

    /// The trend from a position on; `nil` when no reconstruction distance has three values there.
    init?(_ run: RunView, since position: Int64 = .min) {
        let candidates = MetricRole.ReconstructionKind.allCases.flatMap { run.history.all(.reconstructionLoss($0)) }
        var best: (Double, MetricSeries)?
        for series in candidates {
            let tail = series.slice(series.offset(atOrAfter: position)..<series.count)
            guard let change = Trend.change(tail.values) else { continue }
            if best.map({ change < $0.0 }) ?? true { best = (change, tail) }
        }
        guard let best else { return nil }
        (change, series) = best
    }

    /// Whether some distance fell by more than 2 %.
    var isImproving: Bool { change < -0.02 }
}

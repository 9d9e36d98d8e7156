import TrainingMetrics

/// A series reduced to a few columns without losing what one looks for: each keeps its lowest, middle and highest value
/// and counts what is not finite.
struct Envelope: Sendable, Equatable {
    /// A stretch of the axis with at least one sample.
    struct Column: Sendable, Equatable {
        /// Position of its samples; the middle one of several.
        let position: Double
        /// Lowest, middle and highest finite value; NaN when there is none.
        let lowest: Double
        let middle: Double
        let highest: Double
        /// How many samples are NaN, +∞ and −∞.
        let notNumbers: Int
        let positiveInfinities: Int
        let negativeInfinities: Int

        /// Whether it has a finite value.
        var isFinite: Bool { !middle.isNaN }
    }

    let columns: [Column]
    /// Whether every sample has a column of its own.
    let isExact: Bool

    /// Reduces a series to at most `limit` columns of equal width on the axis. O(samples).
    init(_ series: MetricSeries, limit: Int) {
        guard series.count > limit, let first = series.positions.first, let last = series.positions.last else {
            columns = (0..<series.count).map { Self.column(series, $0..<($0 + 1)) }
            isExact = true
            return
        }
        isExact = false
        // By position where positions climb, else by log order.
        let span = Double(last) - Double(first)
        let isClimbing = span > 0 && zip(series.positions, series.positions.dropFirst()).allSatisfy { $0 <= $1 }
        var columns: [Column] = []
        var start = 0
        for number in 1...limit {
            var end = number * series.count / limit
            if isClimbing {
                let edge = Double(first) + span * Double(number) / Double(limit)
                end = number == limit ? series.count : Self.offset(of: edge, in: series, from: start)
            }
            if end > start { columns.append(Self.column(series, start..<end)) }
            start = max(start, end)
        }
        self.columns = columns
    }

    /// First offset at or behind `start` whose position is not below `edge`. Binary search.
    private static func offset(of edge: Double, in series: MetricSeries, from start: Int) -> Int {
        var (low, high) = (start, series.count)
        while low < high {
            let middle = low + (high - low) / 2
            if Double(series[middle].position) < edge { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func column(_ series: MetricSeries, _ offsets: Range<Int>) -> Column {
        let values = series.slice(offsets).values
        let finite = RobustStatistics.finite(values)
        return Column(
            position: Double(series[offsets.lowerBound + offsets.count / 2].position),
            lowest: finite.min() ?? .nan,
            middle: finite.isEmpty ? .nan : RobustStatistics.median(finite),
            highest: finite.max() ?? .nan,
            notNumbers: values.count { $0.isNaN },
            positiveInfinities: values.count { $0 == .infinity },
            negativeInfinities: values.count { $0 == -.infinity }
        )
    }

    /// Lowest and highest finite value; `nil` when there is none.
    var range: ClosedRange<Double>? {
        let finite = columns.filter(\.isFinite)
        guard let lowest = finite.map(\.lowest).min(), let highest = finite.map(\.highest).max() else { return nil }
        return lowest...highest
    }

    /// What is not finite, in words; `nil` when everything is.
    var anomalies: String? {
        let counts = [
            (columns.reduce(0) { $0 + $1.notNumbers }, "NaN"),
            (columns.reduce(0) { $0 + $1.positiveInfinities }, "+∞"),
            (columns.reduce(0) { $0 + $1.negativeInfinities }, "−∞"),
        ]
        let words = counts.filter { $0.0 > 0 }.map { "\($0.0) × \($0.1)" }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}

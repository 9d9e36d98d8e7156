import TrainingMetrics

/// The identical values at the end of a series.
struct FrozenTail {
    /// The last value.
    let value: Double
    /// How many samples at the end equal it.
    let length: Int
    /// At how many different positions.
    let count: Int
    /// How many samples in a row are usually identical in the rest of the series; 1 where nothing else was logged.
    let usualRepeats: Double
    /// Value of the last decimal digit in use anywhere in the judged part.
    let resolution: Double

    /// Measures the end of a series, looking back no further than the judged offsets.
    init(_ series: MetricSeries, in judged: Range<Int>) {
        let values = series.slice(judged).values
        let positions = series.slice(judged).positions
        value = values.last ?? .nan
        var length = 0
        var count = 0
        var last: Int64?
        for (candidate, position) in zip(values.reversed(), positions.reversed()) {
            guard candidate == value else { break }
            length += 1
            if position != last { count += 1 }
            last = position
        }
        self.length = length
        self.count = count
        var runs = 0
        var previous: Double?
        for candidate in values.dropLast(length) {
            if candidate != previous { runs += 1 }
            previous = candidate
        }
        usualRepeats = runs == 0 ? 1 : Double(values.count - length) / Double(runs)
        resolution = Self.resolution(values.suffix(length + 200))
    }

    private static func resolution(_ values: ArraySlice<Double>) -> Double {
        let finite = values.filter(\.isFinite)
        for decimals in 0..<7 {
            var scale = 1.0
            for _ in 0..<decimals { scale *= 10 }
            let isEnough = finite.allSatisfy { value in
                abs(value * scale - (value * scale).rounded()) <= 1e-6 * max(1, abs(value * scale) * 1e-3)
            }
            if isEnough { return 1 / scale }
        }
        return 1e-7
    }
}

import TrainingMetrics

/// A curve in one line of text, with the band it should be in.
public struct Sparkline: Sendable, Equatable {
    /// One character a column: `▁` lowest … `█` highest, `×` NaN, `↑` and `↓` infinite.
    public let bars: String
    /// One character a column: a blank inside the band, `^` outside; empty without a band.
    public let marks: String
    /// Lowest and highest finite value, `nil` when there is none.
    public let range: ClosedRange<Double>?

    private static let levels = Array("▁▂▃▄▅▆▇█")

    /// Draws values into at most `width` columns. Several samples share a column: it shows their median, and a
    /// non-finite one if there is any, since those are what one looks for.
    public init(_ values: ArraySlice<Double>, width: Int = 40, lower: Double? = nil, upper: Double? = nil) {
        let columns = Self.columns(values, width: width)
        let finite = columns.filter(\.isFinite)
        guard let lowest = finite.min(), let highest = finite.max() else {
            bars = String(columns.map { Self.special($0) })
            marks = ""
            range = nil
            return
        }
        let span = highest - lowest
        bars = String(
            columns.map { value in
                guard value.isFinite else { return Self.special(value) }
                let share = span > 0 ? (value - lowest) / span : 0.5
                return Self.levels[min(Int(share * 8), 7)]
            }
        )
        range = lowest...highest
        guard lower != nil || upper != nil else {
            marks = ""
            return
        }
        marks = String(
            columns.map { value -> Character in
                guard value.isFinite else { return "^" }
                return value < lower ?? -.infinity || value > upper ?? .infinity ? "^" : " "
            }
        )
    }

    private static func columns(_ values: ArraySlice<Double>, width: Int) -> [Double] {
        guard values.count > width else { return Array(values) }
        return (0..<width).map { column in
            let start = values.startIndex + column * values.count / width
            let end = values.startIndex + (column + 1) * values.count / width
            let part = values[start..<max(end, start + 1)]
            return part.first { !$0.isFinite } ?? RobustStatistics.median(part)
        }
    }

    private static func special(_ value: Double) -> Character { value.isNaN ? "×" : value > 0 ? "↑" : "↓" }
}

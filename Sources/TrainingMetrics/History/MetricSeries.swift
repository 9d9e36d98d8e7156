/// One metric of a run over time, in canonical units: columns of equal length in the order they were logged.
///
/// Slices share storage with the whole, so cutting a history at an earlier point costs nothing.
public struct MetricSeries: Sendable {
    /// What the log said.
    public let key: MetricKey
    /// How it is read.
    public let interpretation: MetricInterpretation
    /// Whether the series was computed from other metrics rather than logged.
    public let isDerived: Bool
    /// Position per sample on the run's common axis (`RunHistory.axis`); never decreases within an attempt.
    public let positions: ArraySlice<Int64>
    /// Epoch per sample, NaN where unknown; empty when no sample has one.
    public let epochs: ArraySlice<Double>
    /// Wall time per sample in seconds since 1970, NaN where unknown; empty when no sample has one.
    public let times: ArraySlice<Double>
    /// Canonical value per sample; NaN and infinities are values.
    public let values: ArraySlice<Double>

    /// Creates a series.
    /// - Precondition: `positions` and `values` have equal length; `epochs` and `times` that length or none.
    public init(
        key: MetricKey,
        interpretation: MetricInterpretation,
        isDerived: Bool = false,
        positions: ArraySlice<Int64>,
        epochs: ArraySlice<Double> = [],
        times: ArraySlice<Double> = [],
        values: ArraySlice<Double>
    ) {
        precondition(positions.count == values.count, "a position for every value")
        precondition(epochs.isEmpty || epochs.count == values.count, "an epoch for every value or none")
        precondition(times.isEmpty || times.count == values.count, "a time for every value or none")
        self.key = key
        self.interpretation = interpretation
        self.isDerived = isDerived
        self.positions = positions
        self.epochs = epochs
        self.times = times
        self.values = values
    }

    /// What the number is.
    public var role: MetricRole { interpretation.role }
    /// Name as logged.
    public var name: String { key.name }
    /// The data it was measured on.
    public var split: Split { key.split }
    /// Number of samples.
    public var count: Int { values.count }
    /// Whether there is no sample.
    public var isEmpty: Bool { values.isEmpty }

    /// Position, epoch and value of the sample at an offset 0 ..< count.
    public subscript(offset: Int) -> (position: Int64, epoch: Double?, value: Double) {
        let epoch = epochs.isEmpty ? Double.nan : epochs[epochs.startIndex + offset]
        return (
            positions[positions.startIndex + offset], epoch.isNaN ? nil : epoch, values[values.startIndex + offset]
        )
    }

    /// The samples at those offsets, sharing storage.
    public func slice(_ offsets: Range<Int>) -> MetricSeries {
        func cut<Element>(_ column: ArraySlice<Element>) -> ArraySlice<Element> {
            column.isEmpty
                ? column : column[(column.startIndex + offsets.lowerBound)..<(column.startIndex + offsets.upperBound)]
        }
        return MetricSeries(
            key: key,
            interpretation: interpretation,
            isDerived: isDerived,
            positions: cut(positions),
            epochs: cut(epochs),
            times: cut(times),
            values: cut(values)
        )
    }

    /// The samples at positions up to and including `position`. Binary search; expects positions that never decrease.
    public func prefix(through position: Int64) -> MetricSeries {
        var low = positions.startIndex
        var high = positions.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if positions[middle] <= position { low = middle + 1 } else { high = middle }
        }
        return slice(0..<(low - positions.startIndex))
    }
}

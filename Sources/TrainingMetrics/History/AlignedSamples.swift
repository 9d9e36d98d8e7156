/// Samples of several metrics logged at the same positions.
public struct AlignedSamples: Sendable {
    /// The metric whose positions lead.
    public let base: MetricSeries
    /// Offsets into `base` at which every other metric has a sample too.
    public let offsets: [Int]
    /// Values of the others at these offsets, one column a metric.
    public let columns: [[Double]]
    /// The leading metric's values at these offsets.
    public let baseValues: [Double]

    /// Joins metrics by position; of samples repeated at a position the n-th meets the n-th. O(samples).
    ///
    /// Series are walked from front to back; where positions fall back (two attempts in one series) the join stops
    /// finding partners instead of pairing wrong ones.
    public init(_ base: MetricSeries, _ others: [MetricSeries]) {
        self.base = base
        // Metrics of one trainer are mostly logged together: then there is nothing to search.
        if others.allSatisfy({ $0.count == base.count && $0.positions.elementsEqual(base.positions) }) {
            offsets = Array(0..<base.count)
            columns = others.map { Array($0.values) }
            baseValues = Array(base.values)
            return
        }
        var offsets: [Int] = []
        var columns = others.map { _ in [Double]() }
        offsets.reserveCapacity(base.count)
        for index in columns.indices { columns[index].reserveCapacity(base.count) }
        var cursors = others.map(\.positions.startIndex)
        for (offset, position) in base.positions.enumerated() {
            var isComplete = true
            for (index, series) in others.enumerated() {
                var cursor = cursors[index]
                while cursor < series.positions.endIndex, series.positions[cursor] < position { cursor += 1 }
                cursors[index] = cursor
                if cursor == series.positions.endIndex || series.positions[cursor] != position { isComplete = false }
            }
            guard isComplete else { continue }
            offsets.append(offset)
            for (index, series) in others.enumerated() {
                let value = series.values[series.values.startIndex + cursors[index] - series.positions.startIndex]
                columns[index].append(value)
                cursors[index] += 1
            }
        }
        self.offsets = offsets
        self.columns = columns
        baseValues = offsets.map { base.values[base.values.startIndex + $0] }
    }

    /// Number of common samples.
    public var count: Int { offsets.count }

    /// A metric computed at the common positions; shares the leading metric's positions where it covers them all.
    public func derived(name: String, role: MetricRole, part: String = "", values: [Double]) -> MetricSeries {
        precondition(values.count == offsets.count, "a value for every common sample")
        func pick<Element>(_ column: ArraySlice<Element>) -> ArraySlice<Element> {
            if column.isEmpty || offsets.count == base.count { return column }
            return ArraySlice(offsets.map { column[column.startIndex + $0] })
        }
        return MetricSeries(
            key: MetricKey(name: name, split: base.split, axis: base.key.axis, run: base.key.run),
            interpretation: MetricInterpretation(role: role, part: part),
            isDerived: true,
            positions: pick(base.positions),
            epochs: pick(base.epochs),
            times: pick(base.times),
            values: ArraySlice(values)
        )
    }
}

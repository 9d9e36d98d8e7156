/// One metric of one source of a run as it was logged: raw columns of equal length in log order.
///
/// Arrays of several metrics that hold the same (the positions of metrics logged on the same lines) should be the same
/// array: they are then neither copied nor looked at twice.
public struct MetricColumns: Sendable {
    /// What the log said.
    public var key: MetricKey
    /// How it is read.
    public var interpretation: MetricInterpretation
    /// Which source of the run; log order is only known inside one.
    public var source: Int
    /// Record of the source per sample: never decreases, equal for samples of one line.
    public var order: [Int64]
    /// Position on `key.axis` per sample.
    public var positions: [Int64]
    /// Epoch per sample, NaN where unknown; empty when no sample has one.
    public var epochs: [Double]
    /// Wall time per sample in seconds since 1970 UTC, NaN where unknown; empty when no sample has one.
    public var times: [Double]
    /// Raw value per sample.
    public var values: [Double]

    /// Creates columns.
    /// - Precondition: `order`, `positions` and `values` have equal length; `epochs` and `times` that length or none.
    public init(
        key: MetricKey,
        interpretation: MetricInterpretation,
        source: Int = 0,
        order: [Int64],
        positions: [Int64],
        epochs: [Double] = [],
        times: [Double] = [],
        values: [Double]
    ) {
        precondition(order.count == values.count && positions.count == values.count, "columns of equal length")
        precondition(epochs.isEmpty || epochs.count == values.count, "an epoch for every value or none")
        precondition(times.isEmpty || times.count == values.count, "a time for every value or none")
        self.key = key
        self.interpretation = interpretation
        self.source = source
        self.order = order
        self.positions = positions
        self.epochs = epochs
        self.times = times
        self.values = values
    }
}

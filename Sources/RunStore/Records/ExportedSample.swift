/// One sample of a run as it leaves the store: raw value, raw position.
public struct ExportedSample: Sendable {
    /// The metric; its interpretation says how the raw value is to be read.
    public let metric: MetricRecord
    /// Position on the metric's axis.
    public let step: Int64
    /// Order in the log: grows from record to record of a source.
    public let sequence: Int64
    /// Epoch, `nil` where the log gave none.
    public let epoch: Double?
    /// Wall time in seconds since 1970 UTC, `nil` where the log gave none.
    public let time: Double?
    /// Raw value; NaN and infinities are values.
    public let value: Double
}

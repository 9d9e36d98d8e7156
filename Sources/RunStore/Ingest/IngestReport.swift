public import TrainingMetrics

/// What ingesting one source did.
public struct IngestReport: Sendable {
    /// What was found about the source.
    public enum Status: String, Sendable, Hashable {
        /// Read for the first time.
        case new
        /// Known, and read on from where it was left.
        case grown
        /// Known, and nothing new in it.
        case unchanged
        /// The path was known but holds another log now: read as a new source.
        case replaced
        /// Known, and written anew as a whole: read again in place of what was read before.
        case rewritten
    }

    /// What was found about the source.
    public var status: Status
    /// Absolute path, `-` for standard input.
    public var path: String
    /// Format it was read as.
    public var format: LogFormat
    /// Runs it holds, in the order they appeared in it.
    public var runs: [RunRecord]
    /// Samples this call added (provisional ones are counted each time until they are final).
    public var newSamples: Int
    /// Lines of the source, all calls together.
    public var lines: Int
    /// Lines (or parts of lines) that could not be used, all calls together.
    public var rejected: Int
    /// The first 100 of them, all calls together.
    public var rejections: [Rejection]
    /// Metrics of all its runs.
    public var metrics: [MetricRecord]
}

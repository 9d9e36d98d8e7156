/// A run as the store lists it.
public struct RunRecord: Hashable, Sendable, Identifiable {
    /// Number of the run in this store; never reused.
    public let id: Int64
    /// Name, unique in the store. Text from outside: not safe to print raw.
    public let name: String
    /// When it was first ingested, UTC, ISO 8601 with milliseconds.
    public let createdAt: String
    /// When samples were last added, UTC, ISO 8601 with milliseconds.
    public let updatedAt: String
    /// Number of metrics.
    public let metricCount: Int
    /// Number of samples of all metrics, provisional ones included.
    public let sampleCount: Int
    /// Largest position on the step axis, `nil` when no metric has steps.
    public let lastStep: Int64?
    /// Largest epoch logged, `nil` when the log has none.
    public let lastEpoch: Double?
    /// Paths of its sources (`-` for standard input) in the order they were added.
    public let sources: [String]
}

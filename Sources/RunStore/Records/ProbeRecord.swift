/// A probe's report as the store keeps it.
public struct ProbeRecord: Hashable, Sendable, Identifiable {
    /// Number of the report in this store.
    public let id: Int64
    /// The run it was saved for, `nil` when for none.
    public let runID: Int64?
    /// What was probed. Text from outside: not safe to print raw.
    public let subject: String
    /// When it was saved, UTC, ISO 8601 with milliseconds.
    public let createdAt: String
    /// Version of the program that made it.
    public let version: String
    /// The report, JSON text as it was saved: it may be of another version, or damaged.
    public let report: String
}

public import TrainingMetrics

/// A file or stream a run was read from.
public struct SourceRecord: Hashable, Sendable, Identifiable {
    /// Number of the source in this store.
    public let id: Int64
    /// Absolute path, `-` for standard input. Text from outside: not safe to print raw.
    public let path: String
    /// Its format; `nil` when a trainer recorded the run itself and no file was read.
    public let format: LogFormat?
    /// Bytes it held when it was last read.
    public let size: Int64
    /// Lines read.
    public let lines: Int
    /// Lines (or parts of lines) that could not be used.
    public let rejected: Int
    /// Label of the run inside the source, empty when it is one run.
    public let label: String
}

public import TrainingMetrics

/// Why a source could not be ingested; the store is as it was before. (What the store itself refuses is a
/// `RunStoreError`.)
public enum IngestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is not there or cannot be read.
    case cannotRead(path: String, reason: String)
    /// The path names a folder.
    case isFolder(path: String)
    /// The source is no log that can be read, or holds no metric; with the first line that was refused.
    case notALog(path: String, reason: LogFormatError, firstRejection: Rejection?)

    /// The sentence.
    public var description: String {
        switch self {
        case .cannotRead(let path, let reason): "\(path) cannot be read: \(reason)."
        case .isFolder(let path): "\(path) is a folder; name the log files in it."
        case .notALog(let path, let reason, let rejection):
            "\(path): \(reason)."
                + (rejection.map { " The first line refused was line \($0.line): \($0.reason)." } ?? "")
        }
    }
}

public import TrainingMetrics

/// Why a source could not be ingested; the store is as it was before. (What the store itself refuses is a
/// `RunStoreError`.)
public enum IngestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is not there or cannot be read.
    case cannotRead(path: String, reason: String)
    /// The path names a folder.
    case isFolder(path: String)
    /// Nothing in it.
    case empty(path: String)
    /// Not text.
    case binary(path: String)
    /// No line gave a metric.
    case noMetrics(path: String, format: LogFormat, lines: Int, firstRejection: Rejection?)
    /// What a former version left for reading on cannot be used any more.
    case cannotResume(path: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .cannotRead(let path, let reason): return "\(path) cannot be read: \(reason)."
        case .isFolder(let path): return "\(path) is a folder; name the log files in it."
        case .empty(let path): return "\(path) is empty: there is nothing to ingest yet."
        case .binary(let path):
            return "\(path) is not text. codec-doctor reads text logs, CSV, TSV and JSON Lines."
        case .noMetrics(let path, let format, let lines, let rejection):
            let first = rejection.map { " First line not understood: \($0.line) (\($0.reason))." } ?? ""
            return "No metric was found in the \(lines) lines of \(path), read as \(format.rawValue)."
                + " Looked for: \(Self.wanted(format)).\(first) Try another --input-format."
        case .cannotResume(let path):
            return "\(path) was ingested by another version of codec-doctor and cannot be read on."
                + " Forget its run (codec-doctor forget), then ingest it again."
        }
    }

    private static func wanted(_ format: LogFormat) -> String {
        switch format {
        case .text: "'name: value', 'name=value' or 'name value' with a number as value, several to a line or one"
        case .csv: "a header of column names, then rows with numbers"
        case .jsonl: "one JSON object a line with numbers in it"
        }
    }
}

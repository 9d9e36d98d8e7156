/// Why a source cannot be read as a training log.
public enum LogFormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It holds nothing, or only blank lines.
    case empty
    /// It is no text.
    case binary
    /// It is text in UTF-16.
    case wideText
    /// It is compressed, by that program.
    case compressed(String)
    /// It is of another format than the one that was asked for.
    case otherFormat(LogFormat)
    /// It is an SQLite database of another program.
    case otherDatabase
    /// No reader knows the beginning.
    case unrecognised(tried: [LogFormat])
    /// It was read to its end without a single number for a metric.
    case noMetric(format: LogFormat, lines: Int, rejected: Int)
    /// The format has no reader.
    case noReader(LogFormat)
    /// A stored state does not fit this version of the reader.
    case unreadableState(LogFormat)

    /// A sentence that says what to do.
    public var description: String {
        switch self {
        case .empty: "the log is empty; train a little longer, or check the path"
        case .binary:
            "this is a binary file of no known format; give the event file, or the text, CSV or JSON Lines log of the run"
        case .wideText: "this text is UTF-16; convert it first: iconv -f UTF-16 -t UTF-8 LOG > LOG.utf8"
        case .compressed(let program): "this file is compressed with \(program); unpack it first"
        case .otherFormat(let format):
            "this is \(format.content) (\(format.rawValue)); leave out --input-format, or give that one"
        case .otherDatabase:
            "of SQLite databases only MLflow's are read, and not by --dry-run; give an mlflow.db, or a log"
        case .unrecognised(let tried):
            "no metric was found at the beginning of the log. Looked for: "
                + tried.map { "\($0.content) (\($0.rawValue))" }.joined(separator: "; ")
                + ". Choose a reader with --input-format \(LogFormat.allCases.map(\.rawValue).joined(separator: "|"))"
        case .noMetric(let format, let lines, let rejected):
            "no metric was found in \(lines) \(format.recordName)s (\(rejected) rejected). Looked for: \(format.content) (\(format.rawValue)). "
                + "Another reader: --input-format "
                + LogFormat.allCases.filter { $0 != format }.map(\.rawValue).joined(separator: "|")
        case .noReader(let format): "this version has no reader for the format \(format.rawValue)"
        case .unreadableState(let format):
            "the stored position in this \(format.rawValue) log comes from another version; forget the run and ingest it again"
        }
    }
}

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
    /// It is a TensorBoard event file.
    case eventFile
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
        case .binary: "this is a binary file, not a text log; give the text, CSV or JSON Lines log of the run"
        case .wideText: "this text is UTF-16; convert it first: iconv -f UTF-16 -t UTF-8 LOG > LOG.utf8"
        case .compressed(let program): "this file is compressed with \(program); unpack it first"
        case .eventFile:
            "TensorBoard event files are not read yet; export the scalars to CSV and give that file"
        case .unrecognised(let tried):
            "no metric was found at the beginning of the log. Looked for: "
                + tried.map { "\(Self.content(of: $0))" }.joined(separator: "; ")
                + ". Choose a reader with --input-format \(LogFormat.allCases.map(\.rawValue).joined(separator: "|"))"
        case .noMetric(let format, let lines, let rejected):
            "no metric was found in \(lines) lines (\(rejected) rejected). Looked for: \(Self.content(of: format)). "
                + "Another reader: --input-format "
                + LogFormat.allCases.filter { $0 != format }.map(\.rawValue).joined(separator: "|")
        case .noReader(let format): "this version has no reader for the format \(format.rawValue)"
        case .unreadableState(let format):
            "the stored position in this \(format.rawValue) log comes from another version; forget the run and ingest it again"
        }
    }

    private static func content(of format: LogFormat) -> String {
        switch format {
        case .text: "free text with numbers behind names (loss: 0.5, loss=0.5), one-line records or epoch blocks (text)"
        case .csv: "a table with a header line, separated by comma, tab, semicolon or bar (csv)"
        case .jsonl: "one JSON object a line (jsonl)"
        }
    }
}

extension LogFormat {
    /// One JSON object a line.
    public static let jsonl = LogFormat("jsonl", content: "one JSON object a line")
}

/// Reads one JSON object a line.
///
/// Names of nested objects are joined by `/`. Step, epoch, wall time, split, phase and run are found by name as in tables
/// (`FieldName`), line by line; `tick` is the axis of last resort; a line without a step stands at the step before it,
/// and a step that starts again with every epoch is counted on. Lines that hold nothing but stages (`train`, `valid`) are epochs.
/// An object of `num`, `mean` and perhaps `std` alone is one metric, its mean; count and deviation are not kept.
/// `NaN`, `Infinity` and `-Infinity` are read as bare words and as strings. Texts and booleans are no metrics and are given
/// once per name as facts, as are numbers below `config`, `args`, `hparams` or `facts`. Lists of numbers are rejected once per name.
public struct JSONLinesReader: LineReader {
    /// JSON Lines.
    public static let format = LogFormat.jsonl
    /// Where the reader is.
    public var cursor = LineCursor()

    private var records = JSONRecords()

    private enum CodingKeys: String, CodingKey { case cursor, records }

    /// A reader at the beginning of a source.
    public init() {}

    /// Sure when the first lines are JSON objects.
    public static func recognises(_ head: Span<UInt8>) -> Double { JSONLinesRecognition.confidence(head) }

    /// Reads one object. Nothing of a line that is no JSON object is used.
    public mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        guard !line.trimmed(0..<line.count).isEmpty else { return }
        records.read(line, line: cursor.lineNumber, into: &buffer)
    }
}

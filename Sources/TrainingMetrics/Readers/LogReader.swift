/// Turns the bytes of one source into samples. A reader never judges, never interprets a name, and never opens a file.
///
/// It is a value whose whole state is `Codable`: ingestion stores it beside the file offset, so that a file that grew
/// is read on from exactly there. Reading in chunks of any size gives the same events as reading all at once.
public protocol LogReader: Codable, Sendable {
    /// The format this reader reads.
    static var format: LogFormat { get }
    /// Whether the format is no text. Readers of such formats are asked first, and refuse what is text.
    static var isBinary: Bool { get }
    /// How sure the reader is that it should read a source that begins like this: 0 (not at all) … 1.
    /// - Parameter head: the first 64 KiB at most; may end inside a record.
    /// - Returns: the confidence; of several readers the surest reads the source.
    static func recognises(_ head: Span<UInt8>) -> Double
    /// A reader at the beginning of a source.
    init()
    /// Number of lines read so far.
    var lineNumber: Int { get }
    /// Reads the whole records (lines) at the beginning of `bytes`.
    /// - Returns: how many bytes were used; the rest is handed in again in front of what follows.
    mutating func consume(_ bytes: Span<UInt8>, into buffer: inout EventBuffer) -> Int
    /// Reads what is left at the end of the source (an unterminated last line, a pending bar) and gives everything out
    /// that was held back.
    mutating func finish(_ rest: Span<UInt8>, into buffer: inout EventBuffer)
}

extension LogReader {
    /// Most formats are text.
    public static var isBinary: Bool { false }
}

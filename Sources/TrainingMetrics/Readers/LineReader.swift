/// Where a line reader is in its source.
public struct LineCursor: Hashable, Sendable, Codable {
    /// Number of lines begun and handled so far: read, or rejected as too long.
    public var lineNumber = 0
    /// Whether the rest of a line that is too long is being skipped.
    public var isSkippingLine = false

    /// A cursor at the beginning of a source.
    public init() {}
}

/// A reader of a text format whose records are lines. Conforming types read single lines; splitting the source, counting
/// lines and refusing lines that are too long is done here, once for all formats.
///
/// Lines end at `\n`; one `\r` in front of it belongs to the line end. A UTF-8 byte order mark at the very beginning is
/// dropped. A line longer than `LineReader.longestLine` bytes is treated like a terminal would: what a carriage return
/// has overwritten in it is dropped, and if it holds none, it is rejected once and skipped, chunk by chunk.
public protocol LineReader: LogReader {
    /// Where the reader is; part of its `Codable` state.
    var cursor: LineCursor { get set }
    /// Reads one line. `cursor.lineNumber` is already its number.
    /// - Parameters:
    ///   - line: the line without its end; may hold carriage returns, escape sequences and bytes that are not UTF-8.
    ///   - buffer: where samples, facts and rejections go.
    mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer)
    /// Gives out what is held back. Called once, behind the last line.
    mutating func finishLines(into buffer: inout EventBuffer)
}

extension LineReader {
    /// Longest line that is read: 1 MiB, counted without its `\n`.
    public static var longestLine: Int { 1 << 20 }

    /// Number of lines read so far.
    public var lineNumber: Int { cursor.lineNumber }

    /// Nothing is held back.
    public mutating func finishLines(into buffer: inout EventBuffer) {}

    /// Reads all lines that end inside `bytes`.
    public mutating func consume(_ bytes: Span<UInt8>, into buffer: inout EventBuffer) -> Int {
        var start = 0
        while start < bytes.count {
            let newline = bytes.firstIndex(of: 0x0A, from: start)
            if cursor.isSkippingLine {
                guard let newline else { return bytes.count }
                cursor.isSkippingLine = false
                start = newline + 1
                continue
            }
            let end = newline ?? bytes.count
            guard end - start <= Self.longestLine else {
                start = shorten(bytes, from: start, into: &buffer)
                continue
            }
            guard let newline else { break }
            take(bytes.extracting(start..<newline), into: &buffer)
            start = newline + 1
        }
        return start
    }

    /// Reads an unterminated last line and gives out what is held back.
    public mutating func finish(_ rest: Span<UInt8>, into buffer: inout EventBuffer) {
        let used = consume(rest, into: &buffer)
        if used < rest.count { take(rest.extracting(used..<rest.count), into: &buffer) }
        finishLines(into: &buffer)
    }

    /// Goes behind the last carriage return that is certainly inside the line, or gives the line up.
    /// - Returns: where reading goes on.
    private mutating func shorten(_ bytes: Span<UInt8>, from start: Int, into buffer: inout EventBuffer) -> Int {
        let head = bytes.extracting(start..<start + Self.longestLine)
        if let overwritten = head.lastIndex(of: 0x0D, before: head.count) { return start + overwritten + 1 }
        cursor.lineNumber += 1
        cursor.isSkippingLine = true
        buffer.reject(line: cursor.lineNumber, text: head.excerpt, reason: "line longer than 1 MiB")
        return start
    }

    @inline(__always)
    private mutating func take(_ bytes: Span<UInt8>, into buffer: inout EventBuffer) {
        let lower = cursor.lineNumber == 0 && bytes.holds("\u{FEFF}", at: 0) ? 3 : 0
        let upper = bytes.count > lower && bytes[bytes.count - 1] == 0x0D ? bytes.count - 1 : bytes.count
        cursor.lineNumber += 1
        read(line: bytes.extracting(lower..<upper), into: &buffer)
    }
}

public import Foundation

/// Feeds the chunks of a source to its reader and knows the point up to which everything has been read.
///
/// After each `decode`, `consumedBytes` and `state` are a stable point: a decoder resumed from them and fed the bytes
/// from that offset on gives exactly what this one would give. To read a file that may still grow, remember the stable
/// point, call `finish`, and treat what that gives as provisional.
public struct LogDecoder: Sendable {
    private var reader: any LogReader
    /// Bytes of an unfinished record; bounded by the reader (1 MiB for lines).
    private var pending: [UInt8] = []
    /// Bytes of the source the reader has used up; where a resumed decoder goes on.
    public private(set) var consumedBytes: Int

    /// A decoder at the beginning of a source.
    public init(reader: any LogReader) {
        self.reader = reader
        consumedBytes = 0
    }

    /// A decoder at a stable point.
    /// - Parameters:
    ///   - format: the format of the source.
    ///   - state: `state` at that point.
    ///   - consumedBytes: `consumedBytes` at that point; the next chunk has to begin there.
    /// - Throws: `LogFormatError` when the state is not one of that format's reader.
    public init(resuming format: LogFormat, state: Data, consumedBytes: Int = 0) throws(LogFormatError) {
        guard let type = ReaderRegistry.reader(of: format) else { throw .noReader(format) }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        do { reader = try decoder.decode(type, from: state) } catch { throw .unreadableState(format) }
        self.consumedBytes = consumedBytes
    }

    /// The format being read.
    public var format: LogFormat { type(of: reader).format }

    /// Number of lines read so far.
    public var lineNumber: Int { reader.lineNumber }

    /// The reader's state as JSON; NaN and infinities inside it survive.
    public var state: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        do { return try encoder.encode(reader) } catch {
            preconditionFailure("a reader's state is encodable: \(error)")
        }
    }

    /// Reads the next bytes of the source, any number of them.
    /// - Parameters:
    ///   - chunk: the bytes that follow those of the call before.
    ///   - buffer: the source's buffer; the same one for every call.
    public mutating func decode(_ chunk: Span<UInt8>, into buffer: inout EventBuffer) {
        var position = 0
        // Only as much of the chunk is copied behind the unfinished record as it takes to finish it.
        while !pending.isEmpty, position < chunk.count {
            let carried = pending.count
            let piece = min(max(4096, carried), chunk.count - position)
            append(chunk, position..<position + piece)
            position += piece
            let used = consumePending(into: &buffer)
            if used < carried {
                pending.removeFirst(used)
            } else {
                position -= pending.count - used
                pending.removeAll(keepingCapacity: true)
            }
        }
        guard position < chunk.count else { return }
        let used = reader.consume(chunk.extracting(position..<chunk.count), into: &buffer)
        consumedBytes += used
        append(chunk, position + used..<chunk.count)
    }

    /// Ends the source: reads an unterminated last record and gives out what was held back. The decoder is used up.
    /// - Parameter buffer: the source's buffer.
    public mutating func finish(into buffer: inout EventBuffer) {
        let rest = pending
        pending = []
        reader.finish(rest.span, into: &buffer)
        consumedBytes += rest.count
    }

    /// The bytes are taken out of `self` meanwhile: the reader is changed while they are looked at.
    private mutating func consumePending(into buffer: inout EventBuffer) -> Int {
        var bytes: [UInt8] = []
        swap(&bytes, &pending)
        let used = reader.consume(bytes.span, into: &buffer)
        swap(&bytes, &pending)
        consumedBytes += used
        return used
    }

    private mutating func append(_ chunk: Span<UInt8>, _ range: Range<Int>) {
        for index in range { pending.append(chunk[index]) }
    }
}

import Foundation
import TrainingMetrics

/// Reads and decodes a source on a thread of its own, batch by batch, into a queue.
struct SourceReader: Sendable {
    /// What comes out of the queue.
    enum Event: Sendable {
        case batch(DecodedBatch)
        case end
        case failure(any Error)
    }

    /// Where reading begins.
    struct Start: Sendable {
        var decoder: LogDecoder
        var buffer: EventBuffer
        /// Bytes already taken from the file behind `decoder.consumedBytes`.
        var head: [UInt8]
    }

    private static let chunkLength = 1 << 18

    let file: SourceFile
    let batchSize: Int
    let queue = BatchQueue(capacity: 2)

    /// Opens a source at its beginning.
    func start(_ prepared: (any LogReader)?, format: LogFormat?, keptRejections: Int) throws -> Start {
        var head: [UInt8] = []
        var lastTry = ContinuousClock.now
        while head.count < LogFormatDetector.headLength {
            let bytes = try file.read(upTo: Self.chunkLength)
            if bytes?.isEmpty == true { break }
            head += bytes ?? []
            // A stream is read as soon as it can be told what it is: not by its first words, and not only when it has said a lot.
            guard file.identity == nil, bytes == nil || lastTry.duration(to: .now) >= .seconds(1) else { continue }
            lastTry = .now
            if Self.holdsSample(head, format) { break }
        }
        let reader: any LogReader
        do {
            if head.isEmpty { throw LogFormatError.empty }
            reader = try prepared ?? Self.reader(of: head, format)
        } catch let error as LogFormatError {
            throw IngestError.notALog(path: file.path, reason: error, firstRejection: nil)
        }
        return Start(
            decoder: LogDecoder(reader: reader),
            buffer: EventBuffer(keptRejections: keptRejections),
            head: head
        )
    }

    private static func reader(of head: [UInt8], _ format: LogFormat?) throws(LogFormatError) -> any LogReader {
        let detected = min(head.count, LogFormatDetector.headLength)
        return try LogFormatDetector.reader(for: head.span.extracting(0..<detected), override: format)
    }

    /// Whether a beginning gives a sample.
    private static func holdsSample(_ head: [UInt8], _ format: LogFormat?) -> Bool {
        guard let reader = try? reader(of: head, format) else { return false }
        var decoder = LogDecoder(reader: reader)
        var buffer = EventBuffer(keptRejections: 0)
        decoder.decode(head.span, into: &buffer)
        return buffer.count > 0
    }

    /// Goes back to where a source was left.
    func resume(_ state: Data, format: LogFormat, offset: Int64, keptRejections: Int) throws -> Start {
        do {
            let state = try JSONDecoder().decode(ResumeState.self, from: state)
            var buffer = EventBuffer(keptRejections: keptRejections)
            for key in state.keys { _ = buffer.index(of: key) }
            let decoder = try LogDecoder(resuming: format, state: state.reader, consumedBytes: Int(offset))
            try file.seek(to: offset)
            return Start(decoder: decoder, buffer: buffer, head: [])
        } catch is DecodingError {
            throw IngestError.notALog(path: file.path, reason: .unreadableState(format), firstRejection: nil)
        } catch let error as LogFormatError {
            throw IngestError.notALog(path: file.path, reason: error, firstRejection: nil)
        }
    }

    /// Begins to read; the queue must be emptied up to `end` or `failure`, or closed.
    func run(from start: Start) {
        Thread.detachNewThread {
            do {
                if try decodeAll(start) { _ = queue.push(.end) }
            } catch {
                _ = queue.push(.failure(error))
            }
        }
    }

    /// Decodes to the end.
    /// - Returns: whether somebody wanted to know.
    private func decodeAll(_ start: Start) throws -> Bool {
        var (decoder, buffer) = (start.decoder, start.buffer)
        var handedOver = ContinuousClock.now
        var chunk: [UInt8]? = start.head.isEmpty ? nil : start.head
        while chunk?.isEmpty != true {
            let bytes = chunk ?? []
            // Batches end inside a chunk where they are smaller than one.
            for lower in stride(from: 0, to: bytes.count, by: pieceLength) {
                let piece = lower..<min(lower + pieceLength, bytes.count)
                decoder.decode(bytes.span.extracting(piece), into: &buffer)
                guard buffer.count >= batchSize else { continue }
                guard hand(over: &buffer, decoder) else { return false }
                handedOver = .now
            }
            // A stream that pauses, and one that never does, is stored at least this often.
            let isTime = file.identity == nil && handedOver.duration(to: .now) >= .milliseconds(500)
            if chunk == nil || isTime, buffer.count > 0 {
                guard hand(over: &buffer, decoder) else { return false }
                handedOver = .now
            }
            chunk = try file.read(upTo: Self.chunkLength)
        }
        var (ending, provisional) = (decoder, buffer)
        provisional.removeAll()
        ending.finish(into: &provisional)
        var last = batch(decoder, buffer, size: Int64(ending.consumedBytes))
        last.provisional = provisional
        last.lines = ending.lineNumber
        return queue.push(.batch(last))
    }

    /// A line with a sample takes more than four bytes.
    private var pieceLength: Int { max(1, min(Self.chunkLength, batchSize * 4)) }

    private func hand(over buffer: inout EventBuffer, _ decoder: LogDecoder) -> Bool {
        defer { buffer.removeAll() }
        return queue.push(.batch(batch(decoder, buffer, size: Int64(decoder.consumedBytes))))
    }

    private func batch(_ decoder: LogDecoder, _ buffer: EventBuffer, size: Int64) -> DecodedBatch {
        DecodedBatch(
            buffer: buffer,
            offset: Int64(decoder.consumedBytes),
            size: size,
            lines: decoder.lineNumber,
            state: ResumeState(decoder, buffer),
            digests: SourceDigests(file, size: size)
        )
    }
}

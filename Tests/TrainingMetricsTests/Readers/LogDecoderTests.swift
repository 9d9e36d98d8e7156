import Foundation
import TestSupport
import Testing
import TrainingMetrics

struct LogDecoderTests {
    private let text = "step,loss\n1,0.5\n2,0.25\n3,0.125"

    @Test func countsOnlyWholeLinesAsConsumed() {
        var decoder = LogDecoder(reader: CSVReader())
        var buffer = EventBuffer()
        decoder.decode(Array(text.utf8).span, into: &buffer)
        #expect(decoder.consumedBytes == 23)
        #expect(decoder.lineNumber == 3)
        #expect(buffer.value == [0.5, 0.25])
        decoder.finish(into: &buffer)
        #expect(decoder.consumedBytes == text.utf8.count)
        #expect(buffer.value == [0.5, 0.25, 0.125])
    }

    @Test func whatFinishGaveIsReadAgainFromTheStablePointWhenTheFileHasGrown() throws {
        var decoder = LogDecoder(reader: CSVReader())
        var buffer = EventBuffer()
        decoder.decode(Array(text.utf8).span, into: &buffer)
        let (state, offset) = (decoder.state, decoder.consumedBytes)
        decoder.finish(into: &buffer)

        var grown = try LogDecoder(resuming: .csv, state: state, consumedBytes: offset)
        var rest = EventBuffer()
        grown.decode(Array((text + "625\n4,0.5\n").utf8).span.extracting(offset..<text.utf8.count + 10), into: &rest)
        #expect(rest.value == [0.125625, 0.5])
        #expect(rest.line == [4, 5])
    }

    @Test func aStateOfAnotherReaderIsRefused() {
        let state = LogDecoder(reader: JSONLinesReader()).state
        #expect(throws: LogFormatError.unreadableState(.csv)) { try LogDecoder(resuming: .csv, state: state) }
        #expect(throws: LogFormatError.unreadableState(.csv)) { try LogDecoder(resuming: .csv, state: Data("x".utf8)) }
    }

    @Test func aLineFarLongerThanItsLimitIsNotKept() {
        var decoder = LogDecoder(reader: CSVReader())
        var buffer = EventBuffer()
        let block = [UInt8](repeating: 0x39, count: 1 << 20)
        decoder.decode(Array("step,loss\n1,".utf8).span, into: &buffer)
        for _ in 0..<64 { decoder.decode(block.span, into: &buffer) }
        #expect(decoder.consumedBytes == (64 << 20) + 12)
        decoder.decode(Array("\n2,0.5\n".utf8).span, into: &buffer)
        #expect(buffer.value == [0.5])
        #expect(buffer.rejectedCount == 1)
        #expect(buffer.line == [3])
    }
}

/// A source may have many metrics, but not any number of them.
struct ManyMetricsTests {
    private static let numbers = 0..<EventBuffer.mostMetrics + 500

    @Test(arguments: [
        (LogFormat.csv, "tag,step,value\n" + numbers.map { "loss_\($0),\($0),0.5\n" }.joined()),
        (.text, numbers.map { "step \($0): loss_x\($0)y: 0.5\n" }.joined()),
        (.jsonl, numbers.map { "{\"step\": \($0), \"loss_\($0)\": 0.5}\n" }.joined()),
        (.json, "[" + numbers.map { "{\"step\": \($0), \"loss_\($0)\": 0.5}" }.joined(separator: ",\n") + "]"),
    ])
    func metricsBeyondTheLimitAreRejectedAndCounted(format: LogFormat, log: String) throws {
        let events = LogEvents(of: log, with: try #require(ReaderRegistry.reader(of: format)).init())
        #expect(events.samples.count == EventBuffer.mostMetrics)
        #expect(events.rejectedCount == 500)
        #expect(events.rejections[0].reason.contains("more than 20000 different metrics"))
    }
}

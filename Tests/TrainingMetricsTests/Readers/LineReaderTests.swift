import Foundation
import Testing
import TrainingMetrics

/// Notes every line as a fact: what splitting gives, without any format.
private struct LineRecorder: LineReader {
    static let format = LogFormat.text
    static func recognises(_ head: Span<UInt8>) -> Double { 0 }
    var cursor = LineCursor()

    mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        buffer.append(LoggedFact(key: "line", value: line.text(0..<line.count), line: cursor.lineNumber))
    }
}

struct LineReaderTests {
    private func record(_ bytes: [UInt8], chunk: Int) -> EventBuffer {
        var reader = LineRecorder()
        var buffer = EventBuffer()
        var pending: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            pending += bytes[start..<min(start + chunk, bytes.count)]
            pending.removeFirst(reader.consume(pending.span, into: &buffer))
            #expect(pending.count <= LineRecorder.longestLine)
        }
        reader.finish(pending.span, into: &buffer)
        return buffer
    }

    private func lines(_ text: String, chunk: Int = 3) -> [String] {
        record(Array(text.utf8), chunk: chunk).facts.map { "\($0.line) \($0.value)" }
    }

    @Test(
        arguments: [
            ("", []), ("a", ["1 a"]), ("a\n", ["1 a"]), ("a\r\nb\r\n", ["1 a", "2 b"]),
            ("a\n\nb", ["1 a", "2 ", "3 b"]),
            ("\u{FEFF}a\n\u{FEFF}b", ["1 a", "2 \u{FEFF}b"]), ("a\rb\n", ["1 a\rb"]), ("\n", ["1 "]), ("a\r", ["1 a"]),
        ] as [(String, [String])]
    )
    func splitsAndCountsLines(text: String, expected: [String]) {
        for chunk in [1, 2, 7, 4096] { #expect(lines(text, chunk: chunk) == expected) }
    }

    @Test(arguments: [4096, 100_000, 10_000_000])
    func rejectsALineThatIsTooLongOnceAndGoesOnBehindIt(chunk: Int) {
        let long = [UInt8](repeating: 0x78, count: 3_000_000)
        let buffer = record(Array("a\n".utf8) + long + Array("\nb\n".utf8), chunk: chunk)
        #expect(buffer.facts.map(\.line) == [1, 3])
        #expect(buffer.rejectedCount == 1)
        #expect(buffer.rejections.first?.line == 2)
        #expect(buffer.rejections.first?.reason == "line longer than 1 MiB")
        #expect(buffer.rejections.first?.text.count == 500)
    }

    @Test(arguments: [4096, 100_000, 10_000_000])
    func keepsWhatIsLastInAProgressBarThatIsTooLong(chunk: Int) {
        var text = "a\n"
        for index in 0..<60_000 { text += "\rstep \(index) of a very long progress bar" }
        let buffer = record(Array((text + "\nb\n").utf8), chunk: chunk)
        #expect(buffer.rejectedCount == 0)
        #expect(buffer.facts.map(\.line) == [1, 2, 3])
        #expect(buffer.facts[1].value.hasSuffix("\rstep 59999 of a very long progress bar"))
    }

    @Test func theCursorIsTheStateOfALine() throws {
        var reader = LineRecorder()
        var buffer = EventBuffer()
        let long = [UInt8](repeating: 0x78, count: 2_000_000)
        #expect(reader.consume(long.span, into: &buffer) == long.count)
        var resumed = try JSONDecoder().decode(LineRecorder.self, from: JSONEncoder().encode(reader))
        let rest = Array("xxx\nnext\n".utf8)
        #expect(resumed.consume(rest.span, into: &buffer) == rest.count)
        #expect(buffer.facts.map(\.value) == ["next"])
        #expect(buffer.facts.map(\.line) == [2])
    }
}

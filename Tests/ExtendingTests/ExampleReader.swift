// Inside the module this import is not needed.
@testable public import TrainingMetrics

extension LogFormat {
    /// `step|name|value`, one metric a line.
    public static let bars = LogFormat("bars", content: "one metric a line: step|name|value")
}

/// Reads lines such as `1200|train/mel_loss|0.713`. A value that is no number is a rejection; other lines say nothing.
public struct BarReader: LineReader {
    /// One metric a line, separated by bars.
    public static let format = LogFormat.bars
    /// Where the reader is; with it everything a reader needs to go on is stored.
    public var cursor = LineCursor()

    /// A reader at the beginning of a source.
    public init() {}

    /// Sure when the first line is one of its own.
    public static func recognises(_ head: Span<UInt8>) -> Double {
        guard let end = head.firstIndex(of: 0x0A), fields(of: head.extracting(0..<end)) != nil else { return 0 }
        return 0.9
    }

    /// Reads one line.
    public mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        guard let (step, name, value) = Self.fields(of: line) else { return }
        switch CellValue.read(line, in: value) {
        case .number(let number, let unit):
            let key = MetricKey(name: line.text(name), unit: line.text(unit))
            buffer.append(metric: buffer.index(of: key), step: step, value: number, line: lineNumber)
        case .missing: break
        case .text, .undefined: buffer.reject(line: lineNumber, text: line.excerpt, reason: "the value is no number")
        }
    }

    /// Step, range of the name and range of the value; `nil` for another kind of line.
    private static func fields(of line: Span<UInt8>) -> (step: Int64, name: Range<Int>, value: Range<Int>)? {
        guard let first = line.firstIndex(of: 0x7C), let second = line.firstIndex(of: 0x7C, from: first + 1),
            let step = Int64(line.text(0..<first)), step >= 0
        else { return nil }
        return (step, first + 1..<second, second + 1..<line.count)
    }
}

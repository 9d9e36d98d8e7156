public import Testing
public import TrainingMetrics

/// What every reader has to do, whatever its format. A reader's test runs it on a log of that format:
///
///     @Test func conforms() throws { try LogReaderConformance<CSVReader>(log: text, rejections: 2).verify() }
public struct LogReaderConformance<Reader: LogReader> {
    private let log: [UInt8]
    private let rejections: Int
    private let noise: [String]

    /// A log to read.
    /// - Parameters:
    ///   - log: complete lines ending in `\n`; has to hold a NaN, a +inf and a −inf among its values.
    ///   - rejections: how many rejections reading it gives.
    ///   - noise: lines that mean nothing in the format and hold no number.
    public init(log: String, rejections: Int = 0, noise: [String] = Self.commonNoise) {
        precondition(log.hasSuffix("\n") && !log.contains("\r"), "the log has whole lines ending in a line feed")
        self.log = Array(log.utf8)
        self.rejections = rejections
        self.noise = noise
    }

    /// Lines that mean nothing anywhere.
    public static var commonNoise: [String] {
        [
            "\u{1B}[31m\u{1B}[0m", "\u{1B}[2K\u{1B}[1A", "%%%% ????", "   ", "", "Traceback (most recent call last):",
            "\u{FFFD}\u{7F}",
        ]
    }

    /// Runs all checks.
    public func verify(_ location: SourceLocation = #_sourceLocation) throws {
        let whole = LogEvents(of: log, with: Reader())
        #expect(!whole.samples.isEmpty, "the log gives samples", sourceLocation: location)
        #expect(whole.rejectedCount == rejections, "\(whole.rejections)", sourceLocation: location)
        checkChunks(whole, location)
        try checkResuming(whole, location)
        checkLineEnds(whole, location)
        checkNoise(whole, location)
        checkSpecialValues(whole, location)
        checkLines(whole, location)
        checkLongLine(whole, location)
        #expect(
            LogEvents(of: [], with: Reader()) == LogEvents(),
            "an empty source gives nothing",
            sourceLocation: location
        )
    }

    private func checkChunks(_ whole: LogEvents, _ location: SourceLocation) {
        for chunk in [1, 2, 7, 64, 4096] {
            let read = LogEvents(of: log, with: Reader(), chunk: chunk)
            #expect(read == whole, "in chunks of \(chunk)", sourceLocation: location)
        }
    }

    /// Stops behind every line, goes on from the stored state with another buffer.
    private func checkResuming(_ whole: LogEvents, _ location: SourceLocation) throws {
        var events = LogEvents()
        var decoder = LogDecoder(reader: Reader())
        var buffer = EventBuffer()
        for end in log.indices where log[end] == 0x0A {
            buffer = EventBuffer(keptRejections: buffer.keptRejections)
            decoder.decode(log.span.extracting(decoder.consumedBytes..<end + 1), into: &buffer)
            events.append(buffer)
            decoder = try LogDecoder(
                resuming: Reader.format,
                state: decoder.state,
                consumedBytes: decoder.consumedBytes
            )
        }
        buffer = EventBuffer(keptRejections: buffer.keptRejections)
        decoder.decode(log.span.extracting(decoder.consumedBytes..<log.count), into: &buffer)
        decoder.finish(into: &buffer)
        events.append(buffer)
        #expect(events == whole, "resumed behind every line", sourceLocation: location)
        #expect(decoder.consumedBytes == log.count, sourceLocation: location)
    }

    private func checkLineEnds(_ whole: LogEvents, _ location: SourceLocation) {
        let unterminated = LogEvents(of: Array(log.dropLast()), with: Reader())
        #expect(unterminated == whole, "without the last line end", sourceLocation: location)
        let windows = LogEvents(of: log.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, with: Reader())
        #expect(windows == whole, "with CRLF", sourceLocation: location)
        let marked = LogEvents(of: [0xEF, 0xBB, 0xBF] + log, with: Reader())
        #expect(marked == whole, "with a byte order mark", sourceLocation: location)
    }

    /// Meaningless lines between the lines change no sample but its line number.
    private func checkNoise(_ whole: LogEvents, _ location: SourceLocation) {
        var noisy: [UInt8] = []
        var number = 0
        for byte in log {
            noisy.append(byte)
            guard byte == 0x0A else { continue }
            noisy += Array(noise[number % noise.count].utf8)
            noisy.append(0x0A)
            number += 1
        }
        let read = LogEvents(of: noisy, with: Reader())
        func withoutLines(_ events: LogEvents) -> [LogEvents.Sample] {
            events.samples.map { sample in
                var sample = sample
                sample.line = 0
                return sample
            }
        }
        #expect(withoutLines(read) == withoutLines(whole), "with noise between the lines", sourceLocation: location)
    }

    private func checkSpecialValues(_ whole: LogEvents, _ location: SourceLocation) {
        let values = whole.samples.map(\.value)
        #expect(values.contains { $0.isNaN }, "NaN is a value", sourceLocation: location)
        #expect(values.contains(.infinity), "+inf is a value", sourceLocation: location)
        #expect(values.contains(-.infinity), "−inf is a value", sourceLocation: location)
    }

    /// Line numbers never decrease, and the line holds the number.
    private func checkLines(_ whole: LogEvents, _ location: SourceLocation) {
        let lines = log.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        var last: Int64 = 1
        for sample in whole.samples {
            #expect(sample.line >= last, "line numbers never decrease", sourceLocation: location)
            last = sample.line
            let holds = Int(sample.line) <= lines.count && Self.holds(lines[Int(sample.line) - 1], sample.value)
            #expect(holds, "line \(sample.line) holds \(sample.value) of \(sample.key.name)", sourceLocation: location)
        }
    }

    private static func holds(_ line: [UInt8], _ value: Double) -> Bool {
        func isSame(_ other: Double) -> Bool { other == value || (other.isNaN && value.isNaN) }
        return line.indices.contains { start in
            for separators in [false, true] {
                guard
                    let (number, end) = NumberParser.number(
                        in: line.span,
                        from: start,
                        allowsThousandsSeparators: separators
                    )
                else { return false }
                if isSame(number) { return true }
                if end < line.count, line[end] == 0x2F,
                    let (divisor, _) = NumberParser.number(in: line.span, from: end + 1), isSame(number / divisor)
                {
                    return true
                }
            }
            return false
        }
    }

    private func checkLongLine(_ whole: LogEvents, _ location: SourceLocation) {
        let long = [UInt8](repeating: 0x78, count: 1_500_000) + [0x0A]
        for chunk in [65_536, Int.max] {
            let read = LogEvents(of: log + long, with: Reader(), chunk: chunk)
            #expect(read.samples == whole.samples, "a line of 1.5 MB gives no sample", sourceLocation: location)
            #expect(read.rejectedCount == whole.rejectedCount + 1, "and one rejection", sourceLocation: location)
        }
    }
}

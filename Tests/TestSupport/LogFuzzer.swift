import TrainingMetrics

/// Damages logs at random, reproducibly, and reads them with every reader.
public struct LogFuzzer {
    private let corpus: [[UInt8]]
    private var generator: SeededGenerator

    /// A fuzzer over these logs.
    public init(corpus: [[UInt8]], seed: UInt64) {
        precondition(!corpus.isEmpty, "there is something to damage")
        self.corpus = corpus
        generator = SeededGenerator(seed: seed)
    }

    /// Damages one log and reads it with every reader, in chunks of random sizes, stopping and resuming at random.
    public mutating func runOnce() {
        let log = damaged()
        let head = log.span.extracting(0..<min(log.count, LogFormatDetector.headLength))
        _ = try? LogFormatDetector.reader(for: head)
        for reader in ReaderRegistry.readers {
            precondition((0...1).contains(reader.recognises(head)), "a confidence is between 0 and 1")
            read(log, with: reader.init())
        }
    }

    private mutating func read(_ log: [UInt8], with reader: any LogReader) {
        var decoder = LogDecoder(reader: reader)
        var buffer = EventBuffer()
        var events = LogEvents()
        while decoder.consumedBytes < log.count {
            var position = decoder.consumedBytes
            for _ in 0..<Int.random(in: 1...20, using: &generator) where position < log.count {
                let length = Int.random(in: 1...(Bool.random(using: &generator) ? 40 : 20_000), using: &generator)
                let end = min(log.count, position + length)
                decoder.decode(log.span.extracting(position..<end), into: &buffer)
                position = end
            }
            events.append(buffer)
            buffer.removeAll()
            if position == log.count { break }
            guard Int.random(in: 0..<4, using: &generator) == 0 else { continue }
            let (format, state, offset) = (decoder.format, decoder.state, decoder.consumedBytes)
            guard let resumed = try? LogDecoder(resuming: format, state: state, consumedBytes: offset) else {
                preconditionFailure("a stored state can be read back")
            }
            decoder = resumed
            buffer = EventBuffer(keptRejections: buffer.keptRejections)
        }
        decoder.finish(into: &buffer)
        events.append(buffer)
        let lines = events.samples.map(\.line)
        precondition(
            lines.first ?? 1 >= 1 && zip(lines, lines.dropFirst()).allSatisfy { $0 <= $1 },
            "lines never decrease"
        )
    }

    private mutating func damaged() -> [UInt8] {
        var log = pick()
        let damage = Int.random(in: 1...6, using: &generator)
        for _ in 0..<damage where !log.isEmpty {
            let at = Int.random(in: 0..<log.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: log[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: log[at] = UInt8.random(in: 0...255, using: &generator)
            case 2: log.removeSubrange(at..<min(log.count, at + Int.random(in: 1...300, using: &generator)))
            case 3: log.insert(contentsOf: noise(), at: at)
            case 4: log.removeSubrange(at...)
            case 5:
                let line = self.line(in: log, around: at)
                log.insert(contentsOf: log[line], at: line.lowerBound)
            case 6: log.removeSubrange(line(in: log, around: at))
            default:
                let other = pick()
                guard !other.isEmpty else { continue }
                let from = Int.random(in: 0..<other.count, using: &generator)
                log.insert(contentsOf: other[from..<min(other.count, from + 2000)], at: at)
            }
        }
        return log
    }

    /// A log of the corpus, or a piece of it, so that small damage meets many places.
    private mutating func pick() -> [UInt8] {
        guard let log = corpus.randomElement(using: &generator), log.count > 4000 else {
            return corpus.randomElement(using: &generator) ?? []
        }
        let start = Bool.random(using: &generator) ? 0 : Int.random(in: 0..<log.count - 1000, using: &generator)
        return Array(log[start..<min(log.count, start + Int.random(in: 200...8000, using: &generator))])
    }

    /// Bytes that mean something to some reader.
    private mutating func noise() -> [UInt8] {
        let pieces = [
            "\"", "\\", "{", "}", "[", "]", ",", "\t", ";", "|", "\r", "\n", "\r\n", ":", "=", "nan", "-inf", "1e999",
            "\u{1B}[31m",
            "\u{1B}[", "\u{1B}]0;", "9223372036854775808", "-", ".", "%|", "it/s", "epoch", "step,loss\n", "\"\"",
            "\\u", "\u{0}",
            "\u{FEFF}", "1/0", "NA",
        ]
        let piece = Array((pieces.randomElement(using: &generator) ?? "").utf8)
        return Array(repeatElement(piece, count: Int.random(in: 1...40, using: &generator)).joined())
    }

    private func line(in log: [UInt8], around index: Int) -> Range<Int> {
        let lower = log[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let upper = log[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? log.count
        return lower..<upper
    }

    /// Text of progress bars alone, as tqdm draws them: description, percentage, bar, counts, times, rate.
    public static func progressBars(using generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let total = Int.random(in: 1...2000, using: &generator)
            let names = [
                "", "Training: ", "Epoch 3: ", "Epoch 3/100: ", "  ", "\u{1B}[A", "Validating: ", "Sanity Checking: ",
            ]
            let name = names.randomElement(using: &generator) ?? ""
            let isASCII = Bool.random(using: &generator)
            for _ in 0..<Int.random(in: 1...10, using: &generator) {
                let done = Int.random(in: 0...total, using: &generator)
                let filled = done * 10 / total
                let bar =
                    String(repeating: isASCII ? "#" : "\u{2588}", count: filled)
                    + (filled < 10 && !isASCII ? "\u{258C}" : "") + String(repeating: " ", count: max(0, 9 - filled))
                let rates = ["12.34it/s", "1.02s/it", "?it/s", "3.4kit/s", "12.34batch/s", "512B/s", "1.50MB/s"]
                let rate = rates.randomElement(using: &generator) ?? ""
                let percent = String(repeating: " ", count: done * 100 / total < 100 ? 1 : 0) + "\(done * 100 / total)%"
                text +=
                    "\r\(name)\(percent)|\(bar)| \(done)/\(total) [00:\(10 + done % 50)<01:\(10 + total % 50), \(rate)]"
            }
            text += Bool.random(using: &generator) ? "\n" : "\r\n"
        }
        return text
    }
}

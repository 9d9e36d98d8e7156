/// What a logging framework writes in front of a message: time, level, logger, place in the source.
struct LogPrefix {
    /// Where the message begins; its own indentation belongs to it.
    var end: Int
    /// Seconds since 1970 UTC, NaN where the prefix has no full date.
    var seconds = Double.nan
    /// Where the time stands in the line.
    var timeRange: Range<Int>?

    /// The prefix that begins at `start`; empty when there is none.
    static func parse(_ line: Span<UInt8>, from start: Int = 0) -> LogPrefix {
        var prefix = LogPrefix(end: start)
        for _ in 0..<6 {
            var index = prefix.end
            while index < line.count, line[index].isBlank { index += 1 }
            guard index < line.count, let end = prefix.part(line, at: index) else { break }
            prefix.end = end
        }
        return prefix
    }

    /// End of the part of a prefix at `index`, with the separator behind it.
    private mutating func part(_ line: Span<UInt8>, at index: Int) -> Int? {
        let isBracketed = line[index] == 0x5B || line[index] == 0x28
        let inner = isBracketed ? index + 1 : index
        guard inner < line.count else { return nil }
        if timeRange == nil {
            if let end = timeWord(line, at: index) { return end }
            // glog: `I0122 07:09:29.766123 12345 file.py:123] `
            let isGlog = inner + 5 < line.count && line[inner].isLetter && line[inner + 5] == 0x20
            let stampAt = isGlog ? inner + 6 : inner
            if let stamp = Timestamp.parse(line, at: stampAt), Self.isBoundary(line, stamp.end) {
                seconds = stamp.seconds
                timeRange = stampAt..<stamp.end
                if let level = Self.level(line, within: stamp.end..<min(line.count, stamp.end + 80)) {
                    return Self.behindLevel(line, at: level)
                }
                return isGlog ? Self.behindBracket(line, from: stamp.end) : Self.behindSeparator(line, at: stamp.end)
            }
        }
        if isBracketed { return Self.bracket(line, inner: inner) }
        let word = Self.word(line, at: index)
        if line[index] & 0x20 == 0, Self.isLevel(line, word) { return Self.behindLevel(line, at: word.upperBound) }
        return nil
    }

    /// Coqui's `--> TIME: 2024-05-01 12:34:56 -- ` in front of a position.
    private mutating func timeWord(_ line: Span<UInt8>, at index: Int) -> Int? {
        guard line.holds("--> TIME: ", at: index), let stamp = Timestamp.parse(line, at: index + 10),
            line.holds(" -- ", at: stamp.end)
        else { return nil }
        seconds = stamp.seconds
        timeRange = index + 10..<stamp.end
        return stamp.end + 4
    }

    /// `[INFO] `, `[rank0]: `, `[train.py: 124]: `, `(worker pid=1) `: brackets that say who speaks.
    private static func bracket(_ line: Span<UInt8>, inner: Int) -> Int? {
        guard let close = line.firstIndex(of: line[inner - 1] == 0x5B ? 0x5D : 0x29, from: inner), close - inner < 60
        else { return nil }
        let text = line.text(inner..<close)
        let lowered = text.lowercased()
        let speakers = ["rank", "gpu", "cuda", "pid", "node", "worker", "process"]
        let isSpeaker =
            text.contains(".py") || text.contains("pid=") || text == "__main__"
            || speakers.contains { lowered.hasPrefix($0) && lowered.dropFirst($0.count).allSatisfy(\.isNumber) }
        guard isSpeaker || isLevel(line, inner..<close) else { return nil }
        return behindSeparator(line, at: close + 1)
    }

    /// Behind a level: the separator, then `name:` directly behind `LEVEL:`, or a place in the source.
    private static func behindLevel(_ line: Span<UInt8>, at end: Int) -> Int {
        if end + 1 < line.count, line[end] == 0x3A, !line[end + 1].isBlank, Timestamp.parse(line, at: end + 1) == nil {
            let name = word(line, at: end + 1)
            if !name.isEmpty, name.upperBound < line.count, line[name.upperBound] == 0x3A,
                NumberParser.number(in: line, from: name.upperBound + 1) == nil
            {
                return name.upperBound + 1
            }
        }
        let start = behindSeparator(line, at: end)
        var index = start
        while index < line.count, line[index].isBlank { index += 1 }
        let place = index
        while index < line.count, !line[index].isBlank { index += 1 }
        guard place < index, line[place].isLetter || line[place] == 0x5F else { return start }
        let text = line.text(place..<index)
        let isPlace = text.contains(".py") || text.hasPrefix("__main__") || text.split(separator: ":").count >= 3
        return isPlace && !text.contains("=") ? behindSeparator(line, at: index) : start
    }

    /// Behind a closing bracket, one `:` or `-` or `|` with the blanks around it: the message's indentation stays.
    private static func behindSeparator(_ line: Span<UInt8>, at end: Int) -> Int {
        var index = end
        while index < line.count, line[index] == 0x5D || line[index] == 0x29 { index += 1 }
        var next = index
        while next < line.count, line[next].isBlank { next += 1 }
        let isDash = next < line.count && line[next] == 0x2D && next + 1 < line.count && line[next + 1] == 0x20
        if next < line.count, isDash || line[next] == 0x3A || line[next] == 0x7C { index = next + 1 }
        return index < line.count && line[index].isBlank ? index + 1 : index
    }

    private static func behindBracket(_ line: Span<UInt8>, from start: Int) -> Int? {
        guard let close = line.firstIndex(of: 0x5D, from: start), close - start < 80 else { return nil }
        return behindSeparator(line, at: close + 1)
    }

    /// End of the first level word in the range that has only names in front of it.
    private static func level(_ line: Span<UInt8>, within range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if line[index] == 0x3D || line[index] == 0x25 { return nil }
            guard line[index].isLetter || line[index] == 0x5F else {
                index += 1
                continue
            }
            let word = word(line, at: index)
            if line[index] & 0x20 == 0, isLevel(line, word) { return word.upperBound }
            index = word.upperBound
        }
        return nil
    }

    private static func word(_ line: Span<UInt8>, at start: Int) -> Range<Int> {
        var end = start
        while end < line.count,
            line[end].isLetter || line[end].isDigit || [0x5F, 0x2E, 0x2D, 0x3C, 0x3E].contains(line[end])
        { end += 1 }
        return start..<end
    }

    private static func isLevel(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let levels: [StaticString] = [
            "info", "warning", "warn", "error", "debug", "critical", "fatal", "notice", "trace", "success",
        ]
        return levels.contains { line.spells($0, in: range) }
    }

    private static func isBoundary(_ line: Span<UInt8>, _ index: Int) -> Bool {
        index >= line.count || line[index].isBlank || [0x5D, 0x29, 0x3A, 0x2C, 0x7C, 0x2D].contains(line[index])
    }
}

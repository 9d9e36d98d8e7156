/// Reads the value at a position of a line and decides what kind of number it is.
struct ValueScanner {
    let bytes: [UInt8]
    let end: Int

    /// What stands there.
    enum Kind {
        /// A number, with or without unit.
        case plain
        /// `n/total`.
        case fraction
        /// A time, a date, a duration, a version: made of digits, not a measured number.
        case other
    }

    /// A value.
    struct Value {
        var number: RecordNumber
        var kind: Kind
        var unit = ""
        var total: RecordNumber?
        /// Set for `5epoch`, `1-100batch`.
        var position: PositionKind?
        /// Position behind value, unit and spread.
        var end: Int
    }

    /// Reads the value that begins at `start`.
    /// - Parameters:
    ///   - start: where the number, its `~` or its wrapper (`tensor(`) begins.
    ///   - isFractionSpaced: whether blanks may stand around the `/` of a fraction.
    /// - Returns: `nil` when no number begins there.
    func value(at start: Int, isFractionSpaced: @autoclosure () -> Bool = false) -> Value? {
        guard start < end else { return nil }
        var first = start
        if bytes[first] == 0x7E { first = skipBlanks(first + 1) }
        var close: Int?
        if let (inside, bracket) = wrapped(at: first) {
            first = inside
            close = bracket + 1
        }
        guard let (value, stop) = NumberParser.number(in: bytes.span, from: first, allowsThousandsSeparators: true),
            stop <= end
        else { return nil }
        let isInteger = (first..<stop).allSatisfy { bytes[$0].isDigit || bytes[$0] == 0x2C }
        let number = RecordNumber(value: value, range: first..<stop, isInteger: isInteger)
        if let close { return Value(number: number, kind: .plain, end: min(close, end)) }
        var result = tail(of: number, isFractionSpaced: isFractionSpaced())
        if result.kind == .plain { result.end = behindSpread(result.end) }
        return result
    }

    private func tail(of number: RecordNumber, isFractionSpaced: Bool) -> Value {
        let stop = number.range.upperBound
        if isFractionSpaced || (stop < end && bytes[stop] == 0x2F), number.isInteger,
            let total = total(behind: stop, isSpaced: isFractionSpaced)
        {
            return Value(number: number, kind: .fraction, total: total, end: total.range.upperBound)
        }
        guard stop < end, !isBoundary(stop) else { return withUnit(number) }
        switch bytes[stop] {
        case 0x25:
            let isUnit = stop + 1 >= end || isBoundary(stop + 1) || !bytes[stop + 1].isDigit
            return Value(number: number, kind: isUnit ? .plain : .other, unit: "%", end: stop + 1)
        case 0x3A:
            if stop + 1 < end, bytes[stop + 1].isDigit { return other(number) }
            return Value(number: number, kind: .plain, end: stop)
        case 0x2E, 0x21, 0x3F, 0x2A:
            var index = stop
            while index < end, [0x2E, 0x21, 0x3F, 0x2A].contains(bytes[index]) { index += 1 }
            return isBoundary(index) || index == end
                ? Value(number: number, kind: .plain, end: index) : other(number)
        case 0x2D where number.isInteger: return batchRange(number) ?? other(number)
        case let byte where byte.isLetter: return glued(number)
        default: return other(number)
        }
    }

    /// Letters behind the digits: a unit, a duration, a position, or no number after all.
    private func glued(_ number: RecordNumber) -> Value {
        let stop = number.range.upperBound
        let wordEnd = wordEnd(at: stop)
        var letters = stop
        while letters < wordEnd, bytes[letters].isLetter || bytes[letters] == 0x2F { letters += 1 }
        let word = text(stop..<letters)
        if number.isInteger, let kind = PositionWords.kind(of: word), word.count > 3, letters == wordEnd {
            return Value(number: number, kind: .plain, position: kind, end: letters)
        }
        var boundary = letters
        while boundary < wordEnd, bytes[boundary] == 0x2E { boundary += 1 }
        guard boundary == wordEnd, let unit = UnitWords.unit(word), !isDuration(word, behind: wordEnd) else {
            return other(number)
        }
        return Value(number: number, kind: .plain, unit: unit, end: wordEnd)
    }

    /// A unit behind a blank. Letters that may as well be the next name count only where nothing follows.
    private func withUnit(_ number: RecordNumber) -> Value {
        let stop = number.range.upperBound
        let plain = Value(number: number, kind: .plain, end: stop)
        let start = skipBlanks(stop)
        guard start > stop, start < end, bytes[start].isLetter || bytes[start] == 0x25 else { return plain }
        var wordEnd = wordEnd(at: start)
        while wordEnd > start, bytes[wordEnd - 1] == 0x2E { wordEnd -= 1 }
        let word = text(start..<wordEnd)
        if let stop = durationEnd(behind: word, at: wordEnd) { return Value(number: number, kind: .other, end: stop) }
        guard let unit = UnitWords.unit(word) else { return plain }
        let next = skipBlanks(wordEnd)
        let isFree =
            next >= end || (isBoundary(next) && !bytes[next].isBlank) || bytes[next] == 0x2E || bytes[next] == 0x2D
        guard isFree || unit == "dB" || unit == "%" || unit.contains("/") else { return plain }
        return Value(number: number, kind: .plain, unit: unit, end: wordEnd)
    }

    /// `12 minutes and 3.1 seconds`, `1 hour, 2 minutes`: where a duration written out in words ends; `nil` when
    /// `word` is no unit of time or none follows it.
    private func durationEnd(behind word: String, at stop: Int) -> Int? {
        guard UnitWords.isTimeSpelledOut(word) else { return nil }
        var found: Int?
        var index = stop
        while true {
            index = skipBlanks(index)
            if index < end, bytes[index] == 0x2C { index = skipBlanks(index + 1) }
            if index + 4 < end, bytes.span.holds("and ", at: index) { index = skipBlanks(index + 4) }
            guard index < end, bytes[index].isDigit,
                let number = NumberParser.number(in: bytes.span, from: index), number.end < end
            else { return found }
            let start = skipBlanks(number.end)
            guard start > number.end, start < end, bytes[start].isLetter else { return found }
            index = wordEnd(at: start)
            guard UnitWords.isTimeSpelledOut(text(start..<index)) else { return found }
            found = index
        }
    }

    /// `4h 28m 45s`: another number with a unit of time follows, or the unit is none of ours.
    private func isDuration(_ word: String, behind stop: Int) -> Bool {
        guard ["d", "h", "m", "s", "min", "hr"].contains(word) else { return false }
        return word == "m" || word == "d" || (word == "h" && skipBlanks(stop) < end && bytes[skipBlanks(stop)].isDigit)
    }

    /// Everything up to the next blank or separator is one word; a duration goes on behind blanks.
    private func other(_ number: RecordNumber) -> Value {
        var stop = number.range.upperBound
        while stop < end, bytes[stop] == 0x3A || !isBoundary(stop) { stop += 1 }
        let last = bytes[stop - 1]
        if last == UInt8(ascii: "h") || last == UInt8(ascii: "m") || last == UInt8(ascii: "d") {
            let next = skipBlanks(stop)
            if next < end, bytes[next].isDigit {
                var wordEnd = next
                while wordEnd < end, !isBoundary(wordEnd) { wordEnd += 1 }
                let tail = bytes[wordEnd - 1]
                if tail == UInt8(ascii: "m") || tail == UInt8(ascii: "s") || tail == UInt8(ascii: "h") {
                    let range = next..<wordEnd
                    return other(RecordNumber(value: number.value, range: range, isInteger: false))
                }
            }
        }
        return Value(number: number, kind: .other, end: stop)
    }

    /// `1-100batch`.
    private func batchRange(_ number: RecordNumber) -> Value? {
        let start = number.range.upperBound + 1
        guard let last = NumberParser.number(in: bytes.span, from: start), start < end, last.end <= end,
            bytes[start].isDigit,
            text(last.end..<wordEnd(at: last.end)) == "batch"
        else { return nil }
        let batch = RecordNumber(value: last.value, range: start..<last.end, isInteger: true)
        return Value(number: batch, kind: .plain, position: .batch, end: wordEnd(at: last.end))
    }

    private func total(behind stop: Int, isSpaced: Bool) -> RecordNumber? {
        let slash = isSpaced ? skipBlanks(stop) : stop
        guard slash < end, bytes[slash] == 0x2F else { return nil }
        let start = isSpaced ? skipBlanks(slash + 1) : slash + 1
        guard start < end,
            let total = NumberParser.number(in: bytes.span, from: start, allowsThousandsSeparators: true),
            total.end <= end, (start..<total.end).allSatisfy({ bytes[$0].isDigit || bytes[$0] == 0x2C }),
            total.end == end || isBoundary(total.end) || bytes[total.end] == 0x3A || bytes[total.end] == 0x2E
        else { return nil }
        return RecordNumber(value: total.value, range: start..<total.end, isInteger: true)
    }

    /// Behind `+/- 0.1`: a spread is not a metric.
    private func behindSpread(_ start: Int) -> Int {
        let sign = skipBlanks(start)
        guard sign + 2 < end, bytes.span.holds("+/-", at: sign),
            let spread = NumberParser.number(in: bytes.span, from: skipBlanks(sign + 3)), spread.end <= end
        else { return start }
        return spread.end
    }

    /// `tensor(0.3, grad_fn=…)`, `np.float64(0.3)`: where the number begins and the bracket ends.
    private func wrapped(at start: Int) -> (inside: Int, close: Int)? {
        guard start < end, bytes[start].isLetter,
            let open = (start..<min(end, start + 24)).first(where: { bytes[$0] == 0x28 }),
            let close = matchingBracket(at: open)
        else { return nil }
        guard !(start..<open).contains(where: { isBoundary($0) || bytes[$0] == 0x3A || bytes[$0] == 0x3D }) else {
            return nil
        }
        let name = text(start..<open).lowercased().split(separator: ".").last.map(String.init) ?? ""
        let wrappers = ["tensor", "array", "float", "float16", "float32", "float64", "devicearray", "eagertensor"]
        guard wrappers.contains(name), NumberParser.number(in: bytes.span, from: skipBlanks(open + 1)) != nil else {
            return nil
        }
        return (skipBlanks(open + 1), close)
    }

    // MARK: - Places

    /// Position of the first byte from `start` on that is not a blank.
    func skipBlanks(_ start: Int) -> Int {
        var index = start
        while index < end, bytes[index].isBlank { index += 1 }
        return index
    }

    /// End of the word that begins at `start`.
    func wordEnd(at start: Int) -> Int {
        var index = start + 1
        while index < end, !isBoundary(index), bytes[index] != 0x3A, bytes[index] != 0x3D { index += 1 }
        return min(index, end)
    }

    /// Whether a word cannot go on with the byte there.
    func isBoundary(_ index: Int) -> Bool {
        guard index < end else { return true }
        return switch bytes[index] {
        case 0x20, 0x09, 0x22, 0x27, 0x28, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7C, 0x7D,
            LineCleaner.comment:
            true
        default: false
        }
    }

    /// The bracket that closes the one at `open`, within 2000 bytes.
    func matchingBracket(at open: Int) -> Int? {
        let closing: UInt8 = bytes[open] == 0x28 ? 0x29 : 0x5D
        var depth = 0
        for index in open..<min(end, open + 2000) {
            if bytes[index] == bytes[open] { depth += 1 }
            if bytes[index] == closing {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// A progress bar as tqdm draws it: `description: 12%|█▏ | n/total [elapsed<remaining, rate, postfix]`.
struct ProgressBar {
    /// Text in front of the percentage.
    var description: Range<Int>
    /// Steps done.
    var done: Int64?
    /// Steps in all.
    var total: Int64?
    /// What stands behind the rate.
    var postfix: Range<Int>
    /// Position behind the bar.
    var end: Int

    /// The first bar in the range.
    static func find(_ bytes: [UInt8], in range: Range<Int>) -> ProgressBar? {
        for index in range {
            if bytes[index] == 0x25, index + 1 < range.upperBound, bytes[index + 1] == 0x7C, index > range.lowerBound,
                bytes[index - 1].isDigit
            {
                return bar(bytes, in: range, percent: index)
            }
            if bytes[index] == UInt8(ascii: "["), let bar = endless(bytes, in: range, bracket: index) { return bar }
        }
        return nil
    }

    private static func bar(_ bytes: [UInt8], in range: Range<Int>, percent: Int) -> ProgressBar {
        let scanner = ValueScanner(bytes: bytes, end: range.upperBound)
        var start = percent
        while start > range.lowerBound, bytes[start - 1].isDigit || bytes[start - 1] == 0x2E { start -= 1 }
        var bar = ProgressBar(description: range.lowerBound..<start, postfix: 0..<0, end: range.upperBound)
        guard let pipe = (percent + 2..<range.upperBound).first(where: { bytes[$0] == 0x7C }) else { return bar }
        var index = scanner.skipBlanks(pipe + 1)
        bar.end = index
        guard let done = count(bytes, at: index, end: range.upperBound) else { return bar }
        index = done.end
        bar.done = done.value
        if index < range.upperBound, bytes[index] == 0x2F,
            let total = count(bytes, at: index + 1, end: range.upperBound)
        {
            bar.total = total.value
            index = total.end
        }
        bar.end = index
        let bracket = scanner.skipBlanks(index)
        if bracket < range.upperBound, bytes[bracket] == UInt8(ascii: "["),
            let close = scanner.matchingBracket(at: bracket)
        {
            bar.postfix = postfix(bytes, in: bracket + 1..<close)
            bar.end = close + 1
        }
        return bar
    }

    /// `1200it [11:45, 2.06it/s, loss=0.3]`: a bar without a total.
    private static func endless(_ bytes: [UInt8], in range: Range<Int>, bracket: Int) -> ProgressBar? {
        guard bracket >= range.lowerBound + 4, bytes[bracket - 1] == 0x20, bytes[bracket - 2] == UInt8(ascii: "t"),
            bytes[bracket - 3] == UInt8(ascii: "i"), bytes[bracket - 4].isDigit, bracket + 3 < range.upperBound,
            bytes[bracket + 1].isDigit,
            let close = ValueScanner(bytes: bytes, end: range.upperBound).matchingBracket(at: bracket)
        else { return nil }
        var start = bracket - 3
        while start > range.lowerBound, bytes[start - 1].isDigit { start -= 1 }
        return ProgressBar(
            description: range.lowerBound..<start,
            done: count(bytes, at: start, end: range.upperBound)?.value,
            postfix: postfix(bytes, in: bracket + 1..<close),
            end: close + 1
        )
    }

    /// Behind times and rate, which the first two commas close.
    private static func postfix(_ bytes: [UInt8], in content: Range<Int>) -> Range<Int> {
        let commas = content.filter { bytes[$0] == 0x2C }
        guard commas.count > 1 else { return content.upperBound..<content.upperBound }
        return commas[1] + 1..<content.upperBound
    }

    /// `1200`, `1.20k`.
    private static func count(_ bytes: [UInt8], at start: Int, end: Int) -> (value: Int64, end: Int)? {
        guard start < end, bytes[start].isDigit, let number = NumberParser.number(in: bytes.span, from: start),
            number.value < 9e15
        else { return nil }
        let factors: [UInt8: Double] = [0x6B: 1e3, 0x4B: 1e3, 0x4D: 1e6, 0x47: 1e9]
        if number.end < end, let factor = factors[bytes[number.end]] {
            return (Int64((number.value * factor).rounded()), number.end + 1)
        }
        return (Int64(number.value), number.end)
    }
}

/// Reads wall times: seconds (or thousandths, millionths, billionths) since 1970, and ISO 8601 dates.
public enum TimeParser {
    /// A number as seconds since 1970 UTC.
    /// - Returns: `nil` for what is no date after March 1973 (10⁸ s): a duration, NaN.
    public static func seconds(_ number: Double) -> Double? {
        switch number {
        case 1e8..<1e11: number
        case 1e11..<1e14: number / 1e3
        case 1e14..<1e17: number / 1e6
        case 1e17..<1e20: number / 1e9
        default: nil
        }
    }

    /// A date and time: `2024-05-01T12:34:56.789Z`, `2024/05/01 12:34:56,789`, `2024-05-01 12:34`, `2024-05-01`, with
    /// `+02:00` or `+0200` behind it. Without a zone the time is taken as UTC.
    /// - Returns: seconds since 1970 UTC, `nil` when the range holds anything else.
    public static func date(in bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        var scanner = Digits(position: range.lowerBound, end: range.upperBound)
        guard let year = scanner.number(4, in: bytes), scanner.skip(in: bytes, "-", "/"),
            let month = scanner.number(2, in: bytes), scanner.skip(in: bytes, "-", "/"),
            let day = scanner.number(2, in: bytes), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var seconds = Double(daysSince1970(year: year, month: month, day: day)) * 86400
        guard scanner.position < scanner.end else { return seconds }
        guard scanner.skip(in: bytes, "T", " "), let hour = scanner.number(2, in: bytes),
            scanner.skip(in: bytes, ":", ":"),
            let minute = scanner.number(2, in: bytes), hour < 24, minute < 60
        else { return nil }
        seconds += Double(hour * 3600 + minute * 60)
        if scanner.skip(in: bytes, ":", ":") {
            guard let second = scanner.number(2, in: bytes), second <= 60 else { return nil }
            seconds += Double(second)
            if scanner.skip(in: bytes, ".", ",") { seconds += scanner.fraction(in: bytes) }
        }
        _ = scanner.skip(in: bytes, " ", " ")
        if scanner.skip(in: bytes, "Z", "z") { return scanner.position == scanner.end ? seconds : nil }
        guard scanner.position < scanner.end else { return seconds }
        let isEast = bytes[scanner.position] == 0x2B
        guard scanner.skip(in: bytes, "+", "-"), let hours = scanner.number(2, in: bytes) else { return nil }
        _ = scanner.skip(in: bytes, ":", ":")
        let minutes = scanner.number(2, in: bytes) ?? 0
        guard scanner.position == scanner.end else { return nil }
        let offset = Double(hours * 3600 + minutes * 60)
        return isEast ? seconds - offset : seconds + offset
    }

    /// Days from 1970-01-01 in the Gregorian calendar, counting years from March so that leap days come last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    private struct Digits {
        var position: Int
        let end: Int

        mutating func number(_ length: Int, in bytes: Span<UInt8>) -> Int? {
            guard position + length <= end else { return nil }
            var value = 0
            for index in position..<position + length {
                guard bytes[index].isDigit else { return nil }
                value = value * 10 + Int(bytes[index] - 0x30)
            }
            position += length
            return value
        }

        mutating func fraction(in bytes: Span<UInt8>) -> Double {
            var value = 0.0
            var scale = 0.1
            while position < end, bytes[position].isDigit {
                value += Double(bytes[position] - 0x30) * scale
                scale /= 10
                position += 1
            }
            return value
        }

        mutating func skip(in bytes: Span<UInt8>, _ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
            guard position < end, UInt32(bytes[position]) == one.value || UInt32(bytes[position]) == other.value
            else { return false }
            position += 1
            return true
        }
    }
}

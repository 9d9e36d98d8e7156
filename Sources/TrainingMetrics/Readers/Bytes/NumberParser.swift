/// Reads numbers as training logs write them, straight from bytes.
///
/// The value is the double nearest to the decimal text (ties to even), as `strtod` gives it; too large becomes an
/// infinity, too small a zero of the same sign. Nothing is allocated for up to 19 significant digits and decimal
/// exponents of −27…27, which covers what frameworks print.
public enum NumberParser {
    /// The longest number that begins at `start`.
    ///
    /// Read: a sign (`+`, `-`, U+2212), digits, a decimal point with digits behind it (`.5`) or an exponent (`5.e-05`),
    /// an exponent with digits, `nan` and `inf` and `infinity` in any case, `∞`. A full stop behind a number is not part
    /// of it (`0.7722.`), and `nan` or `inf` in front of a letter, a digit or `_` is a word (`info`).
    /// - Parameters:
    ///   - bytes: the text.
    ///   - start: where the number, or its sign, has to begin.
    ///   - allowsThousandsSeparators: whether `,` or `_` may stand between groups of exactly three digits (`1,234.5`).
    /// - Returns: the value and the position behind its last byte; `nil` when no number begins there.
    public static func number(
        in bytes: Span<UInt8>,
        from start: Int,
        allowsThousandsSeparators: Bool = false
    ) -> (value: Double, end: Int)? {
        let count = bytes.count
        guard start >= 0, start < count else { return nil }
        var index = start
        var isNegative = false
        switch bytes[index] {
        case 0x2D:
            isNegative = true
            index &+= 1
        case 0x2B: index &+= 1
        case 0xE2 where bytes.holds("\u{2212}", at: index):
            isNegative = true
            index &+= 3
        default: break
        }
        guard index < count else { return nil }
        let first = bytes[index]
        guard first.isDigit || (first == 0x2E && index + 1 < count && bytes[index + 1].isDigit) else {
            return word(in: bytes, from: index).map { (isNegative ? -$0.value : $0.value, $0.end) }
        }

        var decimal = Decimal()
        let digits = index
        while index < count, bytes[index].isDigit {
            decimal.append(integerDigit: bytes[index] &- 0x30)
            index &+= 1
        }
        if allowsThousandsSeparators, index < count, (1...3).contains(index - digits), bytes[digits] != 0x30 {
            let separator = bytes[index]
            while separator == 0x2C || separator == 0x5F, isGroup(in: bytes, at: index, behind: separator) {
                for offset in 1...3 { decimal.append(integerDigit: bytes[index + offset] &- 0x30) }
                index += 4
            }
        }
        if index + 1 < count, bytes[index] == 0x2E {
            if bytes[index + 1].isDigit {
                index &+= 1
                while index < count, bytes[index].isDigit {
                    decimal.append(fractionDigit: bytes[index] &- 0x30)
                    index &+= 1
                }
            } else if exponent(in: bytes, at: index + 1) != nil {
                index &+= 1
            }
        }
        if let (exponent, end) = exponent(in: bytes, at: index) {
            decimal.exponent += exponent
            index = end
        }
        let magnitude = decimal.exactValue ?? slowValue(of: bytes, in: digits..<index)
        return (isNegative ? -magnitude : magnitude, index)
    }

    /// `nan`, `inf`, `infinity`, `∞` without a sign.
    private static func word(in bytes: Span<UInt8>, from start: Int) -> (value: Double, end: Int)? {
        if bytes.holds("\u{221E}", at: start) { return (.infinity, start + 3) }
        var end = start
        while end < bytes.count, bytes[end].isLetter || bytes[end].isDigit || bytes[end] == 0x5F {
            guard end - start < 8 else { return nil }
            end += 1
        }
        switch end - start {
        case 3 where bytes.spells("nan", in: start..<end): return (.nan, end)
        case 3 where bytes.spells("inf", in: start..<end): return (.infinity, end)
        case 8 where bytes.spells("infinity", in: start..<end): return (.infinity, end)
        default: return nil
        }
    }

    /// Whether the separator stands at `index` with exactly three digits behind it.
    private static func isGroup(in bytes: Span<UInt8>, at index: Int, behind separator: UInt8) -> Bool {
        guard index + 3 < bytes.count, bytes[index] == separator, bytes[index + 1].isDigit, bytes[index + 2].isDigit,
            bytes[index + 3].isDigit
        else { return false }
        return index + 4 == bytes.count || !bytes[index + 4].isDigit
    }

    /// `e` or `E`, a sign, at least one digit; far beyond the range of a double the value stops growing.
    @inline(__always)
    private static func exponent(in bytes: Span<UInt8>, at start: Int) -> (value: Int, end: Int)? {
        guard start + 1 < bytes.count, bytes[start] | 0x20 == 0x65 else { return nil }
        var index = start + 1
        let isNegative = bytes[index] == 0x2D
        if isNegative || bytes[index] == 0x2B { index += 1 }
        guard index < bytes.count, bytes[index].isDigit else { return nil }
        var value = 0
        while index < bytes.count, bytes[index].isDigit {
            if value < 1_000_000 { value = value * 10 + Int(bytes[index] &- 0x30) }
            index &+= 1
        }
        return (isNegative ? -value : value, index)
    }

    /// Very long or very large texts, through the standard library. Thousands separators are left out.
    private static func slowValue(of bytes: Span<UInt8>, in range: Range<Int>) -> Double {
        var digits: [UInt8] = []
        for index in range where bytes[index] != 0x2C && bytes[index] != 0x5F {
            digits.append(bytes[index])
            // `strtod` reads `5.e3`, the standard library's parser wants a digit behind the point.
            if bytes[index] == 0x2E, index + 1 < range.upperBound, !bytes[index + 1].isDigit { digits.append(0x30) }
        }
        if digits.first == 0x2E { digits.insert(0x30, at: 0) }
        return Double(String(decoding: digits, as: UTF8.self)) ?? .nan
    }
}

/// A decimal number: `mantissa · 10^exponent`.
private struct Decimal {
    var mantissa: UInt64 = 0
    var exponent = 0
    private var significantDigits = 0
    private var isTruncated = false

    @inline(__always)
    mutating func append(integerDigit digit: UInt8) {
        if !append(digit) { exponent &+= 1 }
    }

    @inline(__always)
    mutating func append(fractionDigit digit: UInt8) {
        if append(digit) { exponent &-= 1 }
    }

    /// Takes the digit unless 19 significant ones are there: 10^19 − 1 is the longest run of nines below 2^64.
    @inline(__always)
    private mutating func append(_ digit: UInt8) -> Bool {
        guard significantDigits < 19 else {
            isTruncated = true
            return false
        }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if mantissa != 0 { significantDigits &+= 1 }
        return true
    }

    /// The nearest double, where it can be had in integers of 64 bits; `nil` elsewhere.
    @inline(__always)
    var exactValue: Double? {
        guard !isTruncated else { return nil }
        if mantissa == 0 { return 0 }
        // Clinger 1990: mantissa and power are both exact, so one rounding is the right one.
        if mantissa <= 1 << 53, -22...22 ~= exponent {
            return exponent < 0
                ? Double(mantissa) / Self.powersOfTen[-exponent] : Double(mantissa) * Self.powersOfTen[exponent]
        }
        guard -27...27 ~= exponent else { return nil }
        return exponent < 0 ? quotient(power: -exponent) : product(power: exponent)
    }

    /// `mantissa / 10^k`: a quotient of at least 63 bits of `mantissa` and `5^k` (both shifted up to bit 63), and whether
    /// anything remains, say how to round.
    private func quotient(power: Int) -> Double {
        let divisor = Self.powersOfFive[power]
        let scaled = mantissa << UInt64(mantissa.leadingZeroBitCount)
        let scaledDivisor = divisor << UInt64(divisor.leadingZeroBitCount)
        let (quotient, remainder) = scaledDivisor.dividingFullWidth((scaled >> 1, scaled << 63))
        let exponent = divisor.leadingZeroBitCount - mantissa.leadingZeroBitCount - power - 63
        return Self.rounded(quotient, hasMore: remainder != 0, exponent: exponent)
    }

    /// `mantissa · 10^k`: the exact product with `5^k` in 128 bits, of which the upper 64 are rounded.
    private func product(power: Int) -> Double {
        let (high, low) = mantissa.multipliedFullWidth(by: Self.powersOfFive[power])
        guard high != 0 else { return Double(low) * Double(sign: .plus, exponent: power, significand: 1) }
        let shift = high.leadingZeroBitCount
        let upper = high << UInt64(shift) | low >> UInt64(64 - shift)
        return Self.rounded(upper, hasMore: low << UInt64(shift) != 0, exponent: power + 64 - shift)
    }

    /// `bits · 2^exponent` (a little more where `hasMore`) to 53 bits, ties to even. `bits` is at least 2^62.
    private static func rounded(_ bits: UInt64, hasMore: Bool, exponent: Int) -> Double {
        let dropped = 11 - bits.leadingZeroBitCount
        let low = bits & (1 << UInt64(dropped) - 1)
        let half: UInt64 = 1 << UInt64(dropped - 1)
        var kept = bits >> UInt64(dropped)
        if low > half || (low == half && (hasMore || kept & 1 == 1)) { kept += 1 }
        return Double(kept) * Double(sign: .plus, exponent: exponent + dropped, significand: 1)
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// 5^27 is the last below 2^63.
    private static let powersOfFive: [UInt64] = (0..<27).reduce(into: [1]) { powers, _ in
        powers.append((powers.last ?? 1) * 5)
    }
}

/// What a cell of a table, or a string in its place, holds.
public enum CellValue: Equatable, Sendable {
    /// Nothing was logged: empty, `NA`, `null`, `None`, `-`. Never NaN.
    case missing
    /// A number and the range of its unit, empty when it has none.
    case number(Double, unit: Range<Int>)
    /// A fraction of zero.
    case undefined
    /// Anything else.
    case text

    /// Units that may stand behind a number. Other letters make the cell a text (`3fa8`, `12b`).
    static let units: Set<String> = [
        "%", "dB", "dBFS", "dBTP", "LUFS", "s", "sec", "secs", "ms", "us", "µs", "ns", "min", "h", "hr", "k", "K", "M",
        "B",
        "G", "Hz", "kHz", "MHz", "KB", "kB", "MB", "GB", "KiB", "MiB", "GiB", "x", "it/s", "s/it", "nats", "bits",
        "bps",
        "kbps", "W",
    ]

    /// Reads the bytes in `range`.
    ///
    /// A percentage keeps its number and has the unit `%`; a fraction `239/256` is its ratio and has none.
    /// - Parameters:
    ///   - bytes: the line.
    ///   - range: the cell, without quotes.
    ///   - allowsThousandsSeparators: whether `1,234` is one number: where a comma cannot separate cells.
    /// - Returns: what it holds.
    @inline(__always)
    public static func read(
        _ bytes: Span<UInt8>,
        in range: Range<Int>,
        allowsThousandsSeparators: Bool = false
    ) -> CellValue {
        let range = bytes.trimmed(range)
        guard !range.isEmpty else { return .missing }
        guard
            let (value, end) = NumberParser.number(
                in: bytes,
                from: range.lowerBound,
                allowsThousandsSeparators: allowsThousandsSeparators
            ),
            end <= range.upperBound
        else { return isMissing(bytes, in: range) ? .missing : .text }
        if end == range.upperBound { return .number(value, unit: end..<end) }
        return behindNumber(value, bytes, in: end..<range.upperBound)
    }

    /// A number is followed by something: a fraction, a unit, or it was no number.
    private static func behindNumber(_ value: Double, _ bytes: Span<UInt8>, in rest: Range<Int>) -> CellValue {
        let tail = bytes.trimmed(rest)
        if bytes[tail.lowerBound] == 0x2F {
            let denominator = bytes.trimmed(tail.lowerBound + 1..<tail.upperBound)
            guard let (divisor, end) = NumberParser.number(in: bytes, from: denominator.lowerBound),
                end == denominator.upperBound
            else { return .text }
            return divisor == 0 ? .undefined : .number(value / divisor, unit: end..<end)
        }
        guard tail.count <= 8, units.contains(bytes.text(tail)) else { return .text }
        return .number(value, unit: tail)
    }

    private static func isMissing(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        switch range.count {
        case 1: bytes[range.lowerBound] == 0x2D
        case 2: bytes.spells("na", in: range) || bytes.spells("--", in: range)
        case 3:
            bytes.spells("n/a", in: range) || bytes.spells("nil", in: range) || isRule(bytes, in: range)
                || bytes.holds("\u{2014}", at: range.lowerBound) || bytes.holds("\u{2013}", at: range.lowerBound)
        case 4: bytes.spells("null", in: range) || bytes.spells("none", in: range) || bytes.spells("#n/a", in: range)
        case 6: bytes.spells("<null>", in: range)
        default: isRule(bytes, in: range)
        }
    }

    /// A ruled line of a Markdown table.
    private static func isRule(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        for index in range where bytes[index] != 0x2D && bytes[index] != 0x3A { return false }
        return true
    }
}

/// Small tools on bytes of a log. Ranges are positions in the span; nothing here allocates unless it returns a `String`.
extension Span where Element == UInt8 {
    /// Position of the first such byte at or behind `start`, `nil` when there is none.
    @inline(__always)
    public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        var index = start
        while index < count {
            if self[index] == byte { return index }
            index &+= 1
        }
        return nil
    }

    /// Position of the last such byte before `end`, `nil` when there is none.
    public func lastIndex(of byte: UInt8, before end: Int) -> Int? {
        var index = end - 1
        while index >= 0 {
            if self[index] == byte { return index }
            index -= 1
        }
        return nil
    }

    /// The range without spaces and tabs at both ends.
    @inline(__always)
    public func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isBlank { lower &+= 1 }
        while upper > lower, self[upper &- 1].isBlank { upper &-= 1 }
        return lower..<upper
    }

    /// Whether these bytes stand at `start`.
    public func holds(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, start + length <= count else { return false }
        return text.withUTF8Buffer { expected in
            for offset in 0..<length where expected[offset] != self[start + offset] { return false }
            return true
        }
    }

    /// Whether the range spells this lower-case ASCII text in any case.
    public func spells(_ text: StaticString, in range: Range<Int>) -> Bool {
        guard text.utf8CodeUnitCount == range.count else { return false }
        return text.withUTF8Buffer { expected in
            for offset in 0..<range.count where expected[offset] != self[range.lowerBound + offset].lowercased {
                return false
            }
            return true
        }
    }

    /// The range as text; bytes that are not UTF-8 become U+FFFD. Allocates.
    public func text(_ range: Range<Int>) -> String {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(self[index]) }
        return String(decoding: copy, as: UTF8.self)
    }

    /// The beginning of a line as text for a rejection: 2000 bytes at most, of which `EventBuffer` keeps 500 characters.
    public var excerpt: String { text(0..<Swift.min(count, 2000)) }
}

extension UInt8 {
    /// Whether this is an ASCII digit.
    @inline(__always)
    public var isDigit: Bool { self &- 0x30 < 10 }
    /// Whether this is an ASCII letter.
    @inline(__always)
    public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// Whether this is a space or a tab.
    @inline(__always)
    public var isBlank: Bool { self == 0x20 || self == 0x09 }
    /// The ASCII letter in lower case; every other byte as it is.
    @inline(__always)
    public var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

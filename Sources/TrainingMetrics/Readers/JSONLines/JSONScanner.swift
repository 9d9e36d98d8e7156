/// A piece of a JSON text. Ranges are positions in the line.
enum JSONToken: Equatable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// A member's name without its quotes, and whether it holds escapes.
    case key(Range<Int>, isEscaped: Bool)
    /// A string without its quotes, and whether it holds escapes.
    case string(Range<Int>, isEscaped: Bool)
    /// A number; also the bare words `NaN`, `Infinity`, `-Infinity` that Python writes.
    case number(Double)
    /// `true` or `false`.
    case boolean(Bool)
    case null
    /// The end of the text.
    case end
}

/// Why a line is no JSON: a sentence.
struct JSONSyntaxError: Error, Equatable {
    var reason: String
}

/// Reads one JSON text piece by piece: no tree, no recursion, nesting up to 32.
struct JSONScanner {
    /// Deepest nesting that is read.
    static let deepest = 32

    /// How many objects and arrays are open.
    private(set) var depth = 0
    /// Bit n: whether the n-th open one is an object.
    private var objects: UInt64 = 0
    private(set) var position = 0
    private var expectation = Expectation.value

    private enum Expectation {
        case value
        case valueOrEnd
        case keyOrEnd
        case key
        case commaOrEnd
        case nothing
    }

    /// The next piece.
    /// - Throws: `JSONSyntaxError` where the text is no JSON.
    mutating func next(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONToken {
        skipBlanks(bytes)
        if expectation == .commaOrEnd, position < bytes.count, bytes[position] == 0x2C {
            position += 1
            skipBlanks(bytes)
            expectation = isInObject ? .key : .value
        }
        guard position < bytes.count else {
            guard expectation == .nothing else { throw fail("the line ends inside a JSON value", bytes) }
            return .end
        }
        let byte = bytes[position]
        switch expectation {
        case .nothing: throw fail("something follows the JSON value", bytes)
        case .commaOrEnd: return try close(byte, bytes)
        case .keyOrEnd where byte == 0x7D: return try close(byte, bytes)
        case .key, .keyOrEnd: return try key(bytes)
        case .valueOrEnd where byte == 0x5D: return try close(byte, bytes)
        case .value, .valueOrEnd: return try value(byte, bytes)
        }
    }

    private var isInObject: Bool { depth > 0 && objects >> UInt64(depth - 1) & 1 == 1 }

    @inline(__always)
    private mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position] <= 0x20 {
            guard bytes[position].isBlank || bytes[position] == 0x0D || bytes[position] == 0x0A else { return }
            position &+= 1
        }
    }

    private mutating func key(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONToken {
        guard bytes[position] == 0x22 else { throw fail("a name in double quotes is missing", bytes) }
        let (range, isEscaped) = try string(bytes)
        skipBlanks(bytes)
        guard position < bytes.count, bytes[position] == 0x3A else { throw fail("a colon is missing", bytes) }
        position += 1
        expectation = .value
        return .key(range, isEscaped: isEscaped)
    }

    private mutating func value(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONToken {
        switch byte {
        case 0x7B: return try open(isObject: true, bytes)
        case 0x5B: return try open(isObject: false, bytes)
        case 0x22:
            let (range, isEscaped) = try string(bytes)
            endValue()
            return .string(range, isEscaped: isEscaped)
        case 0x74 where bytes.holds("true", at: position): return word(length: 4, .boolean(true))
        case 0x66 where bytes.holds("false", at: position): return word(length: 5, .boolean(false))
        case 0x6E where bytes.holds("null", at: position): return word(length: 4, .null)
        default:
            // Wider than JSON (`.5`, `+1`, `NaN`, `-inf`): what a logger wrote is read, what is no number is refused.
            guard let (value, end) = NumberParser.number(in: bytes, from: position) else {
                throw fail("a value is missing", bytes)
            }
            position = end
            endValue()
            return .number(value)
        }
    }

    private mutating func word(length: Int, _ token: JSONToken) -> JSONToken {
        position += length
        endValue()
        return token
    }

    private mutating func open(isObject: Bool, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONToken {
        guard depth < Self.deepest else { throw fail("nested more than \(Self.deepest) deep", bytes) }
        let bit = UInt64(1) << UInt64(depth)
        objects = isObject ? objects | bit : objects & ~bit
        depth += 1
        position += 1
        expectation = isObject ? .keyOrEnd : .valueOrEnd
        return isObject ? .beginObject : .beginArray
    }

    private mutating func close(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONToken {
        let isObject = isInObject
        guard depth > 0, byte == (isObject ? 0x7D : 0x5D) else { throw fail("a comma is missing", bytes) }
        depth -= 1
        position += 1
        endValue()
        return isObject ? .endObject : .endArray
    }

    private mutating func endValue() { expectation = depth == 0 ? .nothing : .commaOrEnd }

    /// The string that begins at the position; goes behind its closing quote.
    private mutating func string(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> (Range<Int>, Bool) {
        let start = position + 1
        var index = start
        var isEscaped = false
        while index < bytes.count {
            switch bytes[index] {
            case 0x22:
                position = index + 1
                return (start..<index, isEscaped)
            case 0x5C:
                isEscaped = true
                index += 2
            case 0..<0x20:
                position = index
                throw fail("a control character stands in a string", bytes)
            default: index &+= 1
            }
        }
        throw fail("a string is not closed", bytes)
    }

    private func fail(_ reason: String, _ bytes: Span<UInt8>) -> JSONSyntaxError {
        JSONSyntaxError(reason: "no JSON: \(reason) (column \(Swift.min(position, bytes.count) + 1))")
    }

    /// A string with its escapes undone; lone surrogates become U+FFFD.
    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>, isEscaped: Bool) -> String {
        guard isEscaped else { return bytes.text(range) }
        var units: [UInt16] = []
        var plain = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == 0x5C, index + 1 < range.upperBound else {
                index += 1
                continue
            }
            units += bytes.text(plain..<index).utf16
            let (unit, length) = escape(bytes, at: index + 1, end: range.upperBound)
            units.append(unit)
            index += 1 + length
            plain = index
        }
        units += bytes.text(plain..<range.upperBound).utf16
        return String(decoding: units, as: UTF16.self)
    }

    private static func escape(_ bytes: Span<UInt8>, at index: Int, end: Int) -> (unit: UInt16, length: Int) {
        switch bytes[index] {
        case 0x62: return (0x08, 1)
        case 0x66: return (0x0C, 1)
        case 0x6E: return (0x0A, 1)
        case 0x72: return (0x0D, 1)
        case 0x74: return (0x09, 1)
        case 0x75:
            guard index + 5 <= end, let unit = UInt16(bytes.text(index + 1..<index + 5), radix: 16) else {
                return (0xFFFD, 1)
            }
            return (unit, 5)
        default: return (UInt16(bytes[index]), 1)
        }
    }
}

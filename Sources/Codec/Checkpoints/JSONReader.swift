/// Reads a JSON text (RFC 8259) into values, in the order of the text. A repeated key, a nesting deeper than 100 and
/// anything behind the value are errors. `NaN` and `Infinity`, which Python writes, are read.
package struct JSONReader {
    /// What is wrong, and where.
    package struct Problem: Error {
        package let reason: String
        package let offset: Int
    }

    private static let deepestNesting = 100
    private let input: ByteRegion
    private var position = 0

    /// The value of the whole text.
    static func value(of input: ByteRegion) throws(Problem) -> PickleValue {
        var reader = JSONReader(input: input)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == input.count else { throw reader.problem("something follows behind its end") }
        return value
    }

    /// The value of a whole text.
    package static func value(of text: String) throws(Problem) -> PickleValue {
        try value(of: ByteRegion(copying: Array(text.utf8)))
    }

    private init(input: ByteRegion) { self.input = input }

    private mutating func value(depth: Int) throws(Problem) -> PickleValue {
        guard depth < Self.deepestNesting else { throw problem("it is nested more than \(Self.deepestNesting) deep") }
        skipBlanks()
        switch input.byte(at: position) {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .text(try string())
        case nil: throw problem("it is cut short")
        default: return try scalar()
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> PickleValue {
        var entries: [PickleEntry] = []
        var keys: Set<String> = []
        position += 1
        if take(UInt8(ascii: "}")) { return .dictionary([]) }
        while true {
            skipBlanks()
            guard input.byte(at: position) == UInt8(ascii: "\"") else { throw problem("a key must be a string") }
            let key = try string()
            guard keys.insert(key).inserted else { throw problem("the key '\(key.prefix(80))' occurs twice") }
            guard take(UInt8(ascii: ":")) else { throw problem("':' is missing") }
            entries.append(PickleEntry(key: .text(key), value: try value(depth: depth)))
            if take(UInt8(ascii: "}")) { return .dictionary(entries) }
            guard take(UInt8(ascii: ",")) else { throw problem("',' or '}' is missing") }
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> PickleValue {
        var elements: [PickleValue] = []
        position += 1
        if take(UInt8(ascii: "]")) { return .list([]) }
        while true {
            elements.append(try value(depth: depth))
            if take(UInt8(ascii: "]")) { return .list(elements) }
            guard take(UInt8(ascii: ",")) else { throw problem("',' or ']' is missing") }
        }
    }

    private mutating func scalar() throws(Problem) -> PickleValue {
        let start = position
        while let byte = input.byte(at: position), Self.isScalar(byte) { position += 1 }
        guard let word = input.text(at: start, count: position - start), !word.isEmpty else {
            throw problem("an unexpected character")
        }
        switch word {
        case "null": return .none
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "NaN": return .real(.nan)
        case "Infinity": return .real(.infinity)
        case "-Infinity": return .real(-.infinity)
        default: break
        }
        if let first = word.utf8.first, first == 0x2D || (0x30...0x39).contains(first) {
            if let integer = Int64(word) { return .integer(integer) }
            if word.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) { return .bigInteger(word) }
            if let real = Double(word) { return .real(real) }
        }
        position = start
        throw problem("'\(word.prefix(40))' is no value")
    }

    private static func isScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }

    private mutating func string() throws(Problem) -> String {
        position += 1
        var text = ""
        var start = position
        while let byte = input.byte(at: position) {
            switch byte {
            case UInt8(ascii: "\""):
                text += try plain(from: start)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += try plain(from: start)
                position += 1
                text.unicodeScalars.append(try escape())
                start = position
            case 0..<0x20: throw problem("a control character inside a string")
            default: position += 1
            }
        }
        throw problem("a string has no end")
    }

    private func plain(from start: Int) throws(Problem) -> String {
        guard let text = input.text(at: start, count: position - start) else { throw problem("text that is not UTF-8") }
        return text
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard let byte = input.byte(at: position) else { throw problem("a string has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            guard input.matches([0x5C, 0x75], at: position) else { return "\u{FFFD}" }
            position += 2
            let second = try hexadecimal()
            guard second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
            return Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + second & 0x3FF) ?? "\u{FFFD}"
        default: throw problem("an unknown escape in a string")
        }
    }

    private mutating func hexadecimal() throws(Problem) -> UInt32 {
        guard let digits = input.text(at: position, count: 4),
            digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(digits, radix: 16)
        else { throw problem("four hexadecimal digits must follow \\u") }
        position += 4
        return value
    }

    private mutating func skipBlanks() {
        while let byte = input.byte(at: position), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard input.byte(at: position) == byte else { return false }
        position += 1
        return true
    }

    private func problem(_ reason: String) -> Problem { Problem(reason: reason, offset: position) }
}

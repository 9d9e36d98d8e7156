/// Flattens a dictionary printed on one line: Python's `{'a': {'b': 1}}`, JSON, `Namespace(a=1)`.
struct LogDictionary {
    /// Path of keys joined by `/`, and the value as written, without quotes.
    typealias Entry = (path: String, value: String)

    private let bytes: [UInt8]
    private let end: Int
    private var index: Int
    private var entries: [Entry] = []
    private static let mostEntries = 2000
    private static let deepest = 16

    /// The entries of the dictionary the range holds; `nil` when it is none.
    static func entries(_ bytes: [UInt8], in range: Range<Int>) -> [Entry]? {
        guard let first = range.first, let last = range.last else { return nil }
        let namespace = Array("Namespace(".utf8)
        var reader = LogDictionary(bytes: bytes, end: range.upperBound, index: first)
        if bytes[first] == UInt8(ascii: "{"), bytes[last] == UInt8(ascii: "}") {
            reader.index += 1
        } else if bytes[last] == UInt8(ascii: ")"), bytes[range].starts(with: namespace) {
            reader.index += namespace.count
        } else {
            return nil
        }
        reader.read(path: "", depth: 0)
        return reader.entries.isEmpty ? nil : reader.entries
    }

    private init(bytes: [UInt8], end: Int, index: Int) {
        self.bytes = bytes
        self.end = end
        self.index = index
    }

    /// Reads pairs up to the closing bracket.
    private mutating func read(path: String, depth: Int) {
        while index < end, entries.count < Self.mostEntries {
            skip { $0.isBlank || $0 == 0x2C }
            guard index < end, bytes[index] != UInt8(ascii: "}"), bytes[index] != UInt8(ascii: ")") else {
                index += 1
                return
            }
            let key = text(until: [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "}")])
            guard index < end, bytes[index] != UInt8(ascii: "}") else { continue }
            index += 1
            skip { $0.isBlank }
            let name = path.isEmpty ? key : path + "/" + key
            if index < end, bytes[index] == UInt8(ascii: "{"), depth < Self.deepest {
                index += 1
                read(path: name, depth: depth + 1)
            } else {
                entries.append((name, text(until: [0x2C, UInt8(ascii: "}")])))
            }
        }
    }

    /// Text up to one of these bytes outside quotes and brackets, trimmed, without the quotes around it.
    private mutating func text(until stops: [UInt8]) -> String {
        let start = index
        var depth = 0
        var quote: UInt8?
        while index < end {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if depth == 0, stops.contains(byte) {
                break
            } else if [0x5B, 0x28, 0x7B].contains(byte) {
                depth += 1
            } else if [0x5D, 0x29, 0x7D].contains(byte) {
                if depth == 0 { break }
                depth -= 1
            }
            index += 1
        }
        var range = bytes.span.trimmed(start..<index)
        if range.count > 1, let first = range.first, let last = range.last, bytes[first] == bytes[last],
            bytes[first] == 0x22 || bytes[first] == 0x27
        {
            range = first + 1..<last
        }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    private mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while index < end, isSkipped(bytes[index]) { index += 1 }
    }
}

/// A name with its value: `HistoryItem`, `ConfigItem` (wandb/proto/wandb_internal.proto). The value is JSON (field 16), or,
/// in newer files, stands in a field of its kind.
struct WandbItem {
    private enum Value {
        case json(Range<Int>)
        case text(Range<Int>)
        case plain(String)
    }

    /// The parts of the name.
    private var names: [Range<Int>] = []
    private var value = Value.plain("null")

    /// Reads an item, `nil` when it is no message or has no name.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var fields = ProtobufFields(range)
        while let field = fields.next(bytes) {
            switch (field.number, field.wire) {
            case (1, .bytes), (2, .bytes): names.append(field.range)
            case (4, .varint): value = .plain(field.bits == 0 ? "false" : "true")
            // Signed numbers of this field are in zigzag: 0, −1, 1, −2, …
            case (5, .varint): value = .plain("\(Int64(bitPattern: field.bits >> 1) ^ -Int64(field.bits & 1))")
            case (6, .fixed64): value = .plain("\(field.double)")
            case (7, .bytes): value = .text(field.range)
            case (8, .bytes), (16, .bytes): value = .json(field.range)
            default: break
            }
        }
        guard !fields.isMalformed, !names.isEmpty else { return nil }
    }

    /// Whether this is the whole name.
    func isNamed(_ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
        names.count == 1 && names[0].count == name.utf8CodeUnitCount && bytes.holds(name, at: names[0].lowerBound)
    }

    /// Whether the value may be a number, a text or an object of such; lists and media are not.
    func isScalar(_ bytes: Span<UInt8>) -> Bool {
        if let last = names.last, last.count == 5, bytes.holds("_type", at: last.lowerBound) { return false }
        guard case .json(let range) = value else { return true }
        let trimmed = bytes.trimmed(range)
        guard !trimmed.isEmpty else { return false }
        if bytes[trimmed.lowerBound] == 0x5B { return false }
        return !bytes.extracting(trimmed.prefix(200)).contains("\"_type\"")
    }

    /// Adds `"name":value`, the parts of the name joined by `/`.
    func write(_ bytes: Span<UInt8>, to json: inout [UInt8]) {
        json.append(0x22)
        for (number, name) in names.enumerated() {
            if number > 0 { json.append(0x2F) }
            Self.escape(bytes, name, to: &json)
        }
        json += [0x22, 0x3A]
        switch value {
        case .json(let range): for index in range { json.append(bytes[index]) }
        case .plain(let text): json += text.utf8
        case .text(let range):
            json.append(0x22)
            Self.escape(bytes, range, to: &json)
            json.append(0x22)
        }
    }

    private static func escape(_ bytes: Span<UInt8>, _ range: Range<Int>, to json: inout [UInt8]) {
        for index in range {
            let byte = bytes[index]
            if byte == 0x22 || byte == 0x5C { json.append(0x5C) }
            json.append(byte < 0x20 ? 0x20 : byte)
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether these bytes stand anywhere.
    fileprivate func contains(_ text: StaticString) -> Bool {
        for start in 0..<count where holds(text, at: start) { return true }
        return false
    }
}

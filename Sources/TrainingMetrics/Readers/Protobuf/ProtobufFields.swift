/// A field of a protobuf message in wire format.
struct ProtobufField {
    /// How a field's value is stored; groups, which nobody writes any more, are not read.
    enum Wire: UInt8 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case fixed32 = 5
    }

    /// Number of the field in its message, 1…2²⁹−1.
    let number: Int
    /// How it is stored.
    let wire: Wire
    /// The number, for all but `bytes`; of a `fixed32` the lower half.
    let bits: UInt64
    /// Where the contents stand, for `bytes`; empty otherwise.
    let range: Range<Int>

    /// A `double`.
    var double: Double { Double(bitPattern: bits) }
    /// A `float`.
    var float: Double { Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) }
    /// An `int64`.
    var integer: Int64 { Int64(bitPattern: bits) }
}

/// Walks through the fields of a protobuf message, wherever it stands in a span: nothing is copied, nothing allocated.
///
/// Wire format: protobuf.dev/programming-guides/encoding. Unknown fields are passed over by the caller; a message that is
/// cut off or no message at all ends the walk with `isMalformed`.
struct ProtobufFields {
    private var position: Int
    private let end: Int
    /// Whether the bytes were no message.
    private(set) var isMalformed = false

    /// The fields of the message in that range.
    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field, `nil` at the end.
    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> ProtobufField? {
        guard position < end, !isMalformed else { return nil }
        guard let key = varint(bytes), let wire = ProtobufField.Wire(rawValue: UInt8(key & 7)), key >> 3 > 0,
            key >> 3 < 1 << 29
        else { return fail() }
        let number = Int(key >> 3)
        let none = position..<position
        switch wire {
        case .varint:
            guard let bits = varint(bytes) else { return fail() }
            return ProtobufField(number: number, wire: wire, bits: bits, range: none)
        case .fixed64:
            guard end - position >= 8 else { return fail() }
            defer { position &+= 8 }
            return ProtobufField(number: number, wire: wire, bits: bytes.littleEndian64(at: position), range: none)
        case .fixed32:
            guard end - position >= 4 else { return fail() }
            defer { position &+= 4 }
            let bits = UInt64(bytes.littleEndian32(at: position))
            return ProtobufField(number: number, wire: wire, bits: bits, range: none)
        case .bytes:
            guard let length = varint(bytes), length <= UInt64(end - position) else { return fail() }
            let range = position..<position + Int(length)
            position = range.upperBound
            return ProtobufField(number: number, wire: wire, bits: 0, range: range)
        }
    }

    /// All fields of the message in that range, `nil` when the bytes are no message. Allocates.
    static func all(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [ProtobufField]? {
        var fields = ProtobufFields(range)
        var all: [ProtobufField] = []
        while let field = fields.next(bytes) { all.append(field) }
        return fields.isMalformed ? nil : all
    }

    /// A packed list is varints one behind the other; the next one, `nil` at the end.
    mutating func nextPacked(_ bytes: Span<UInt8>) -> UInt64? {
        guard position < end, !isMalformed else { return nil }
        guard let value = varint(bytes) else {
            isMalformed = true
            return nil
        }
        return value
    }

    private mutating func fail() -> ProtobufField? {
        isMalformed = true
        return nil
    }

    @inline(__always)
    private mutating func varint(_ bytes: Span<UInt8>) -> UInt64? {
        guard position < end else { return nil }
        let first = bytes[position]
        if first < 0x80 {
            position &+= 1
            return UInt64(first)
        }
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var index = position
        while index < end, shift < 64 {
            let byte = bytes[index]
            index &+= 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                position = index
                return value
            }
            shift &+= 7
        }
        return nil
    }
}

extension Span where Element == UInt8 {
    /// The four bytes at `start` as a little-endian number.
    @inline(__always)
    func littleEndian32(at start: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in 0..<4 { value |= UInt32(self[start &+ offset]) << UInt32(offset &* 8) }
        return value
    }

    /// The eight bytes at `start` as a little-endian number.
    @inline(__always)
    func littleEndian64(at start: Int) -> UInt64 {
        UInt64(littleEndian32(at: start)) | UInt64(littleEndian32(at: start &+ 4)) << 32
    }
}

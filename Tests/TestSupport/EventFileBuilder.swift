import TrainingMetrics

/// Writes TensorBoard event files, message by message, with values of our own.
public struct EventFileBuilder {
    /// The records so far, each with its length and checksums.
    public private(set) var records: [[UInt8]] = []

    /// A file that begins as every file does, with the event that names its version.
    public init(hasVersion: Bool = true) {
        guard hasVersion else { return }
        append(event: Self.double(1, 1.7e9) + Self.bytes(3, Array("brain.Event:2".utf8)))
    }

    /// All records.
    public var bytes: [UInt8] { records.flatMap { $0 } }

    /// Adds a scalar as torch writes it.
    public mutating func scalar(_ tag: String, _ value: Float, step: Int64, time: Double = 1.7e9) {
        summary([Self.bytes(1, Array(tag.utf8)) + Self.fixed32(2, value.bitPattern)], step: step, time: time)
    }

    /// Adds a scalar as TensorFlow 2 writes it.
    public mutating func scalar(_ tag: String, tensor: [UInt8], step: Int64, time: Double = 1.7e9) {
        summary([Self.bytes(1, Array(tag.utf8)) + Self.bytes(8, tensor)], step: step, time: time)
    }

    /// Adds an event of several values, each a `Summary.Value` message.
    public mutating func summary(_ values: [[UInt8]], step: Int64, time: Double = 1.7e9) {
        let summary = values.flatMap { Self.bytes(1, $0) }
        append(event: Self.double(1, time) + Self.varint(2, UInt64(bitPattern: step)) + Self.bytes(5, summary))
    }

    /// Adds a record with any contents.
    public mutating func append(event: [UInt8]) { records.append(Self.record(event)) }

    /// A record: length, checksum, data, checksum.
    public static func record(_ data: [UInt8]) -> [UInt8] {
        let length = littleEndian(UInt64(data.count), 8)
        return length + littleEndian(UInt64(CRC32C.masked(length.span)), 4) + data
            + littleEndian(UInt64(CRC32C.masked(data.span)), 4)
    }

    /// A record's head alone: a length with its good checksum.
    public static func head(length: UInt64) -> [UInt8] {
        let bytes = littleEndian(length, 8)
        return bytes + littleEndian(UInt64(CRC32C.masked(bytes.span)), 4)
    }

    /// A tensor of that element type with one list or packed contents.
    public static func tensor(type: UInt64, shape: [UInt64] = [], field: Int, contents: [UInt8]) -> [UInt8] {
        let dimensions = shape.flatMap { bytes(2, varint(1, $0)) }
        return varint(1, type) + bytes(2, dimensions) + bytes(field, contents)
    }

    /// The lower bytes of a number, the lowest first.
    public static func littleEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }

    /// A protobuf field: varint.
    public static func varint(_ number: UInt64, _ value: UInt64) -> [UInt8] { raw(number << 3) + raw(value) }
    /// A protobuf field: 64 bits.
    public static func double(_ number: UInt64, _ value: Double) -> [UInt8] {
        raw(number << 3 | 1) + littleEndian(value.bitPattern, 8)
    }
    /// A protobuf field: 32 bits.
    public static func fixed32(_ number: UInt64, _ bits: UInt32) -> [UInt8] {
        raw(number << 3 | 5) + littleEndian(UInt64(bits), 4)
    }
    /// A protobuf field: text or message.
    public static func bytes(_ number: Int, _ contents: [UInt8]) -> [UInt8] {
        raw(UInt64(number) << 3 | 2) + raw(UInt64(contents.count)) + contents
    }
    /// A varint.
    public static func raw(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        repeat {
            bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }
}

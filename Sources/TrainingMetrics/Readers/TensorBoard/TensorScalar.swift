/// What a TensorFlow `TensorProto` holds, as far as a metric is concerned.
///
/// Field and type numbers: tensorflow/core/framework/tensor.proto and types.proto. A tensor of one element is a number
/// whatever its shape; its element may stand in the list of its type or, packed, in `tensor_content`.
enum TensorScalar: Equatable {
    /// One number.
    case number(Double)
    /// One text, at that place.
    case text(Range<Int>)
    /// Several elements, none, or a type that is no number.
    case other
    /// The bytes are no tensor.
    case malformed

    private enum ElementType: UInt64 {
        case float = 1
        case double = 2
        case int32 = 3
        case uint8 = 4
        case int16 = 5
        case int8 = 6
        case string = 7
        case int64 = 9
        case bool = 10
        case bfloat16 = 14
        case uint16 = 17
        case half = 19
        case uint32 = 22
        case uint64 = 23

        /// Bytes of an element in `tensor_content`; 0 where it is never packed.
        var size: Int {
            switch self {
            case .string: 0
            case .uint8, .int8, .bool: 1
            case .int16, .uint16, .half, .bfloat16: 2
            case .float, .int32, .uint32: 4
            case .double, .int64, .uint64: 8
            }
        }
    }

    /// Reads the tensor in that range.
    static func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> TensorScalar {
        var fields = ProtobufFields(range)
        var type: ElementType?
        var elements: UInt64 = 1
        var listed: (bits: UInt64, count: Int) = (0, 0)
        var content: Range<Int>?
        var text: Range<Int>?
        while let field = fields.next(bytes) {
            switch (field.number, field.wire) {
            case (1, .varint): type = ElementType(rawValue: field.bits)
            case (2, .bytes):
                guard let count = elementCount(bytes, field.range) else { return .malformed }
                elements = count
            case (4, .bytes): content = field.range
            case (8, .bytes) where text == nil: text = field.range
            case (5, .bytes), (6, .bytes):
                let size = field.number == 5 ? 4 : 8
                if field.range.count >= size {
                    let start = field.range.lowerBound
                    listed.bits = size == 4 ? UInt64(bytes.littleEndian32(at: start)) : bytes.littleEndian64(at: start)
                }
                listed.count += field.range.count / size
            case (7, .bytes), (10, .bytes), (11, .bytes), (13, .bytes), (16, .bytes), (17, .bytes):
                var list = ProtobufFields(field.range)
                while let bits = list.nextPacked(bytes), listed.count < 2 {
                    listed = (bits, listed.count + 1)
                }
                if list.isMalformed { return .malformed }
            case (5...7, _), (10, _), (11, _), (13, _), (16, _), (17, _): listed = (field.bits, listed.count + 1)
            default: break
            }
        }
        guard !fields.isMalformed else { return .malformed }
        guard elements == 1, let type else { return .other }
        if type == .string { return text.map { .text($0) } ?? .other }
        if let content, !content.isEmpty {
            guard content.count == type.size else { return .other }
            var bits: UInt64 = 0
            for (place, index) in content.enumerated() { bits |= UInt64(bytes[index]) << UInt64(place * 8) }
            return .number(value(of: type, bits))
        }
        // A list shorter than the shape repeats its last element; an empty one is zero.
        return listed.count <= 1 ? .number(value(of: type, listed.bits)) : .other
    }

    /// Product of the dimensions, at most 2³²; `nil` for what is no shape.
    private static func elementCount(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        var count: UInt64 = 1
        var shape = ProtobufFields(range)
        while let field = shape.next(bytes) {
            guard field.number == 2, field.wire == .bytes else { continue }
            var dimension = ProtobufFields(field.range)
            var size: UInt64 = 0
            while let part = dimension.next(bytes) {
                if part.number == 1, part.wire == .varint { size = part.bits }
            }
            if dimension.isMalformed { return nil }
            count = min(count.multipliedReportingOverflow(by: min(size, 1 << 31)).partialValue, 1 << 32)
        }
        return shape.isMalformed ? nil : count
    }

    private static func value(of type: ElementType, _ bits: UInt64) -> Double {
        switch type {
        case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .double: Double(bitPattern: bits)
        case .half: half(UInt16(truncatingIfNeeded: bits))
        case .bfloat16: Double(Float(bitPattern: UInt32(UInt16(truncatingIfNeeded: bits)) << 16))
        case .int32: Double(Int32(truncatingIfNeeded: bits))
        case .int16: Double(Int16(truncatingIfNeeded: bits))
        case .int8: Double(Int8(truncatingIfNeeded: bits))
        case .int64: Double(Int64(bitPattern: bits))
        case .uint8: Double(UInt8(truncatingIfNeeded: bits))
        case .uint16: Double(UInt16(truncatingIfNeeded: bits))
        case .uint32: Double(UInt32(truncatingIfNeeded: bits))
        case .uint64: Double(bits)
        case .bool: bits & 0xFF == 0 ? 0 : 1
        case .string: .nan
        }
    }

    /// IEEE 754 binary16; `Float16` does not exist on every platform.
    static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits >> 15 == 1 ? -1 : 1
        let exponent = Int(bits >> 10 & 31)
        let fraction = Double(bits & 1023)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
        }
    }
}

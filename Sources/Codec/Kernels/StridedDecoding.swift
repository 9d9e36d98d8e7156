/// A number that stored elements are converted to: `Float` or `Int64`.
protocol DecodedElement: BitwiseCopyable {
    /// Converts `count` elements that follow each other from `source` on. `type` must be readable.
    static func decode(
        _ type: StoredElementType,
        from source: UnsafeRawPointer,
        count: Int,
        into target: UnsafeMutablePointer<Self>
    )
}

/// Reads the elements of a strided view in row-major order, converted, piece by piece.
///
/// Dimensions that lie behind each other in the storage are joined first, so a contiguous tensor is one run.
struct StridedDecoder<Element: DecodedElement> {
    private let type: StoredElementType
    private let size: Int
    /// Joined dimensions, outermost first; the innermost one is `runLength` with `runStride`.
    private let shape: [Int]
    private let strides: [Int]
    private let runLength: Int
    private let runStride: Int
    private var index: [Int]
    /// Element offset where the current run begins, and how much of it is done.
    private var runOffset: Int
    private var done = 0
    /// Elements not yet read.
    private(set) var remaining: Int

    /// Elements gathered at once from a run that is not contiguous.
    private static var gatherCapacity: Int { 512 }

    /// - Precondition: `type` is readable, shape and strides have the same length and stay inside the storage.
    init(type: StoredElementType, shape: [Int], strides: [Int], offset: Int) {
        self.type = type
        size = type.byteCount ?? 1
        remaining = shape.reduce(1, *)
        var joinedShape: [Int] = []
        var joinedStrides: [Int] = []
        for (length, stride) in zip(shape, strides) where length != 1 {
            if let last = joinedShape.indices.last, joinedStrides[last] == stride &* length {
                joinedShape[last] *= length
                joinedStrides[last] = stride
            } else {
                joinedShape.append(length)
                joinedStrides.append(stride)
            }
        }
        runLength = joinedShape.popLast() ?? 1
        runStride = joinedStrides.popLast() ?? 1
        self.shape = joinedShape
        self.strides = joinedStrides
        index = [Int](repeating: 0, count: joinedShape.count)
        runOffset = offset
    }

    /// Writes the next elements, at most `capacity`.
    /// - Returns: how many were written; 0 at the end.
    mutating func next(
        from storage: UnsafeRawPointer,
        into target: UnsafeMutablePointer<Element>,
        capacity: Int
    ) -> Int {
        var written = 0
        while written < capacity, remaining > 0 {
            let count = min(runLength - done, capacity - written)
            let begin = storage + (runOffset + done * runStride) * size
            if runStride == 1 {
                Element.decode(type, from: begin, count: count, into: target + written)
            } else {
                gather(from: begin, count: count, into: target + written)
            }
            written += count
            remaining -= count
            done += count
            if done == runLength { advance() }
        }
        return written
    }

    /// Goes to the next run.
    private mutating func advance() {
        done = 0
        var dimension = shape.count - 1
        while dimension >= 0 {
            index[dimension] += 1
            runOffset += strides[dimension]
            if index[dimension] < shape[dimension] { return }
            runOffset -= strides[dimension] * shape[dimension]
            index[dimension] = 0
            dimension -= 1
        }
    }

    /// Collects elements that are apart, then converts them together.
    private func gather(from begin: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Element>) {
        let step = runStride * size
        withUnsafeTemporaryAllocation(byteCount: Self.gatherCapacity * 8, alignment: 8) { staging in
            guard let packed = staging.baseAddress else { return }
            var first = 0
            while first < count {
                let part = min(count - first, Self.gatherCapacity)
                let source = begin + first * step
                switch size {
                case 1:
                    for i in 0..<part {
                        packed.storeBytes(
                            of: source.load(fromByteOffset: i * step, as: UInt8.self),
                            toByteOffset: i,
                            as: UInt8.self
                        )
                    }
                case 2: pack(UInt16.self, from: source, step: step, count: part, into: packed)
                case 4: pack(UInt32.self, from: source, step: step, count: part, into: packed)
                default: pack(UInt64.self, from: source, step: step, count: part, into: packed)
                }
                Element.decode(type, from: UnsafeRawPointer(packed), count: part, into: target + first)
                first += part
            }
        }
    }

    @inline(__always)
    private func pack<Word: BitwiseCopyable>(
        _ word: Word.Type,
        from source: UnsafeRawPointer,
        step: Int,
        count: Int,
        into packed: UnsafeMutableRawPointer
    ) {
        for i in 0..<count {
            let value = source.loadUnaligned(fromByteOffset: i * step, as: Word.self)
            packed.storeBytes(of: value, toByteOffset: i * MemoryLayout<Word>.size, as: Word.self)
        }
    }
}

extension Float: DecodedElement {
    static func decode(
        _ type: StoredElementType,
        from source: UnsafeRawPointer,
        count: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        switch type {
        case .float32: UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: count * 4)
        case .float16: decodeHalves(source, count, target)
        case .bfloat16:
            for i in 0..<count {
                let bits = UInt32(UInt16(littleEndian: source.loadUnaligned(fromByteOffset: i * 2, as: UInt16.self)))
                target[i] = Float(bitPattern: bits << 16)
            }
        case .float64:
            for i in 0..<count { target[i] = Float(source.loadUnaligned(fromByteOffset: i * 8, as: Double.self)) }
        case .int8: convert(Int8.self, source, count, target)
        case .int16: convert(Int16.self, source, count, target)
        case .int32: convert(Int32.self, source, count, target)
        case .int64: convert(Int64.self, source, count, target)
        case .uint8: convert(UInt8.self, source, count, target)
        case .uint16: convert(UInt16.self, source, count, target)
        case .uint32: convert(UInt32.self, source, count, target)
        case .uint64: convert(UInt64.self, source, count, target)
        case .boolean:
            for i in 0..<count { target[i] = source.load(fromByteOffset: i, as: UInt8.self) == 0 ? 0 : 1 }
        case .other: preconditionFailure("values of type \(type) are not read")
        }
    }

    @inline(__always)
    private static func convert<Stored: FixedWidthInteger & BitwiseCopyable>(
        _ stored: Stored.Type,
        _ source: UnsafeRawPointer,
        _ count: Int,
        _ target: UnsafeMutablePointer<Float>
    ) {
        for i in 0..<count {
            target[i] = Float(source.loadUnaligned(fromByteOffset: i * MemoryLayout<Stored>.size, as: Stored.self))
        }
    }

    /// IEEE half precision: the mantissa is moved in place and the exponent's bias corrected by a multiplication, which
    /// is exact for subnormal numbers too; infinity and NaN keep their bits.
    private static func decodeHalves(
        _ source: UnsafeRawPointer,
        _ count: Int,
        _ target: UnsafeMutablePointer<Float>
    ) {
        let scale = Float(bitPattern: 0x7780_0000)  // 2¹¹²
        for i in 0..<count {
            let bits = UInt32(UInt16(littleEndian: source.loadUnaligned(fromByteOffset: i * 2, as: UInt16.self)))
            let shifted = (bits & 0x7FFF) << 13
            let finite = (Float(bitPattern: shifted) * scale).bitPattern
            let magnitude = shifted >= 0x0F80_0000 ? shifted | 0x7F80_0000 : finite
            target[i] = Float(bitPattern: magnitude | (bits & 0x8000) << 16)
        }
    }
}

extension Int64: DecodedElement {
    /// Real numbers are rounded toward zero; NaN gives 0 and what is out of range gives the nearest limit.
    static func decode(
        _ type: StoredElementType,
        from source: UnsafeRawPointer,
        count: Int,
        into target: UnsafeMutablePointer<Int64>
    ) {
        switch type {
        case .int8: convert(Int8.self, source, count, target)
        case .int16: convert(Int16.self, source, count, target)
        case .int32: convert(Int32.self, source, count, target)
        case .int64: convert(Int64.self, source, count, target)
        case .uint8: convert(UInt8.self, source, count, target)
        case .uint16: convert(UInt16.self, source, count, target)
        case .uint32: convert(UInt32.self, source, count, target)
        case .uint64: convert(UInt64.self, source, count, target)
        case .boolean:
            for i in 0..<count { target[i] = source.load(fromByteOffset: i, as: UInt8.self) == 0 ? 0 : 1 }
        case .float64:
            for i in 0..<count {
                target[i] = truncated(source.loadUnaligned(fromByteOffset: i * 8, as: Double.self))
            }
        default:
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { one in
                guard let value = one.baseAddress else { return }
                for i in 0..<count {
                    Float.decode(type, from: source + i * (type.byteCount ?? 1), count: 1, into: value)
                    target[i] = truncated(Double(value.pointee))
                }
            }
        }
    }

    @inline(__always)
    private static func convert<Stored: FixedWidthInteger & BitwiseCopyable>(
        _ stored: Stored.Type,
        _ source: UnsafeRawPointer,
        _ count: Int,
        _ target: UnsafeMutablePointer<Int64>
    ) {
        for i in 0..<count {
            let value = source.loadUnaligned(fromByteOffset: i * MemoryLayout<Stored>.size, as: Stored.self)
            target[i] = Int64(clamping: value)
        }
    }

    private static func truncated(_ value: Double) -> Int64 {
        if value.isNaN { return 0 }
        if value >= 9_223_372_036_854_775_808 { return .max }
        return value <= -9_223_372_036_854_775_808 ? .min : Int64(value)
    }
}

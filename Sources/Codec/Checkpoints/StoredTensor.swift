/// Where a tensor's numbers are kept; several tensors may share one storage.
public struct StoredBytes: Sendable {
    /// Number of the storage in its file, from 0 in the order of first use. Equal numbers share memory.
    public let index: Int
    /// Name in the file: the key of a PyTorch storage, the file name in an archive.
    public let name: String
    /// The bytes, inside the mapped file.
    let bytes: ByteRegion

    /// Length in bytes.
    public var byteCount: Int { bytes.count }
}

/// A tensor in a file: its type, shape and place. Numbers are converted only when they are asked for.
public struct StoredTensor: Sendable {
    /// Type of each number.
    public let elementType: StoredElementType
    /// Lengths of the dimensions; empty for a scalar.
    public let shape: [Int]
    /// Steps between neighbours along each dimension, in elements. Row-major tensors have `isContiguous`.
    public let strides: [Int]
    /// Place of the first element in the storage, in elements.
    public let offset: Int
    /// Where the numbers are.
    public let storage: StoredBytes
    /// Number of elements; 1 for a scalar.
    public let elementCount: Int

    /// Most elements that a tensor smaller in its storage (expanded, stride 0) may have.
    static let largestExpansion = 1 << 24

    /// Checks that all elements lie inside the storage. `strides` nil means row-major.
    init(
        elementType: StoredElementType,
        shape: [Int],
        strides: [Int]? = nil,
        offset: Int = 0,
        storage: StoredBytes
    ) throws(StoredTensorProblem) {
        guard shape.count <= 64 else { throw StoredTensorProblem("has \(shape.count) dimensions, more than 64") }
        guard shape.allSatisfy({ $0 >= 0 }) else {
            throw StoredTensorProblem("has the negative length \(shape.min() ?? 0) in its shape")
        }
        guard let count = Self.product(shape) else {
            throw StoredTensorProblem("has shape \(shape), more elements than can be counted")
        }
        let rowMajor = Self.rowMajorStrides(shape)
        let strides = strides ?? rowMajor
        guard strides.count == shape.count else {
            throw StoredTensorProblem("has \(shape.count) dimensions but \(strides.count) strides")
        }
        guard strides.allSatisfy({ $0 >= 0 }), offset >= 0 else {
            throw StoredTensorProblem("has a negative stride or offset")
        }
        if elementType.byteCount == nil, count / 8 > storage.byteCount {
            throw StoredTensorProblem("has shape \(shape), more than its \(storage.byteCount) bytes can hold")
        }
        if count > 0, let size = elementType.byteCount {
            let available = storage.byteCount / size
            guard let last = Self.lastElement(shape: shape, strides: strides, offset: offset), last < available else {
                throw StoredTensorProblem(
                    "needs elements up to \(Self.lastElement(shape: shape, strides: strides, offset: offset) ?? .max) "
                        + "of a storage of \(available)"
                )
            }
            guard count <= max(available, Self.largestExpansion) else {
                throw StoredTensorProblem("is \(available) stored numbers repeated to \(count)")
            }
        }
        self.elementType = elementType
        self.shape = shape
        self.strides = strides
        self.offset = offset
        self.storage = storage
        elementCount = count
    }

    /// Bytes that the elements take when written one behind another; 0 when the type's size is unknown.
    public var byteCount: Int { elementCount * (elementType.byteCount ?? 0) }

    /// Whether the elements lie in row-major order without gaps.
    public var isContiguous: Bool {
        elementCount <= 1
            || zip(zip(strides, Self.rowMajorStrides(shape)), shape).allSatisfy { $0.0 == $0.1 || $1 == 1 }
    }

    /// Row-major order: the last dimension's neighbours are 1 apart.
    static func rowMajorStrides(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        var step = 1
        for dimension in shape.indices.reversed() {
            strides[dimension] = step
            step = step.multipliedReportingOverflow(by: max(shape[dimension], 1)).partialValue
        }
        return strides
    }

    /// Number of elements; nil when it is more than 2⁴⁸, also when a length of zero hides that.
    static func product(_ shape: [Int]) -> Int? {
        var product = 1
        for length in shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: max(length, 1))
            guard !overflow, next <= 1 << 48 else { return nil }
            product = next
        }
        return shape.contains(0) ? 0 : product
    }

    private static func lastElement(shape: [Int], strides: [Int], offset: Int) -> Int? {
        var last = offset
        for (length, stride) in zip(shape, strides) {
            let (span, tooWide) = (length - 1).multipliedReportingOverflow(by: stride)
            let (next, tooFar) = last.addingReportingOverflow(span)
            guard !tooWide, !tooFar else { return nil }
            last = next
        }
        return last
    }
}

/// What is wrong with a tensor's description; the reader of the format says which tensor and file.
struct StoredTensorProblem: Error {
    /// Continues "tensor 'x' …".
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Values, converted.
extension StoredTensor {
    /// All elements in row-major order as float32. float64 is rounded, bool gives 0 and 1, NaN stays NaN.
    /// - Throws: `CheckpointError.unreadableTensor` for types that are not read and for files cut short meanwhile.
    public func floats() throws(CheckpointError) -> [Float] {
        try requireReadable()
        return decoded(as: Float.self)
    }

    /// All elements in row-major order as integers. Real numbers are rounded toward zero, NaN gives 0.
    /// - Throws: `CheckpointError.unreadableTensor` as `floats()` does.
    public func integers() throws(CheckpointError) -> [Int64] {
        try requireReadable()
        return decoded(as: Int64.self)
    }

    /// Writes all elements in row-major order, as float32, over `target`, without an array between.
    /// - Throws: `CheckpointError.wrongShape` unless `target` holds exactly `elementCount` numbers, else as `floats()`.
    public func copy(into target: inout MutableSpan<Float>) throws(CheckpointError) {
        try requireReadable()
        guard target.count == elementCount else {
            throw .wrongShape(name: storage.name, expected: [target.count], found: shape)
        }
        decode(into: &target)
    }

    /// Norm, range and non-finite values in one pass, without an array of the elements.
    /// - Throws: `CheckpointError.unreadableTensor` as `floats()` does.
    public func statistics() throws(CheckpointError) -> TensorStatistics {
        try requireReadable()
        return decodedStatistics()
    }

    private func requireReadable() throws(CheckpointError) {
        guard elementType.isReadable else {
            throw .unreadableTensor(name: storage.name, reason: "numbers of type \(elementType) are not read")
        }
        guard storage.bytes.map.isIntact else {
            throw .unreadableTensor(name: storage.name, reason: "the file became shorter while it was open")
        }
    }
}

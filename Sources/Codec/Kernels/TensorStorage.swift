/// The float32 values of a tensor: one block from the ``BufferPool``, aligned to 64 bytes, given back when nothing uses it any more.
///
/// Not `Sendable`: a storage belongs to one task; kernels hand disjoint parts of it to worker threads and wait for them.
public final class TensorStorage {
    private let block: BufferPool.Block

    /// The number of values.
    public let count: Int

    /// Grows with every write through ``withMutableSpan(_:)`` or ``mutablePointer``, so that derived values can be cached.
    public private(set) var version = 0

    private var kept: (version: Int, values: TensorStorage?)?

    /// The form of these values that a kernel prefers, made once and kept until they change. There is one such form.
    func derived(_ make: (TensorStorage) -> TensorStorage?) -> TensorStorage? {
        if let kept, kept.version == version { return kept.values }
        kept = nil
        let values = make(self)
        kept = (version, values)
        return values
    }

    /// Takes memory for `count` values, which are **not** initialised.
    public init(count: Int) {
        self.count = count
        block = BufferPool.take(count: count)
    }

    /// A storage of equal values.
    public convenience init(count: Int, repeating value: Float) {
        self.init(count: count)
        block.base.initialize(repeating: value, count: count)
    }

    /// A copy of an array.
    public convenience init(_ values: [Float]) {
        self.init(count: values.count)
        values.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return }
            block.base.initialize(from: first, count: values.count)
        }
    }

    /// A copy of another storage.
    public convenience init(copying other: TensorStorage) {
        self.init(count: other.count)
        block.base.update(from: other.pointer, count: other.count)
    }

    deinit {
        BufferPool.giveBack(block)
    }

    /// The values, for kernels that read.
    var pointer: UnsafePointer<Float> { UnsafePointer(block.base) }

    /// The values, for kernels that write; counts as a write.
    var mutablePointer: UnsafeMutablePointer<Float> {
        version += 1
        return block.base
    }

    /// The values, to read.
    public func withSpan<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
        try body(Span(_unsafeStart: UnsafePointer(block.base), count: count))
    }

    /// The values, to write.
    public func withMutableSpan<Result>(_ body: (inout MutableSpan<Float>) throws -> Result) rethrows -> Result {
        version += 1
        var span = MutableSpan(_unsafeStart: block.base, count: count)
        return try body(&span)
    }

    /// The values as an array.
    public var values: [Float] {
        [Float](UnsafeBufferPointer(start: block.base, count: count))
    }
}

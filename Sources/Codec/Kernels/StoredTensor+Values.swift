/// Access to a stored tensor's numbers; the only place where stored bytes meet pointers.
extension StoredTensor {
    /// Elements converted at once when values are only looked at.
    private static var blockLength: Int { 4096 }

    /// Converts all elements in row-major order into `target`, which holds `elementCount`.
    func decode<Element: DecodedElement>(into target: UnsafeMutableBufferPointer<Element>) {
        precondition(target.count == elementCount, "the buffer must hold exactly the tensor's elements")
        guard let base = target.baseAddress, elementCount > 0 else { return }
        storage.bytes.withUnsafeBytes { stored in
            guard let source = stored.baseAddress else { return }
            var decoder = StridedDecoder<Element>(type: elementType, shape: shape, strides: strides, offset: offset)
            _ = decoder.next(from: source, into: base, capacity: target.count)
        }
    }

    /// All elements in row-major order, converted.
    func decoded<Element: DecodedElement>(as element: Element.Type) -> [Element] {
        [Element](unsafeUninitializedCapacity: elementCount) { target, initialized in
            decode(into: UnsafeMutableBufferPointer(rebasing: target[0..<elementCount]))
            initialized = elementCount
        }
    }

    /// Writes all elements in row-major order, as float32, over `target`.
    func decode(into target: inout MutableSpan<Float>) {
        target.withUnsafeMutableBufferPointer { decode(into: $0) }
    }

    /// Statistics in one pass over the mapped bytes; only a block of elements is held at a time.
    func decodedStatistics() -> TensorStatistics {
        var statistics = TensorStatistics()
        guard elementCount > 0 else { return statistics }
        storage.bytes.withUnsafeBytes { stored in
            guard let source = stored.baseAddress else { return }
            var decoder = StridedDecoder<Float>(type: elementType, shape: shape, strides: strides, offset: offset)
            withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.blockLength) { block in
                guard let base = block.baseAddress else { return }
                while true {
                    let count = decoder.next(from: source, into: base, capacity: Self.blockLength)
                    guard count > 0 else { return }
                    statistics.add(UnsafeBufferPointer(start: base, count: count))
                }
            }
        }
        return statistics
    }

    /// The stored bytes of a contiguous tensor's elements, copied; nil when they are not in row-major order.
    var contiguousBytes: [UInt8]? {
        guard isContiguous, let size = elementType.byteCount else { return nil }
        return storage.bytes.bytes(at: offset * size, count: elementCount * size)
    }
}

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

    /// The stored bytes of all elements in row-major order, copied; nothing for types of unknown size.
    var rowMajorBytes: [UInt8] {
        guard let size = elementType.byteCount, elementCount > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: elementCount * size) { target, initialized in
            storage.bytes.withUnsafeBytes { stored in
                guard let source = stored.baseAddress, let begin = target.baseAddress else { return }
                var index = [Int](repeating: 0, count: shape.count)
                var place = offset
                for element in 0..<elementCount {
                    (UnsafeMutableRawPointer(begin) + element * size).copyMemory(
                        from: source + place * size,
                        byteCount: size
                    )
                    var dimension = shape.count - 1
                    while dimension >= 0 {
                        index[dimension] += 1
                        place += strides[dimension]
                        if index[dimension] < shape[dimension] { break }
                        place -= strides[dimension] * shape[dimension]
                        index[dimension] = 0
                        dimension -= 1
                    }
                }
            }
            initialized = elementCount * size
        }
    }
}

/// What stands beyond the ends of a padded dimension.
public enum PaddingMode: Hashable, Sendable, Codable {
    /// Zeros.
    case zero
    /// One value.
    case constant(Float)
    /// The values mirrored at the first and the last one, which are not repeated: c b | a b c | b a.
    case reflect
    /// The first and the last value.
    case replicate
}

extension Tensor {
    /// Extends the last dimension by `left` and `right` values.
    public func padded(left: Int, right: Int, mode: PaddingMode = .zero) -> Tensor {
        padded(dimension: -1, left: left, right: right, mode: mode)
    }

    /// Extends one dimension by `left` and `right` values; negative dimensions count from the end.
    ///
    /// Reflection needs fewer values on each side than the dimension has, replication at least one value there.
    public func padded(dimension: Int, left: Int, right: Int, mode: PaddingMode = .zero) -> Tensor {
        let axis = resolvedDimension(dimension)
        let (outer, size, inner) = split(at: axis)
        precondition(left >= 0 && right >= 0, "padded: \(left) and \(right) must not be negative")
        guard left + right > 0 else { return self }
        var filler: Float = 0
        let map: [Int]
        switch mode {
        case .zero, .constant:
            if case .constant(let value) = mode { filler = value }
            map = ((-left)..<(size + right)).map { $0 >= 0 && $0 < size ? $0 : -1 }
        case .reflect:
            precondition(
                left < size && right < size,
                "padded: cannot reflect \(left) and \(right) values of \(size) in dimension \(axis)"
            )
            map = ((-left)..<(size + right)).map { size - 1 - abs(size - 1 - abs($0)) }
        case .replicate:
            precondition(size > 0, "padded: dimension \(axis) of \(shape) has no value to repeat")
            map = ((-left)..<(size + right)).map { min(max($0, 0), size - 1) }
        }
        var result = shape
        result[axis] = map.count
        let original = shape
        let storage = LayoutKernel.mapped(
            self.storage,
            outer: outer,
            from: size,
            length: inner,
            map: map,
            filler: filler
        )
        return Tensor(operation: "padded", storage: storage, shape: result, inputs: [self]) { gradient in
            let summed = LayoutKernel.unmapped(gradient.storage, outer: outer, to: size, length: inner, map: map)
            return [Tensor(storage: summed, shape: original)]
        }
    }
}

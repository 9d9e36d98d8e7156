extension Tensor {
    /// The part of one dimension in `range`; negative dimensions count from the end.
    public func sliced(dimension: Int, range: Range<Int>) -> Tensor {
        let axis = resolvedDimension(dimension)
        let (outer, size, inner) = split(at: axis)
        precondition(
            range.lowerBound >= 0 && range.upperBound <= size,
            "sliced: \(range) is outside dimension \(axis) of \(shape)"
        )
        guard range.count < size else { return self }
        var result = shape
        result[axis] = range.count
        let target = TensorStorage(count: outer * range.count * inner)
        LayoutKernel.copyBlocks(
            storage,
            at: range.lowerBound * inner,
            step: size * inner,
            to: target,
            at: 0,
            step: range.count * inner,
            length: range.count * inner,
            count: outer
        )
        let original = shape
        return Tensor(operation: "sliced", storage: target, shape: result, inputs: [self]) { gradient in
            let whole = TensorStorage(count: outer * size * inner, repeating: 0)
            LayoutKernel.copyBlocks(
                gradient.storage,
                at: 0,
                step: range.count * inner,
                to: whole,
                at: range.lowerBound * inner,
                step: size * inner,
                length: range.count * inner,
                count: outer
            )
            return [Tensor(storage: whole, shape: original)]
        }
    }

    /// Tensors one after another along a dimension; all other sizes must agree.
    public static func concatenated(_ tensors: [Tensor], dimension: Int) -> Tensor {
        guard let first = tensors.first else { preconditionFailure("concatenated needs at least one tensor") }
        let axis = first.resolvedDimension(dimension)
        var shape = first.shape
        shape[axis] = 0
        for tensor in tensors {
            var others = tensor.shape
            precondition(others.count == shape.count, "concatenated: \(tensor.shape) does not fit \(first.shape)")
            shape[axis] += others[axis]
            others[axis] = shape[axis]
            precondition(
                others == shape,
                "concatenated: \(tensor.shape) does not fit \(first.shape) beside dimension \(axis)"
            )
        }
        let (outer, size, inner) = (first.split(at: axis).outer, shape[axis], first.split(at: axis).inner)
        let target = TensorStorage(count: outer * size * inner)
        var starts: [Int] = []
        var start = 0
        for tensor in tensors {
            let length = tensor.shape[axis] * inner
            LayoutKernel.copyBlocks(
                tensor.storage,
                at: 0,
                step: length,
                to: target,
                at: start * inner,
                step: size * inner,
                length: length,
                count: outer
            )
            starts.append(start)
            start += tensor.shape[axis]
        }
        let ranges = zip(starts, tensors).map { $0..<($0 + $1.shape[axis]) }
        let needed = tensors.map(\.requiresGradient)
        return Tensor(operation: "concatenated", storage: target, shape: shape, inputs: tensors) { gradient in
            zip(ranges, needed).map { $1 ? gradient.sliced(dimension: axis, range: $0) : nil }
        }
    }

    /// Tensors of one shape side by side along a new dimension.
    public static func stacked(_ tensors: [Tensor], dimension: Int) -> Tensor {
        guard let first = tensors.first else { preconditionFailure("stacked needs at least one tensor") }
        let axis = dimension < 0 ? dimension + first.rank + 1 : dimension
        precondition((0...first.rank).contains(axis), "stacked: \(first.shape) has no room for dimension \(dimension)")
        var shape = first.shape
        shape.insert(1, at: axis)
        return concatenated(tensors.map { $0.reshaped(shape) }, dimension: axis)
    }
}

extension Tensor {
    /// The sum of all values, a scalar; 0 when there are none. Accumulated in double precision.
    public func sum() -> Tensor { sum(dimensions: Array(shape.indices)) }

    /// The mean of all values, a scalar; NaN when there are none.
    public func mean() -> Tensor { mean(dimensions: Array(shape.indices)) }

    /// Sums over some dimensions; negative ones count from the end. Accumulated in double precision.
    ///
    /// The dimensions disappear, or stay with size 1 when `keepingDimensions` is set.
    public func sum(dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
        let reduced = Set(dimensions.map(resolvedDimension))
        let kept = shape.indices.map { reduced.contains($0) ? 1 : shape[$0] }
        let result = keepingDimensions ? kept : shape.indices.filter { !reduced.contains($0) }.map { shape[$0] }
        let original = shape
        return Tensor(operation: "sum", storage: summed(over: reduced), shape: result, inputs: [self]) { gradient in
            [gradient.reshaped(kept).broadcast(to: original)]
        }
    }

    /// Means over some dimensions; negative ones count from the end. NaN where there is nothing to average.
    ///
    /// The dimensions disappear, or stay with size 1 when `keepingDimensions` is set.
    public func mean(dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
        let reduced = Set(dimensions.map(resolvedDimension))
        let terms = reduced.reduce(1) { $0 * shape[$1] }
        return sum(dimensions: dimensions, keepingDimensions: keepingDimensions) / Float(terms)
    }

    /// The largest value along a dimension, NaN if there is one; the gradient goes to the first of equal values.
    public func maximumValue(dimension: Int, keepingDimensions: Bool = false) -> Tensor {
        let axis = resolvedDimension(dimension)
        precondition(shape[axis] > 0, "maximumValue: dimension \(axis) of \(shape) is empty")
        let (outer, size, inner) = split(at: axis)
        let indices = argumentMaximum(dimension: axis)
        let places = indices.enumerated().map { position, index in
            (position / inner * size + index) * inner + position % inner
        }
        var result = shape
        if keepingDimensions { result[axis] = 1 } else { result.remove(at: axis) }
        let original = shape
        let storage = LayoutKernel.mapped(
            self.storage,
            outer: 1,
            from: outer * size * inner,
            length: 1,
            map: places,
            filler: 0
        )
        return Tensor(operation: "maximumValue", storage: storage, shape: result, inputs: [self]) { gradient in
            let scattered = LayoutKernel.unmapped(
                gradient.storage,
                outer: 1,
                to: outer * size * inner,
                length: 1,
                map: places
            )
            return [Tensor(storage: scattered, shape: original)]
        }
    }

    /// Where the largest value along a dimension is: indices in row-major order of the other dimensions.
    /// The first of equal values; the first NaN if there is one.
    public func argumentMaximum(dimension: Int) -> [Int] {
        let axis = resolvedDimension(dimension)
        precondition(shape[axis] > 0, "argumentMaximum: dimension \(axis) of \(shape) is empty")
        let (outer, size, inner) = split(at: axis)
        return ReductionKernel.argumentMaximum(storage, outer: outer, reduced: size, inner: inner)
    }

    /// The Euclidean norm of all values, a scalar. The gradient at 0 is 0.
    public func norm() -> Tensor {
        let length = Float(ReductionKernel.sumOfSquares(storage).squareRoot())
        let values = detached()
        return Tensor(operation: "norm", storage: TensorStorage([length]), shape: [], inputs: [self]) { gradient in
            [values * (length == 0 ? Tensor(0) : gradient / length)]
        }
    }

    /// A dimension counted from the front.
    func resolvedDimension(_ dimension: Int) -> Int {
        let resolved = dimension < 0 ? dimension + rank : dimension
        precondition(shape.indices.contains(resolved), "\(shape) has no dimension \(dimension)")
        return resolved
    }

    /// The product of the sizes before a dimension, its size, and the product of the sizes after it.
    func split(at axis: Int) -> (outer: Int, size: Int, inner: Int) {
        (shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *))
    }

    /// One pass for each run of neighbouring dimensions, from the last to the first.
    private func summed(over reduced: Set<Int>) -> TensorStorage {
        var storage = storage
        var end = rank
        var inner = 1
        while end > 0 {
            guard reduced.contains(end - 1) else {
                inner *= shape[end - 1]
                end -= 1
                continue
            }
            var start = end - 1
            while start > 0, reduced.contains(start - 1) { start -= 1 }
            storage = ReductionKernel.sum(
                storage,
                outer: shape[..<start].reduce(1, *),
                reduced: shape[start..<end].reduce(1, *),
                inner: inner
            )
            end = start
        }
        return storage
    }
}

extension Tensor {
    /// Swaps two dimensions; negative ones count from the end.
    public func transposed(_ a: Int, _ b: Int) -> Tensor {
        var order = Array(shape.indices)
        order.swapAt(resolvedDimension(a), resolvedDimension(b))
        return permuted(order)
    }

    /// Puts the dimensions in another order: dimension i of the result is dimension `order[i]` of this tensor.
    public func permuted(_ order: [Int]) -> Tensor {
        let order = order.map(resolvedDimension)
        precondition(order.sorted() == Array(shape.indices), "permuted: \(order) is no order of \(shape)'s dimensions")
        let result = order.map { shape[$0] }
        var strides = [Int](repeating: 1, count: rank)
        for i in shape.indices.reversed().dropFirst() { strides[i] = strides[i + 1] * shape[i + 1] }
        var inverse = order
        for (position, dimension) in order.enumerated() { inverse[dimension] = position }
        let storage = LayoutKernel.gathered(self.storage, shape: result, strides: order.map { strides[$0] })
        return Tensor(operation: "permuted", storage: storage, shape: result, inputs: [self]) {
            [$0.permuted(inverse)]
        }
    }

    /// Repeats the values along new dimensions in front and along dimensions of size 1.
    public func broadcast(to target: [Int]) -> Tensor {
        guard target != shape else { return self }
        precondition(
            BroadcastKernel.shape(shape, target) == target,
            "broadcast: \(shape) does not broadcast to \(target)"
        )
        let original = shape
        let strides = BroadcastKernel.strides(of: shape, in: target)
        let storage = LayoutKernel.gathered(self.storage, shape: target, strides: strides)
        return Tensor(operation: "broadcast", storage: storage, shape: target, inputs: [self]) {
            [$0.summed(to: original)]
        }
    }

    /// The windows of `size` values, one every `step`, along the last dimension: `[…, T]` → `[…, (T − size)/step + 1, size]`.
    public func unfolded(size: Int, step: Int) -> Tensor {
        precondition(
            rank > 0 && size > 0 && step > 0 && size <= shape[rank - 1],
            "unfolded: windows of \(size) every \(step) do not fit \(shape)"
        )
        let (outer, length, _) = split(at: rank - 1)
        let windows = (length - size) / step + 1
        let map = (0..<windows).flatMap { window in (window * step)..<(window * step + size) }
        let original = shape
        let storage = LayoutKernel.gathered(
            self.storage,
            shape: [outer, windows, size],
            strides: [length, step, 1]
        )
        return Tensor(
            operation: "unfolded",
            storage: storage,
            shape: shape.dropLast() + [windows, size],
            inputs: [self]
        ) { gradient in
            let summed = LayoutKernel.unmapped(gradient.storage, outer: outer, to: length, length: 1, map: map)
            return [Tensor(storage: summed, shape: original)]
        }
    }
}

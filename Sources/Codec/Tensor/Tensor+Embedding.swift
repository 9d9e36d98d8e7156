extension Tensor {
    /// Rows of this table `[N, D]`: the result is `shape + [D]`, row `indices[i]` at place i. Gradients of equal rows add up.
    public func embedding(indices: [Int], shape places: [Int]) -> Tensor {
        precondition(rank == 2, "embedding needs a table [N, D], but got \(shape)")
        precondition(places.reduce(1, *) == indices.count, "embedding: \(indices.count) indices do not fill \(places)")
        precondition(
            indices.allSatisfy((0..<shape[0]).contains),
            "embedding: every index must be in 0..<\(shape[0])"
        )
        let (rows, width) = (shape[0], shape[1])
        let storage = LayoutKernel.mapped(self.storage, outer: 1, from: rows, length: width, map: indices, filler: 0)
        return Tensor(operation: "embedding", storage: storage, shape: places + [width], inputs: [self]) { gradient in
            let summed = LayoutKernel.unmapped(gradient.storage, outer: 1, to: rows, length: width, map: indices)
            return [Tensor(storage: summed, shape: [rows, width])]
        }
    }
}

extension Tensor {
    /// The vector of every frame of a signal `[B, D, T]`, `[B·T, D]`.
    var frameVectors: Tensor { transposed(1, 2).reshaped([shape[0] * shape[2], shape[1]]) }

    /// Rows of this table `[K, D]` as the frames of a signal `[B, D, T]`; `indices` are row-major `[B, T]`.
    func frames(_ indices: [Int], batch: Int) -> Tensor {
        embedding(indices: indices, shape: [batch, indices.count / max(1, batch)]).transposed(1, 2)
    }
}

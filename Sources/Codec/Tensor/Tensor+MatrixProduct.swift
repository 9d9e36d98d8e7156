extension Tensor {
    /// The matrix product of `[M, K]` and `[K, N]`, or of each of a batch `[B, M, K]` and `[B, K, N]`.
    ///
    /// A batch times one matrix `[K, N]` uses that matrix for every item. Each side may be given transposed in its last two
    /// dimensions. NaN reaches every result of its row and column.
    public func matmul(_ other: Tensor, transposeSelf: Bool = false, transposeOther: Bool = false) -> Tensor {
        precondition(
            (rank == 2 || rank == 3) && (other.rank == 2 || other.rank == rank),
            "matmul needs [M, K] and [K, N] or batches of them, but got \(shape) and \(other.shape)"
        )
        if rank == 3, other.rank == 2 {
            let batch = transposeSelf ? transposed(1, 2) : self
            let flat = batch.reshaped([batch.shape[0] * batch.shape[1], batch.shape[2]])
            let product = flat.matmul(other, transposeOther: transposeOther)
            return product.reshaped([batch.shape[0], batch.shape[1], product.shape[1]])
        }
        let batch = rank == 3 ? shape[0] : 1
        let (m, k) = Self.sizes(self, transposeSelf)
        let (k2, n) = Self.sizes(other, transposeOther)
        precondition(
            k == k2 && (rank == 2 || other.shape[0] == batch),
            "matmul: \(shape)\(transposeSelf ? "ᵀ" : "") and \(other.shape)\(transposeOther ? "ᵀ" : "") do not fit"
        )
        let storage = MatrixProduct.batched(
            self.storage,
            transposed: transposeSelf,
            other.storage,
            transposed: transposeOther,
            count: batch,
            m: m,
            n: n,
            k: k
        )
        let (a, b) = (detached(), other.detached())
        let (needsA, needsB) = (requiresGradient, other.requiresGradient)
        let result = rank == 3 ? [batch, m, n] : [m, n]
        return Tensor(operation: "matmul", storage: storage, shape: result, inputs: [self, other]) { gradient in
            let forA =
                !needsA
                ? nil
                : transposeSelf
                    ? b.matmul(gradient, transposeSelf: transposeOther, transposeOther: true)
                    : gradient.matmul(b, transposeOther: !transposeOther)
            let forB =
                !needsB
                ? nil
                : transposeOther
                    ? gradient.matmul(a, transposeSelf: true, transposeOther: transposeSelf)
                    : a.matmul(gradient, transposeSelf: !transposeSelf)
            return [forA, forB]
        }
    }

    /// x·Wᵀ + b on the last dimension: `[…, D]`, `weight` `[O, D]`, `bias` `[O]` → `[…, O]`, as PyTorch's `linear`.
    public func linear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
        precondition(
            rank > 0 && weight.rank == 2 && weight.shape[1] == shape[rank - 1],
            "linear: \(shape) does not fit the weight \(weight.shape)"
        )
        let rows = shape.dropLast().reduce(1, *)
        let product = reshaped([rows, weight.shape[1]]).matmul(weight, transposeOther: true)
        let result = bias.map { product + $0 } ?? product
        return result.reshaped(shape.dropLast() + [weight.shape[0]])
    }

    private static func sizes(_ tensor: Tensor, _ transposed: Bool) -> (rows: Int, columns: Int) {
        let (rows, columns) = (tensor.shape[tensor.rank - 2], tensor.shape[tensor.rank - 1])
        return transposed ? (columns, rows) : (rows, columns)
    }
}

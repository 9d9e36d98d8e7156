import CKernels

/// Sums of a signal and what was computed from a piece of it.
enum ResidualKernel {
    /// For every row of `x` and `result` (`length` values each): result[start..<start + count] = x[start…] + piece[offset…],
    /// where a row of `piece` has `pieceLength` values.
    static func add(
        _ x: TensorStorage,
        _ piece: TensorStorage,
        into result: TensorStorage,
        length: Int,
        start: Int,
        count: Int,
        pieceLength: Int,
        offset: Int
    ) {
        let rows = x.count / length
        precondition(result.count == x.count && piece.count == rows * pieceLength, "rows of a sum must fit each other")
        precondition(start >= 0 && start + count <= length && offset >= 0 && offset + count <= pieceLength)
        let (a, b, out) = (x.pointer, piece.pointer, result.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, count))) { range in
            for row in range {
                ck_add(a + row * length + start, b + row * pieceLength + offset, out + row * length + start, count)
            }
        }
    }
}

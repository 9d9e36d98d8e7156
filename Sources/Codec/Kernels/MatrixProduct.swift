import COpenBLAS

/// Matrix products of row-major matrices on OpenBLAS, spread over threads by rows or columns of the result.
enum MatrixProduct {
    /// Multiplications one thread should have at least.
    private static let grain = 1 << 21

    /// c (m × n) = op(a) (m × k) · op(b) (k × n) + `beta` · c; `op` transposes where asked. Matrices are dense.
    static func multiply(
        _ a: UnsafePointer<Float>,
        transposed transposeA: Bool,
        _ b: UnsafePointer<Float>,
        transposed transposeB: Bool,
        into c: UnsafeMutablePointer<Float>,
        m: Int,
        n: Int,
        k: Int,
        beta: Float = 0
    ) {
        guard m > 0, n > 0 else { return }
        guard k > 0 else {
            for i in 0..<(m * n) { c[i] = beta == 0 ? 0 : beta * c[i] }
            return
        }
        let byRows = m >= n
        let work = m * n * k
        let pieces = max(1, min(work / grain, WorkerPool.threads))
        let long = byRows ? m : n
        let grain = (long + pieces - 1) / pieces
        WorkerPool.runRanges(long, grain: max(1, min(grain, long))) { range in
            let start = range.lowerBound
            product(
                transposeA,
                transposeB,
                byRows ? range.count : m,
                byRows ? n : range.count,
                k,
                a + (byRows ? (transposeA ? start : start * k) : 0),
                transposeA ? m : k,
                b + (byRows ? 0 : (transposeB ? start * k : start)),
                transposeB ? k : n,
                beta,
                c + (byRows ? start * n : start),
                n
            )
        }
    }

    private static func product(
        _ transposeA: Bool,
        _ transposeB: Bool,
        _ m: Int,
        _ n: Int,
        _ k: Int,
        _ a: UnsafePointer<Float>,
        _ strideA: Int,
        _ b: UnsafePointer<Float>,
        _ strideB: Int,
        _ beta: Float,
        _ c: UnsafeMutablePointer<Float>,
        _ strideC: Int
    ) {
        OpenBLAS.oneThread
        cblas_sgemm(
            CblasRowMajor,
            transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans,
            Int32(m),
            Int32(n),
            Int32(k),
            1,
            a,
            Int32(strideA),
            b,
            Int32(strideB),
            beta,
            c,
            Int32(strideC)
        )
    }

    /// `count` products of storages: item i of `a` times item i of `b`.
    static func batched(
        _ a: TensorStorage,
        transposed transposeA: Bool,
        _ b: TensorStorage,
        transposed transposeB: Bool,
        count: Int,
        m: Int,
        n: Int,
        k: Int
    ) -> TensorStorage {
        let result = TensorStorage(count: count * m * n)
        let (x, y, out) = (a.pointer, b.pointer, result.mutablePointer)
        let single = { (i: Int) in
            multiply(
                x + i * m * k,
                transposed: transposeA,
                y + i * k * n,
                transposed: transposeB,
                into: out + i * m * n,
                m: m,
                n: n,
                k: k
            )
        }
        if count >= WorkerPool.threads, count > 1 {
            WorkerPool.run(count, single)
        } else {
            for i in 0..<count { single(i) }
        }
        return result
    }
}

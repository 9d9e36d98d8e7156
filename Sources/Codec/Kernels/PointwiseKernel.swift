import CKernels

/// Loops over equal-sized storages, spread over threads when they are long.
enum PointwiseKernel {
    /// Elements one thread should have at least.
    static let grain = 32_768

    /// `a + b`.
    static func sum(_ a: TensorStorage, _ b: TensorStorage) -> TensorStorage {
        precondition(a.count == b.count)
        let result = TensorStorage(count: a.count)
        let (x, y, out) = (a.pointer, b.pointer, result.mutablePointer)
        WorkerPool.runRanges(a.count, grain: grain) { range in
            ck_add(x + range.lowerBound, y + range.lowerBound, out + range.lowerBound, range.count)
        }
        return result
    }
}

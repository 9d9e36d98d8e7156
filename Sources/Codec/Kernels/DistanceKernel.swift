import CKernels

/// The absolute difference of two storages of equal size, without storing it.
enum DistanceKernel {
    /// Σ |a − b|.
    static func absoluteDifference(_ a: TensorStorage, _ b: TensorStorage) -> Double {
        precondition(a.count == b.count)
        let (x, y) = (a.pointer, b.pointer)
        return ReductionKernel.rowSums(rows: 1, length: a.count) { ck_absolute_difference_sum(x + $0, y + $0, $1) }[0]
    }

    /// factor · sign(a − b).
    static func absoluteDifferenceGradient(_ a: TensorStorage, _ b: TensorStorage, factor: Float) -> TensorStorage {
        PointwiseKernel.map(a, b) { ck_absolute_difference_gradient($0, $1, factor, $2, $3) }
    }
}

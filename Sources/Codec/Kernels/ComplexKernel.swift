import CKernels

/// Loops over arrays of complex numbers, spread over threads when they are long.
enum ComplexKernel {
    /// |X|.
    static func magnitude(_ spectrum: TensorStorage) -> TensorStorage {
        real(of: spectrum) { ck_modulus($0, $1, $2) }
    }

    /// |X|².
    static func power(_ spectrum: TensorStorage) -> TensorStorage {
        real(of: spectrum) { ck_modulus_squared($0, $1, $2) }
    }

    /// The gradient of |X|, times the gradient that arrives at it.
    static func magnitudeGradient(
        _ spectrum: TensorStorage,
        magnitude: TensorStorage,
        gradient: TensorStorage
    ) -> TensorStorage {
        let result = TensorStorage(count: spectrum.count)
        let (x, m, g, out) = (spectrum.pointer, magnitude.pointer, gradient.pointer, result.mutablePointer)
        WorkerPool.runRanges(gradient.count, grain: PointwiseKernel.grain) { range in
            let start = range.lowerBound
            ck_modulus_gradient(x + 2 * start, m + start, g + start, out + 2 * start, range.count)
        }
        return result
    }

    /// The gradient of |X|², times the gradient that arrives at it.
    static func powerGradient(_ spectrum: TensorStorage, gradient: TensorStorage) -> TensorStorage {
        let result = TensorStorage(count: spectrum.count)
        let (x, g, out) = (spectrum.pointer, gradient.pointer, result.mutablePointer)
        WorkerPool.runRanges(gradient.count, grain: PointwiseKernel.grain) { range in
            let start = range.lowerBound
            ck_modulus_squared_gradient(x + 2 * start, g + start, out + 2 * start, range.count)
        }
        return result
    }

    private static func real(
        of spectrum: TensorStorage,
        _ loop: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> TensorStorage {
        let result = TensorStorage(count: spectrum.count / 2)
        let (x, out) = (spectrum.pointer, result.mutablePointer)
        WorkerPool.runRanges(result.count, grain: PointwiseKernel.grain) { range in
            loop(x + 2 * range.lowerBound, out + range.lowerBound, range.count)
        }
        return result
    }
}

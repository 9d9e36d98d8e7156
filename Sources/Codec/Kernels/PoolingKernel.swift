import CKernels

/// Average pooling of rows.
enum PoolingKernel {
    /// The windows of an average over time.
    struct Windows {
        var length: Int, kernel: Int, stride: Int, padding: Int
        var countsPadding: Bool

        var count: Int { (length + 2 * padding - kernel) / stride + 1 }
    }

    static func forward(_ x: TensorStorage, rows: Int, windows: Windows) -> TensorStorage {
        let result = TensorStorage(count: rows * windows.count)
        let (source, out) = (x.pointer, result.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, windows.length))) { range in
            for row in range {
                ck_average_pool(
                    source + row * windows.length,
                    windows.length,
                    out + row * windows.count,
                    windows.count,
                    windows.kernel,
                    windows.stride,
                    windows.padding,
                    windows.countsPadding ? 1 : 0
                )
            }
        }
        return result
    }

    static func backward(_ gradient: TensorStorage, rows: Int, windows: Windows) -> TensorStorage {
        let result = TensorStorage(count: rows * windows.length)
        let (source, out) = (gradient.pointer, result.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, windows.length))) { range in
            for row in range {
                ck_average_pool_gradient(
                    source + row * windows.count,
                    windows.count,
                    out + row * windows.length,
                    windows.length,
                    windows.kernel,
                    windows.stride,
                    windows.padding,
                    windows.countsPadding ? 1 : 0
                )
            }
        }
        return result
    }
}

import CKernels

/// Softmax and its logarithm over rows.
enum SoftmaxKernel {
    static func forward(_ x: TensorStorage, rows: Int, length: Int, logarithm: Bool) -> TensorStorage {
        let result = TensorStorage(count: x.count)
        let (source, out) = (x.pointer, result.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, length))) { range in
            for row in range {
                if logarithm {
                    ck_log_softmax(source + row * length, out + row * length, length)
                } else {
                    ck_softmax(source + row * length, out + row * length, length)
                }
            }
        }
        return result
    }

    /// y·(dy − Σ dy·y), or dy − eʸ·Σ dy for the logarithm.
    static func backward(_ gradient: TensorStorage, output: TensorStorage, rows: Int, length: Int, logarithm: Bool)
        -> TensorStorage
    {
        let result = TensorStorage(count: output.count)
        let (slope, y, out) = (gradient.pointer, output.pointer, result.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, length))) { range in
            for row in range {
                let offset = row * length
                if logarithm {
                    let sum = Float(ck_sum(slope + offset, length))
                    ck_exponential(y + offset, out + offset, length)
                    ck_combine(slope + offset, 1, out + offset, -sum, 0, out + offset, length)
                } else {
                    let sum = Float(ck_dot(slope + offset, y + offset, length))
                    ck_subtract_number(slope + offset, sum, out + offset, length)
                    ck_multiply(out + offset, y + offset, out + offset, length)
                }
            }
        }
        return result
    }
}

import CKernels

/// w = g · v / ‖v‖ for every row of v.
enum WeightNormalizationKernel {
    /// The rows scaled, and their norms before.
    static func forward(_ v: TensorStorage, _ g: TensorStorage, rows: Int, length: Int)
        -> (weight: TensorStorage, norms: TensorStorage)
    {
        let (weight, norms) = (TensorStorage(count: v.count), TensorStorage(count: rows))
        let (direction, size, out, norm) = (v.pointer, g.pointer, weight.mutablePointer, norms.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, length))) { range in
            for row in range {
                let source = direction + row * length
                norm[row] = Float(ck_dot(source, source, length).squareRoot())
                ck_multiply_number(source, size[row] / norm[row], out + row * length, length)
            }
        }
        return (weight, norms)
    }

    /// dg = Σ dw·v / ‖v‖ and dv = g/‖v‖ · (dw − dg · v/‖v‖).
    static func backward(
        _ gradient: TensorStorage,
        _ v: TensorStorage,
        _ g: TensorStorage,
        norms: TensorStorage,
        rows: Int,
        length: Int
    ) -> (v: TensorStorage, g: TensorStorage) {
        let (forV, forG) = (TensorStorage(count: v.count), TensorStorage(count: rows))
        let (slope, direction, size, norm) = (gradient.pointer, v.pointer, g.pointer, norms.pointer)
        let (outV, outG) = (forV.mutablePointer, forG.mutablePointer)
        WorkerPool.runRanges(rows, grain: max(1, PointwiseKernel.grain / max(1, length))) { range in
            for row in range {
                let offset = row * length
                let sizeGradient = Float(ck_dot(slope + offset, direction + offset, length) / Double(norm[row]))
                let scale = size[row] / norm[row]
                ck_combine(
                    slope + offset,
                    scale,
                    direction + offset,
                    -scale * sizeGradient / norm[row],
                    0,
                    outV + offset,
                    length
                )
                outG[row] = sizeGradient
            }
        }
        return (forV, forG)
    }
}

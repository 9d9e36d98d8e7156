import CKernels

/// Group normalisation of `[B, C, …]`: each group of channels of each item gets mean 0 and variance 1.
struct GroupNormalizationKernel {
    var batch: Int, channels: Int, groups: Int
    /// Values per channel of an item.
    var length: Int

    private var perGroup: Int { channels / groups }
    private var grain: Int { max(1, PointwiseKernel.grain / max(1, perGroup * length)) }

    /// y = (x − mean) / √(variance + ε) · weight + bias; also each group's mean and 1/√(variance + ε).
    func forward(_ x: TensorStorage, weight: TensorStorage?, bias: TensorStorage?, epsilon: Float)
        -> (result: TensorStorage, means: TensorStorage, inverses: TensorStorage)
    {
        let result = TensorStorage(count: x.count)
        let (means, inverses) = (TensorStorage(count: batch * groups), TensorStorage(count: batch * groups))
        let (source, out, mean, inverse) = (
            x.pointer, result.mutablePointer, means.mutablePointer, inverses.mutablePointer
        )
        let (scales, offsets) = (weight?.pointer, bias?.pointer)
        WorkerPool.runRanges(batch * groups, grain: grain) { range in
            for group in range {
                let start = group * perGroup * length
                let count = perGroup * length
                let center = Float(ck_sum(source + start, count) / Double(count))
                let variance = ck_sum_of_squares(source + start, center, count) / Double(count)
                mean[group] = center
                inverse[group] = Float(1 / (variance + Double(epsilon)).squareRoot())
                for c in 0..<perGroup {
                    let channel = group % groups * perGroup + c
                    ck_affine(
                        source + start + c * length,
                        center,
                        inverse[group] * (scales?[channel] ?? 1),
                        offsets?[channel] ?? 0,
                        out + start + c * length,
                        length
                    )
                }
            }
        }
        return (result, means, inverses)
    }

    /// The gradients of x, weight and bias.
    func backward(
        _ gradient: TensorStorage,
        _ x: TensorStorage,
        weight: TensorStorage?,
        means: TensorStorage,
        inverses: TensorStorage
    ) -> (x: TensorStorage, weight: TensorStorage, bias: TensorStorage) {
        let result = TensorStorage(count: x.count)
        let (slope, source, out) = (gradient.pointer, x.pointer, result.mutablePointer)
        let (mean, inverse, scales) = (means.pointer, inverses.pointer, weight?.pointer)
        // Per item and channel: Σ dy and Σ dy·x̂.
        var sums = [Double](repeating: 0, count: 2 * batch * channels)
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let sums = buffer.baseAddress else { return }
            WorkerPool.runRanges(batch * groups, grain: grain) { range in
                for group in range {
                    let (center, scale) = (Double(mean[group]), Double(inverse[group]))
                    var (total, projected) = (0.0, 0.0)
                    for c in 0..<perGroup {
                        let row = group * perGroup + c
                        let weight = Double(scales?[row % channels] ?? 1)
                        let sum = ck_sum(slope + row * length, length)
                        let product = ck_dot(slope + row * length, source + row * length, length)
                        sums[2 * row] = sum
                        sums[2 * row + 1] = (product - center * sum) * scale
                        total += weight * sum
                        projected += weight * sums[2 * row + 1]
                    }
                    let count = Double(perGroup * length)
                    let slopeOfX = -scale * scale * projected / count
                    let constant = -slopeOfX * center - scale * total / count
                    for c in 0..<perGroup {
                        let row = group * perGroup + c
                        ck_combine(
                            slope + row * length,
                            Float(scale) * (scales?[row % channels] ?? 1),
                            source + row * length,
                            Float(slopeOfX),
                            Float(constant),
                            out + row * length,
                            length
                        )
                    }
                }
            }
        }
        let (forWeight, forBias) = (TensorStorage(count: channels), TensorStorage(count: channels))
        let (outWeight, outBias) = (forWeight.mutablePointer, forBias.mutablePointer)
        for channel in 0..<channels {
            let rows = stride(from: channel, to: batch * channels, by: channels)
            outBias[channel] = Float(rows.reduce(0.0) { $0 + sums[2 * $1] })
            outWeight[channel] = Float(rows.reduce(0.0) { $0 + sums[2 * $1 + 1] })
        }
        return (result, forWeight, forBias)
    }
}

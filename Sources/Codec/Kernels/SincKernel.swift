import CKernels

/// Resampling of rows by a ``SincFilter``, and its transpose. Rows are padded so that every output's samples lie inside.
struct SincKernel {
    /// Values of a padded row, and of a resampled one.
    let inputCount: Int, outputCount: Int
    private let filter: SincFilter
    /// The weights of outputs 0, 1, …, until they repeat.
    private let weights: [Float]
    private let phaseCount: Int

    /// Resampling of rows of `length` values, to which ``padding`` is added first.
    init(_ filter: SincFilter, length: Int) {
        self.filter = filter
        outputCount = filter.outputCount(of: length)
        phaseCount = min(filter.outputStep, outputCount)
        weights = (0..<phaseCount).flatMap { filter.weights(of: $0) }
        let behind = outputCount > 0 ? filter.center(of: outputCount - 1) + filter.reach + 2 - length : 0
        padding = (filter.reach, max(0, behind))
        inputCount = length + padding.left + padding.right
    }

    /// What stands before and behind a row.
    let padding: (left: Int, right: Int)

    func forward(_ x: TensorStorage, rows: Int) -> TensorStorage {
        let result = TensorStorage(count: rows * outputCount)
        let (source, out) = (x.pointer, result.mutablePointer)
        weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            nonisolated(unsafe) let taps = weights  // Only read.
            WorkerPool.runRanges(rows, grain: grain) { range in
                for row in range {
                    for output in 0..<outputCount {
                        let first = row * inputCount + filter.center(of: output)
                        let product = ck_dot(
                            source + first,
                            taps + output % phaseCount * filter.tapCount,
                            filter.tapCount
                        )
                        out[row * outputCount + output] = Float(product)
                    }
                }
            }
        }
        return result
    }

    func backward(_ gradient: TensorStorage, rows: Int) -> TensorStorage {
        let result = TensorStorage(count: rows * inputCount, repeating: 0)
        let (source, out) = (gradient.pointer, result.mutablePointer)
        weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            nonisolated(unsafe) let taps = weights  // Only read.
            WorkerPool.runRanges(rows, grain: grain) { range in
                for row in range {
                    for output in 0..<outputCount {
                        ck_add_scaled(
                            source[row * outputCount + output],
                            taps + output % phaseCount * filter.tapCount,
                            out + row * inputCount + filter.center(of: output),
                            filter.tapCount
                        )
                    }
                }
            }
        }
        return result
    }

    /// Rows that are worth a thread.
    private var grain: Int { max(1, PointwiseKernel.grain / max(1, outputCount * filter.tapCount / 4)) }
}

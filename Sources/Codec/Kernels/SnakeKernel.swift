import CKernels

/// Snake per channel of `[B, C, T]`.
enum SnakeKernel {
    /// Samples a thread takes at a time.
    private static let stretch = 16_384

    /// x + sin²(αx) / (α + ε) with α per channel.
    static func forward(_ x: TensorStorage, _ alpha: TensorStorage, epsilon: Float, channels: Int, length: Int)
        -> TensorStorage
    {
        let result = TensorStorage(count: x.count)
        let (source, alphas, out) = (x.pointer, alpha.pointer, result.mutablePointer)
        forEachStretch(rows: length > 0 ? x.count / length : 0, length: length) { row, start, count in
            let a = alphas[row % channels]
            ck_snake(source + row * length + start, a, 1 / (a + epsilon), out + row * length + start, count)
        }
        return result
    }

    /// The gradients of x (when wanted) and α.
    static func backward(
        _ x: TensorStorage,
        _ alpha: TensorStorage,
        gradient: TensorStorage,
        epsilon: Float,
        channels: Int,
        length: Int,
        wantsInput: Bool
    ) -> (x: TensorStorage?, alpha: TensorStorage) {
        let result = wantsInput ? TensorStorage(count: x.count) : nil
        let rows = length > 0 ? x.count / length : 0
        let perRow = (length + stretch - 1) / stretch
        let (source, alphas, slope, out) = (x.pointer, alpha.pointer, gradient.pointer, result?.mutablePointer)
        var sums = [Double](repeating: 0, count: 2 * rows * perRow)
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let sums = buffer.baseAddress else { return }
            forEachStretch(rows: rows, length: length) { row, start, count in
                let a = alphas[row % channels]
                let offset = row * length + start
                ck_snake_gradient(
                    source + offset,
                    slope + offset,
                    a,
                    1 / (a + epsilon),
                    out.map { $0 + offset },
                    sums + 2 * (row * perRow + start / stretch),
                    count
                )
            }
        }
        let alphaGradient = TensorStorage(count: channels)
        let target = alphaGradient.mutablePointer
        for channel in 0..<channels {
            var (product, square) = (0.0, 0.0)
            for row in Swift.stride(from: channel, to: rows, by: channels) {
                for piece in (row * perRow)..<((row + 1) * perRow) {
                    product += sums[2 * piece]
                    square += sums[2 * piece + 1]
                }
            }
            let r = 1 / Double(alphas[channel] + epsilon)
            target[channel] = Float(r * product - r * r * square)
        }
        return (result, alphaGradient)
    }

    private static func forEachStretch(rows: Int, length: Int, _ body: (Int, Int, Int) -> Void) {
        let perRow = (length + stretch - 1) / stretch
        let grain = max(1, PointwiseKernel.grain / max(1, min(stretch, length)))
        WorkerPool.runRanges(rows * perRow, grain: grain) { range in
            for index in range {
                let (row, piece) = index.quotientAndRemainder(dividingBy: perRow)
                body(row, piece * stretch, min(stretch, length - piece * stretch))
            }
        }
    }
}

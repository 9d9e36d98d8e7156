import Codec

/// What the windows of a ``LayerCopy`` see and what dense weights make of it, at whole windows only, so that no padding takes part.
struct LayerWindows {
    private let copy: LayerCopy
    private let dilation: [Int]
    private let pick: Tensor

    /// Windows with the layer's dilation, or at most `largestDilation`.
    init(_ copy: LayerCopy, largestDilation: Int = .max) {
        self.copy = copy
        dilation = copy.layer.dilation.map { min($0, largestDilation) }
        let count = copy.groupRegressors
        var values = [Float](repeating: 0, count: count * count)
        for row in 0..<count { values[row * count + row] = 1 }
        pick = Tensor(values, shape: [count, copy.groupChannels] + copy.kernel)
    }

    /// The inputs that one window spans along each dimension.
    var span: [Int] { zip(copy.kernel, dilation).map { ($0 - 1) * $1 + 1 } }

    /// One group's inputs, a row per regressor and a column per window: `[groupRegressors, N]`.
    func inputs(ofGroup group: Int, in input: Tensor, strides: [Int]) -> Tensor {
        let first = group * copy.groupChannels
        let own = input.sliced(dimension: 1, range: first..<(first + copy.groupChannels))
        return outputs(of: pick, on: own, strides: strides)
    }

    /// What dense weights `[n, channels, taps…]` make of an input: `[n, N]`.
    func outputs(of weights: Tensor, on input: Tensor, strides: [Int]) -> Tensor {
        let result =
            copy.kernel.count == 1
            ? input.conv1d(weights, stride: strides[0], dilation: dilation[0])
            : input.conv2d(weights, stride: (strides[0], strides[1]), dilation: (dilation[0], dilation[1]))
        return result.reshaped([weights.shape[0], result.count / weights.shape[0]])
    }
}

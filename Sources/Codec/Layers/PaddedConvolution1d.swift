/// A convolution that pads its input so that every `stride` samples give exactly one output (EnCodec's `SConv1d`).
///
/// With total = (K−1)·dilation + 1 − stride, causal layers pad `total` on the left; others pad half of it on the right, rounded
/// down, and the rest on the left. Enough is added on the right that the last window is full: T samples give ⌈T/stride⌉.
public final class PaddedConvolution1d: Layer {
    private let convolution: Convolution1d
    private let normalized: NormalizedConvolution
    private let isCausal: Bool
    private let padding: SEANetPadding

    /// A convolution under `normalization`; weights begin as PyTorch's default.
    public init(
        _ inputChannels: Int,
        _ outputChannels: Int,
        kernel: Int,
        stride: Int = 1,
        dilation: Int = 1,
        isCausal: Bool,
        padding: SEANetPadding,
        normalization: SEANetNormalization,
        using random: inout some RandomNumberGenerator
    ) {
        precondition((kernel - 1) * dilation + 1 >= stride, "a stride longer than the window skips samples")
        convolution = Convolution1d(
            inputChannels,
            outputChannels,
            kernel: kernel,
            stride: stride,
            dilation: dilation,
            normalization: normalization.ofWeights,
            using: &random
        )
        normalized = NormalizedConvolution("conv", convolution, channels: outputChannels, normalization: normalization)
        self.isCausal = isCausal
        self.padding = padding
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("conv", normalized)] }

    public override func forward(_ input: Tensor) -> Tensor {
        let total = (convolution.kernel - 1) * convolution.dilation + 1 - convolution.stride
        let right = (isCausal ? 0 : total / 2)
        let padded = padded(input, left: total - right, right: right + missing(length: input.shape[2], padding: total))
        return normalized(padded)
    }

    /// Samples that the last window lacks.
    private func missing(length: Int, padding: Int) -> Int {
        let first = convolution.kernel - padding
        let further = max(0, length - first + convolution.stride - 1) / convolution.stride
        return max(0, first + further * convolution.stride - length)
    }

    /// Reflection needs more samples than it mirrors: shorter inputs are first extended by zeros, which are cut off again.
    private func padded(_ input: Tensor, left: Int, right: Int) -> Tensor {
        guard left > 0 || right > 0 else { return input }
        switch padding {
        case .zero: return input.padded(left: left, right: right, mode: .zero)
        case .reflect:
            let zeros = max(0, max(left, right) + 1 - input.shape[2])
            let extended = zeros > 0 ? input.padded(left: 0, right: zeros, mode: .zero) : input
            let mirrored = extended.padded(left: left, right: right, mode: .reflect)
            return zeros > 0 ? mirrored.sliced(dimension: 2, range: 0..<(mirrored.shape[2] - zeros)) : mirrored
        }
    }
}

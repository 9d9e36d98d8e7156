/// A transposed convolution cut to exactly `stride` times its input's length (EnCodec's `SConvTranspose1d`).
///
/// It makes K − stride samples too many. Causal layers cut ⌈that · `trimRightRatio`⌉ of them on the right and the rest on the left;
/// others half on the right, rounded down.
public final class PaddedConvolutionTranspose1d: Layer {
    private let convolution: ConvolutionTranspose1d
    private let normalized: NormalizedConvolution
    private let trimmed: (left: Int, right: Int)

    /// A transposed convolution under `normalization`; weights begin as PyTorch's default.
    public init(
        _ inputChannels: Int,
        _ outputChannels: Int,
        kernel: Int,
        stride: Int,
        isCausal: Bool,
        trimRightRatio: Double,
        normalization: SEANetNormalization,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(kernel >= stride, "a transposed convolution needs a window at least as long as its stride")
        precondition((0...1).contains(trimRightRatio), "trimRightRatio is a share, but is \(trimRightRatio)")
        convolution = ConvolutionTranspose1d(
            inputChannels,
            outputChannels,
            kernel: kernel,
            stride: stride,
            normalization: normalization.ofWeights,
            using: &random
        )
        normalized = NormalizedConvolution(
            "convtr",
            convolution,
            channels: outputChannels,
            normalization: normalization
        )
        let total = kernel - stride
        let right = isCausal ? Int((Double(total) * trimRightRatio).rounded(.up)) : total / 2
        trimmed = (total - right, right)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("convtr", normalized)] }

    public override func forward(_ input: Tensor) -> Tensor {
        let full = normalized(input)
        guard trimmed.left > 0 || trimmed.right > 0 else { return full }
        return full.sliced(dimension: 2, range: trimmed.left..<(full.shape[2] - trimmed.right))
    }
}

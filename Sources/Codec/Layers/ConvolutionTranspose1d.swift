/// The transpose of a strided convolution along time (PyTorch's `ConvTranspose1d`):
/// `[B, Cin, T]` to `[B, Cout, (T−1)·stride − 2·padding + dilation·(K−1) + outputPadding + 1]`.
public final class ConvolutionTranspose1d: Layer, ConvolutionalLayer {
    /// Channels in and out, window length, and the steps between inputs and between taps, in samples of the output.
    public let inputChannels: Int, outputChannels: Int, kernel: Int, stride: Int, dilation: Int
    /// Channels are cut into this many groups that do not see each other.
    public let groups: Int
    /// Samples cut from both sides, while ``usesPadding``.
    public let padding: Int
    /// Samples added on the right, which odd strides need to give back exactly `stride` times the input.
    public let outputPadding: Int
    /// Whether the output is cropped by ``padding``; chunked coding turns it off.
    public var usesPadding = true

    private let weight: NormalizedWeight
    private let bias: Tensor?

    /// Weight and bias begin as PyTorch's default U(±1/√(Cout/groups·K)): it takes the fan from dimension 1 of `[Cin, Cout/groups, K]`.
    public init(
        _ inputChannels: Int,
        _ outputChannels: Int,
        kernel: Int,
        stride: Int = 1,
        padding: Int = 0,
        outputPadding: Int = 0,
        dilation: Int = 1,
        groups: Int = 1,
        hasBias: Bool = true,
        normalization: WeightNormalization = .none,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(inputChannels % groups == 0 && outputChannels % groups == 0, "groups must divide the channels")
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.outputPadding = outputPadding
        self.dilation = dilation
        self.groups = groups
        let shape = [inputChannels, outputChannels / groups, kernel]
        weight = NormalizedWeight(shape, normalization: normalization, spectralDimension: 1, using: &random)
        bias = hasBias ? .parameter(uniform: NormalizedWeight.bound(shape), [outputChannels], using: &random) : nil
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] { weight.parameters(with: bias) }
    public override var ownBuffers: [(name: String, tensor: Tensor)] { weight.buffers }

    public override func forward(_ input: Tensor) -> Tensor {
        input.convTranspose1d(
            weight.weight(isTraining: isTraining),
            bias: bias,
            stride: stride,
            padding: usesPadding ? padding : 0,
            outputPadding: outputPadding,
            dilation: dilation,
            groups: groups
        )
    }

    public override func substitute(for name: String, from stored: (String) -> Tensor?) -> Tensor? {
        weight.substitute(for: name, from: stored)
    }

    var paddedSamples: Int { 0 }

    func outputLength(_ length: Int) -> Int {
        unpaddedLength(length) + outputPadding - (usesPadding ? 2 * padding : 0)
    }

    func unpaddedLength(_ length: Int) -> Int { (length - 1) * stride + dilation * (kernel - 1) + 1 }

    func neededLength(_ length: Int) -> Int {
        let reach = dilation * (kernel - 1) + 1
        return -floorDivision(reach - length, stride) + 1
    }
}

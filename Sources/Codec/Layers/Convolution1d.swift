/// Cross-correlation along time (PyTorch's `Conv1d`): `[B, Cin, T]` to `[B, Cout, (T + 2·padding − dilation·(K−1) − 1)/stride + 1]`.
public final class Convolution1d: Layer, ConvolutionalLayer, ActivatedConvolution {
    /// Channels in and out, window length, and the steps between outputs and between taps, in samples of the input.
    public let inputChannels: Int, outputChannels: Int, kernel: Int, stride: Int, dilation: Int
    /// Channels are cut into this many groups that do not see each other.
    public let groups: Int
    /// Zeros on both sides, in samples, while ``usesPadding``.
    public let padding: Int
    /// Whether the input is padded; chunked coding turns it off.
    public var usesPadding = true

    private let weight: NormalizedWeight
    private let bias: Tensor?

    /// Weight and bias begin as PyTorch's default U(±1/√(Cin/groups·K)); with `zeroBias` the bias begins at 0.
    public init(
        _ inputChannels: Int,
        _ outputChannels: Int,
        kernel: Int,
        stride: Int = 1,
        padding: Int = 0,
        dilation: Int = 1,
        groups: Int = 1,
        hasBias: Bool = true,
        zeroBias: Bool = false,
        normalization: WeightNormalization = .none,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(inputChannels % groups == 0 && outputChannels % groups == 0, "groups must divide the channels")
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
        let shape = [outputChannels, inputChannels / groups, kernel]
        weight = NormalizedWeight(shape, normalization: normalization, using: &random)
        if hasBias {
            bias =
                zeroBias
                ? .parameter(repeating: 0, [outputChannels])
                : .parameter(uniform: NormalizedWeight.bound(shape), [outputChannels], using: &random)
        } else {
            bias = nil
        }
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] { weight.parameters(with: bias) }
    public override var ownBuffers: [(name: String, tensor: Tensor)] { weight.buffers }

    /// The weight that is convolved with, its normalisation applied; `[Cout, Cin/groups, K…]`.
    public var effectiveWeight: Tensor { withoutGradients { weight.weight(isTraining: false) } }

    public override func forward(_ input: Tensor) -> Tensor { forward(input, leakySlope: nil) }

    func forward(_ input: Tensor, leakySlope: Float?) -> Tensor {
        let zeros = usesPadding ? padding : 0
        return input.conv1d(
            weight.weight(isTraining: isTraining),
            bias: bias,
            stride: stride,
            padding: (zeros, zeros),
            dilation: dilation,
            groups: groups,
            leakySlope: leakySlope
        )
    }

    public override func substitute(for name: String, from stored: (String) -> Tensor?) -> Tensor? {
        weight.substitute(for: name, from: stored)
    }

    var paddedSamples: Int { usesPadding ? 2 * padding : 0 }

    func outputLength(_ length: Int) -> Int { unpaddedLength(length + paddedSamples) }

    func unpaddedLength(_ length: Int) -> Int {
        let reach = dilation * (kernel - 1) + 1
        return floorDivision(length - reach, stride) + 1
    }

    func neededLength(_ length: Int) -> Int { (length - 1) * stride + dilation * (kernel - 1) + 1 }
}

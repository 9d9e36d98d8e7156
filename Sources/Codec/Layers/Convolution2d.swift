/// Cross-correlation over height and width (PyTorch's `Conv2d`): `[B, Cin, H, W]` to `[B, Cout, H', W']`.
public final class Convolution2d: Layer, ActivatedConvolution {
    /// Channels in and out.
    public let inputChannels: Int, outputChannels: Int
    /// Window, step, zeros on both sides and step between taps, each along height and width.
    public let kernel: (Int, Int), stride: (Int, Int), padding: (Int, Int), dilation: (Int, Int)
    /// Channels are cut into this many groups that do not see each other.
    public let groups: Int

    private let weight: NormalizedWeight
    private let bias: Tensor?

    /// Weight and bias begin as PyTorch's default U(±1/√(Cin/groups·KH·KW)).
    public init(
        _ inputChannels: Int,
        _ outputChannels: Int,
        kernel: (Int, Int),
        stride: (Int, Int) = (1, 1),
        padding: (Int, Int) = (0, 0),
        dilation: (Int, Int) = (1, 1),
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
        self.dilation = dilation
        self.groups = groups
        let shape = [outputChannels, inputChannels / groups, kernel.0, kernel.1]
        weight = NormalizedWeight(shape, normalization: normalization, using: &random)
        bias = hasBias ? .parameter(uniform: NormalizedWeight.bound(shape), [outputChannels], using: &random) : nil
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] { weight.parameters(with: bias) }
    public override var ownBuffers: [(name: String, tensor: Tensor)] { weight.buffers }

    /// The weight that is convolved with, its normalisation applied; `[Cout, Cin/groups, K…]`.
    public var effectiveWeight: Tensor { withoutGradients { weight.weight(isTraining: false) } }

    public override func forward(_ input: Tensor) -> Tensor { forward(input, leakySlope: nil) }

    func forward(_ input: Tensor, leakySlope: Float?) -> Tensor {
        input.conv2d(
            weight.weight(isTraining: isTraining),
            bias: bias,
            stride: stride,
            padding: padding,
            dilation: dilation,
            groups: groups,
            leakySlope: leakySlope
        )
    }

    public override func substitute(for name: String, from stored: (String) -> Tensor?) -> Tensor? {
        weight.substitute(for: name, from: stored)
    }
}

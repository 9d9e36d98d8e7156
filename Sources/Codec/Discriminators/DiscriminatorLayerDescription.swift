/// One convolution of a discriminator, as data.
public struct DiscriminatorLayerDescription: Sendable, Hashable, Codable {
    /// State-dict name below the sub-discriminator: "convs.0.0", "conv_post".
    public var name: String
    /// Channels in and out.
    public var inputChannels: Int, outputChannels: Int
    /// Taps, steps between outputs, steps between taps and values added on both sides: one number along time, or two along rows and
    /// columns.
    public var kernel: [Int], stride: [Int], dilation: [Int], padding: [Int]
    /// What is added on both sides: zeros, or for MelGAN's first layer the signal reflected.
    public var paddingMode: PaddingMode
    /// Channels are cut into this many groups that do not see each other.
    public var groups: Int
    /// How the weight is parametrised.
    public var normalization: WeightNormalization
    /// LeakyReLU below 0 after the convolution; nil without an activation.
    public var slope: Float?
    /// Whether a bias is added per output channel.
    public var hasBias: Bool

    /// A convolution. `stride`, `dilation` and `padding` may be left out: 1, 1, and what keeps the length at stride 1 with an odd kernel.
    public init(
        _ name: String,
        _ inputChannels: Int,
        _ outputChannels: Int,
        kernel: [Int],
        stride: [Int]? = nil,
        dilation: [Int]? = nil,
        padding: [Int]? = nil,
        paddingMode: PaddingMode = .zero,
        groups: Int = 1,
        normalization: WeightNormalization = .weight,
        slope: Float?,
        hasBias: Bool = true
    ) {
        self.name = name
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.kernel = kernel
        self.stride = stride ?? kernel.map { _ in 1 }
        self.dilation = dilation ?? kernel.map { _ in 1 }
        self.padding = padding ?? zip(kernel, self.dilation).map { ($0 - 1) * $1 / 2 }
        self.paddingMode = paddingMode
        self.groups = groups
        self.normalization = normalization
        self.slope = slope
        self.hasBias = hasBias
    }

    /// The weight's shape, `[Cout, Cin/groups, K…]`.
    public var weightShape: [Int] { [outputChannels, inputChannels / groups] + kernel }
    /// Values of the folded weight.
    public var weightCount: Int { weightShape.reduce(1, *) }
    /// The inputs one output is a weighted sum of.
    public var fanIn: Int { inputChannels / groups * kernel.reduce(1, *) }
    /// Parameters: weight, bias if any, and with weight normalisation one norm per output channel.
    public var parameterCount: Int {
        weightCount + outputChannels * ((normalization == .weight ? 1 : 0) + (hasBias ? 1 : 0))
    }

    /// The same layer without groups.
    public var dense: DiscriminatorLayerDescription {
        var layer = self
        layer.groups = 1
        return layer
    }
}

/// DAC's decoder: `[B, latent, L]` to `[B, 1, T]` in −1…1, with T = L · hop when all rates are even.
public final class DACDecoder: Layer {
    private let model: Sequential

    /// A decoder of this configuration.
    public init(configuration: DACConfiguration, using random: inout some RandomNumberGenerator) {
        var channels = configuration.decoderDimension
        var layers: [Layer] = [
            Convolution1d(
                configuration.resolvedLatentDimension,
                channels,
                kernel: 7,
                padding: 3,
                zeroBias: true,
                normalization: .weight,
                using: &random
            )
        ]
        for (stage, rate) in configuration.decoderRates.enumerated() {
            let outputs = configuration.decoderDimension >> (stage + 1)
            layers.append(
                DACDecoderBlock(
                    inputChannels: channels,
                    outputChannels: outputs,
                    stride: rate,
                    outputPadding: configuration.compensatesOddStrides ? rate % 2 : 0,
                    using: &random
                )
            )
            channels = outputs
        }
        layers.append(Snake1d(channels: channels))
        layers.append(
            Convolution1d(
                channels,
                1,
                kernel: 7,
                padding: 3,
                zeroBias: true,
                normalization: .weight,
                using: &random
            )
        )
        layers.append(Activation.tanh())
        model = Sequential(layers)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("model", model)] }
    public override func forward(_ input: Tensor) -> Tensor { model(input) }
    override func run(_ input: consuming Tensor) -> Tensor { model(input) }
}

/// Snake, a transposed convolution, and three residual units with dilations 1, 3 and 9: `[B, Cin, T]` to
/// `[B, Cout, T·stride]`, one sample less for an odd stride without output padding.
public final class DACDecoderBlock: Layer {
    private let block: Sequential

    /// A block that multiplies time by `stride`.
    public init(
        inputChannels: Int,
        outputChannels: Int,
        stride: Int,
        outputPadding: Int = 0,
        using random: inout some RandomNumberGenerator
    ) {
        var layers: [Layer] = [
            Snake1d(channels: inputChannels),
            ConvolutionTranspose1d(
                inputChannels,
                outputChannels,
                kernel: 2 * stride,
                stride: stride,
                padding: (stride + 1) / 2,
                outputPadding: outputPadding,
                normalization: .weight,
                using: &random
            ),
        ]
        for dilation in [1, 3, 9] {
            layers.append(DACResidualUnit(channels: outputChannels, dilation: dilation, using: &random))
        }
        block = Sequential(layers)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("block", block)] }
    public override func forward(_ input: Tensor) -> Tensor { block(input) }
    override func run(_ input: consuming Tensor) -> Tensor { block(input) }
}

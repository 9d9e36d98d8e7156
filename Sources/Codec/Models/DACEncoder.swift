/// DAC's encoder: `[B, 1, T]` to `[B, latent, T / hop]`.
public final class DACEncoder: Layer {
    private let block: Sequential

    /// An encoder of this configuration.
    public init(configuration: DACConfiguration, using random: inout some RandomNumberGenerator) {
        var channels = configuration.encoderDimension
        var layers: [Layer] = [
            Convolution1d(
                1,
                channels,
                kernel: 7,
                padding: 3,
                zeroBias: true,
                normalization: .weight,
                using: &random
            )
        ]
        for rate in configuration.encoderRates {
            channels *= 2
            layers.append(DACEncoderBlock(outputChannels: channels, stride: rate, using: &random))
        }
        layers.append(Snake1d(channels: channels))
        layers.append(
            Convolution1d(
                channels,
                configuration.resolvedLatentDimension,
                kernel: 3,
                padding: 1,
                zeroBias: true,
                normalization: .weight,
                using: &random
            )
        )
        block = Sequential(layers)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("block", block)] }
    public override func forward(_ input: Tensor) -> Tensor { block(input) }
    override func run(_ input: consuming Tensor) -> Tensor { block(input) }
}

/// Three residual units with dilations 1, 3 and 9, Snake, and a strided convolution that doubles the channels:
/// `[B, C/2, T]` to `[B, C, T / stride]`.
public final class DACEncoderBlock: Layer {
    private let block: Sequential

    /// A block with half of `outputChannels` going in.
    public init(outputChannels: Int, stride: Int, using random: inout some RandomNumberGenerator) {
        let channels = outputChannels / 2
        var layers: [Layer] = []
        for dilation in [1, 3, 9] {
            layers.append(DACResidualUnit(channels: channels, dilation: dilation, using: &random))
        }
        layers.append(Snake1d(channels: channels))
        layers.append(
            Convolution1d(
                channels,
                outputChannels,
                kernel: 2 * stride,
                stride: stride,
                padding: (stride + 1) / 2,
                zeroBias: true,
                normalization: .weight,
                using: &random
            )
        )
        block = Sequential(layers)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("block", block)] }
    public override func forward(_ input: Tensor) -> Tensor { block(input) }
    override func run(_ input: consuming Tensor) -> Tensor { block(input) }
}

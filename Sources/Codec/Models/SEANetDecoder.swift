/// Latents `[B, dimension, L]` to audio `[B, channels, L·hop]` (EnCodec's `SEANetDecoder`).
///
/// Convolution; LSTM; then per stage ELU, a transposed convolution of twice its stride and residual blocks; ELU; convolution.
public final class SEANetDecoder: Layer {
    private let model: Sequential

    /// A decoder with random weights. The sizes must be valid; see ``SEANetConfiguration/validate()``.
    public init(_ configuration: SEANetConfiguration, using random: inout some RandomNumberGenerator) {
        var channels = configuration.filters << configuration.ratios.count
        var layers: [Layer] = [
            configuration.convolution(
                configuration.dimension,
                channels,
                kernel: configuration.kernelSize,
                using: &random
            )
        ]
        layers += configuration.recurrence(channels: channels, using: &random)
        for ratio in configuration.ratios {
            layers += [
                Activation.elu(),
                PaddedConvolutionTranspose1d(
                    channels,
                    channels / 2,
                    kernel: 2 * ratio,
                    stride: ratio,
                    isCausal: configuration.isCausal,
                    trimRightRatio: configuration.trimRightRatio,
                    normalization: configuration.normalization,
                    using: &random
                ),
            ]
            channels /= 2
            layers += configuration.residualBlocks(channels: channels, using: &random)
        }
        layers += [
            Activation.elu(),
            configuration.convolution(
                channels,
                configuration.channels,
                kernel: configuration.lastKernelSize,
                using: &random
            ),
        ]
        model = Sequential(layers)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("model", model)] }

    public override func forward(_ input: Tensor) -> Tensor { model(input) }
}

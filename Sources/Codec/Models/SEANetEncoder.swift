/// Audio `[B, channels, T]` to latents `[B, dimension, ⌈T/hop⌉]` (EnCodec's `SEANetEncoder`).
///
/// Convolution, then per stage residual blocks, ELU and a strided convolution of twice its stride; LSTM; ELU; convolution.
public final class SEANetEncoder: Layer {
    private let model: Sequential

    /// An encoder with random weights. The sizes must be valid; see ``SEANetConfiguration/validate()``.
    public init(_ configuration: SEANetConfiguration, using random: inout some RandomNumberGenerator) {
        var channels = configuration.filters
        var layers: [Layer] = [
            configuration.convolution(
                configuration.channels,
                channels,
                kernel: configuration.kernelSize,
                using: &random
            )
        ]
        for ratio in configuration.ratios.reversed() {
            layers += configuration.residualBlocks(channels: channels, using: &random)
            layers += [
                Activation.elu(),
                configuration.convolution(channels, 2 * channels, kernel: 2 * ratio, stride: ratio, using: &random),
            ]
            channels *= 2
        }
        layers += configuration.recurrence(channels: channels, using: &random)
        layers += [
            Activation.elu(),
            configuration.convolution(
                channels,
                configuration.dimension,
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

/// A stage's residual block: ELU, dilated convolution to fewer channels, ELU, convolution of one sample back; plus the input,
/// through a convolution of one sample or as it is. `[B, C, T]` in and out.
final class SEANetResidualBlock: Layer {
    private let block: Sequential
    private let shortcut: PaddedConvolution1d?

    init(
        channels: Int,
        dilation: Int,
        _ configuration: SEANetConfiguration,
        using random: inout some RandomNumberGenerator
    ) {
        let inner = channels / configuration.compression
        block = Sequential([
            Activation.elu(),
            configuration.convolution(
                channels,
                inner,
                kernel: configuration.residualKernelSize,
                dilation: dilation,
                using: &random
            ),
            Activation.elu(),
            configuration.convolution(inner, channels, kernel: 1, using: &random),
        ])
        shortcut =
            configuration.usesTrueSkip
            ? nil : configuration.convolution(channels, channels, kernel: 1, using: &random)
        super.init()
    }

    override var children: [(name: String, layer: Layer)] {
        [("block", block)] + (shortcut.map { [("shortcut", $0)] } ?? [])
    }

    override func forward(_ input: Tensor) -> Tensor {
        (shortcut.map { $0(input) } ?? input) + block(input)
    }
}

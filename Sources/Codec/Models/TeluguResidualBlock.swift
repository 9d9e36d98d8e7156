/// Group norm, Snake, causal convolution of 3, group norm, Snake, convolution of 1; plus the input. `[B, C, T]` in and out.
///
/// Its convolutions have no weight normalisation, and Snake divides by α itself.
final class TeluguResidualBlock: Layer {
    private let parts: [(name: String, layer: Layer)]

    init(channels: Int, using random: inout some RandomNumberGenerator) {
        parts = [
            ("norm1", GroupNormalization(groups: 1, channels: channels)),
            ("snake1", Snake1d(channels: channels, epsilon: 0)),
            ("conv1", Convolution1d(channels, channels, kernel: 3, using: &random)),
            ("norm2", GroupNormalization(groups: 1, channels: channels)),
            ("snake2", Snake1d(channels: channels, epsilon: 0)),
            ("conv2", Convolution1d(channels, channels, kernel: 1, using: &random)),
        ]
        super.init()
    }

    override var children: [(name: String, layer: Layer)] { parts }

    override func forward(_ input: Tensor) -> Tensor {
        input
            + parts.reduce(input) { signal, part in
                part.layer(part.name == "conv1" ? signal.padded(left: 2, right: 0, mode: .zero) : signal)
            }
    }
}

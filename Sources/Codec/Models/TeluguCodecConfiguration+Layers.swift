extension TeluguCodecConfiguration {
    /// Channels after the first convolution and each of the four halvings.
    private var widths: [Int] { (0..<5).map { width << $0 } }

    /// A first convolution, four halvings with a residual block each, and the stride of 5.
    func encoder(using random: inout some RandomNumberGenerator) -> Sequential {
        var layers: [Layer] = [down(1, width, kernel: 7, stride: 1, padding: 3, using: &random)]
        for (inputs, outputs) in zip(widths, widths.dropFirst()) {
            layers.append(down(inputs, outputs, kernel: 4, stride: 2, padding: 1, using: &random))
            layers.append(TeluguResidualBlock(channels: outputs, using: &random))
        }
        layers.append(down(widths[4], latentDimension, kernel: 10, stride: 5, padding: 2, using: &random))
        return Sequential(layers)
    }

    /// The encoder backwards, but with a last doubling that keeps its channels, a plain convolution and tanh.
    func decoder(using random: inout some RandomNumberGenerator) -> Sequential {
        var layers: [Layer] = [
            down(latentDimension, widths[4], kernel: 7, stride: 1, padding: 3, using: &random),
            up(widths[4], widths[3], kernel: 10, stride: 5, padding: 2, using: &random),
            TeluguResidualBlock(channels: widths[3], using: &random),
        ]
        for stage in (0..<3).reversed() {
            layers.append(up(widths[stage + 1], widths[stage], kernel: 4, stride: 2, padding: 1, using: &random))
            layers.append(TeluguResidualBlock(channels: widths[stage], using: &random))
        }
        layers.append(up(width, width, kernel: 4, stride: 2, padding: 1, using: &random))
        layers.append(Convolution1d(width, 1, kernel: 7, padding: 3, using: &random))
        layers.append(Activation.tanh())
        return Sequential(layers)
    }

    private func down(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        stride: Int,
        padding: Int,
        using random: inout some RandomNumberGenerator
    ) -> Layer {
        Convolution1d(
            inputs,
            outputs,
            kernel: kernel,
            stride: stride,
            padding: padding,
            normalization: .weight,
            using: &random
        )
    }

    private func up(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        stride: Int,
        padding: Int,
        using random: inout some RandomNumberGenerator
    ) -> Layer {
        ConvolutionTranspose1d(
            inputs,
            outputs,
            kernel: kernel,
            stride: stride,
            padding: padding,
            normalization: .weight,
            using: &random
        )
    }
}

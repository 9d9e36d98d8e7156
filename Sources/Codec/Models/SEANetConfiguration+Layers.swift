extension SEANetConfiguration {
    /// A convolution with this configuration's padding and normalisation.
    func convolution(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        stride: Int = 1,
        dilation: Int = 1,
        using random: inout some RandomNumberGenerator
    ) -> PaddedConvolution1d {
        PaddedConvolution1d(
            inputs,
            outputs,
            kernel: kernel,
            stride: stride,
            dilation: dilation,
            isCausal: isCausal,
            padding: padding,
            normalization: normalization,
            using: &random
        )
    }

    /// The residual blocks of a stage with this many channels.
    func residualBlocks(channels: Int, using random: inout some RandomNumberGenerator) -> [Layer] {
        var dilation = 1
        return (0..<residualLayers).map { _ in
            defer { dilation *= dilationBase }
            return SEANetResidualBlock(channels: channels, dilation: dilation, self, using: &random)
        }
    }

    /// The recurrent part, if any.
    func recurrence(channels: Int, using random: inout some RandomNumberGenerator) -> [Layer] {
        recurrentLayers > 0 ? [SEANetRecurrence(channels: channels, layers: recurrentLayers, using: &random)] : []
    }
}

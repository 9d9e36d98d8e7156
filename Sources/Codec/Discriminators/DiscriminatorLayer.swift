/// A convolution of a ``SubDiscriminator`` with its padding and activation. Its tensors are the convolution's.
public final class DiscriminatorLayer: Layer {
    /// What it is.
    public let description: DiscriminatorLayerDescription
    /// A ``Convolution1d`` or a ``Convolution2d``.
    public let convolution: Layer

    init(_ description: DiscriminatorLayerDescription, using random: inout some RandomNumberGenerator) {
        self.description = description
        let padding = description.paddingMode == .zero ? description.padding : description.padding.map { _ in 0 }
        let (kernel, stride, dilation) = (description.kernel, description.stride, description.dilation)
        if kernel.count == 1 {
            convolution = Convolution1d(
                description.inputChannels,
                description.outputChannels,
                kernel: kernel[0],
                stride: stride[0],
                padding: padding[0],
                dilation: dilation[0],
                groups: description.groups,
                hasBias: description.hasBias,
                normalization: description.normalization,
                using: &random
            )
        } else {
            convolution = Convolution2d(
                description.inputChannels,
                description.outputChannels,
                kernel: (kernel[0], kernel[1]),
                stride: (stride[0], stride[1]),
                padding: (padding[0], padding[1]),
                dilation: (dilation[0], dilation[1]),
                groups: description.groups,
                hasBias: description.hasBias,
                normalization: description.normalization,
                using: &random
            )
        }
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("", convolution)] }

    public override func forward(_ input: Tensor) -> Tensor {
        var signal = input
        if description.paddingMode != .zero {
            for (index, count) in description.padding.enumerated() where count > 0 {
                signal = signal.padded(dimension: 2 + index, left: count, right: count, mode: description.paddingMode)
            }
        }
        if let slope = description.slope, slope >= 0, let convolution = convolution as? any ActivatedConvolution {
            return convolution.forward(signal, leakySlope: slope)
        }
        let output = convolution(signal)
        return description.slope.map { output.leakyRelu(slope: $0) } ?? output
    }
}

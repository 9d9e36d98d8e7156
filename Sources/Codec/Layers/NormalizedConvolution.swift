/// A convolution and what normalises its output (EnCodec's `NormConv1d`, `NormConvTranspose1d`).
final class NormalizedConvolution: Layer {
    private let name: String
    private let convolution: Layer
    private let normalization: GroupNormalization?

    init(_ name: String, _ convolution: Layer, channels: Int, normalization: SEANetNormalization) {
        self.name = name
        self.convolution = convolution
        self.normalization =
            normalization == .timeGroup ? GroupNormalization(groups: 1, channels: channels) : nil
        super.init()
    }

    override var children: [(name: String, layer: Layer)] {
        [(name, convolution)] + (normalization.map { [("norm", $0)] } ?? [])
    }

    override func forward(_ input: Tensor) -> Tensor {
        let output = convolution(input)
        return normalization.map { $0(output) } ?? output
    }
}

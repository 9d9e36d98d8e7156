/// x + (Snake, a dilated convolution of 7, Snake, a convolution of 1): `[B, C, T]` in and out.
///
/// Without padding the output is shorter, and x is cropped by the same amount on both sides.
public final class DACResidualUnit: Layer {
    private let block: Sequential
    private let wide: Convolution1d

    /// A unit of `channels`; the wide convolution looks `dilation` samples apart.
    public init(channels: Int, dilation: Int, using random: inout some RandomNumberGenerator) {
        wide = Convolution1d(
            channels,
            channels,
            kernel: 7,
            padding: 3 * dilation,
            dilation: dilation,
            zeroBias: true,
            normalization: .weight,
            using: &random
        )
        let pointwise = Convolution1d(
            channels,
            channels,
            kernel: 1,
            zeroBias: true,
            normalization: .weight,
            using: &random
        )
        block = Sequential([Snake1d(channels: channels), wide, Snake1d(channels: channels), pointwise])
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("block", block)] }

    public override func forward(_ input: Tensor) -> Tensor {
        let reach = wide.padding
        if wide.usesPadding, let length = TiledResidual.pieceLength(of: input.shape, reach: reach) {
            return TiledResidual.run(input, pieceLength: length, reach: reach) { block($0) }
        }
        let result = block(input)
        let crop = (input.shape[2] - result.shape[2]) / 2
        guard crop > 0 else { return input + result }
        return input.sliced(dimension: 2, range: crop..<(input.shape[2] - crop)) + result
    }
}

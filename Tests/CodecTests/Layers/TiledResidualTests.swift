import Codec
import Testing

/// Long signals are computed in pieces when no gradients are wanted; nobody must notice.
@Suite struct TiledResidualTests {
    /// 64 channels: pieces have 16384 samples, so 50001 are four pieces, the last one short.
    @Test(arguments: [1, 3, 9], [1, 2]) func piecesGiveTheSameAsTheWhole(dilation: Int, batch: Int) {
        var random = RandomSource(seed: 3)
        let unit = DACResidualUnit(channels: 64, dilation: dilation, using: &random)
        let input = Tensor.normal([batch, 64, 50_001], using: &random)
        // A recorder wants the activations inside and so forbids pieces.
        let recorder = ActivationRecorder(model: unit)
        let whole = withoutGradients { recorder.recording { unit(input) } }
        let pieces = withoutGradients { unit(input) }
        #expect(recorder.activations["block.3"]?.shape == [batch, 64, 50_001])
        #expect(pieces.values == whole.values)
    }

    @Test func aNaNReachesOnlyWhatSeesIt() {
        var random = RandomSource(seed: 4)
        let unit = DACResidualUnit(channels: 64, dilation: 9, using: &random)
        var values = Tensor.normal([1, 64, 50_001], using: &random).values
        values[16_390] = .nan
        let output = withoutGradients { unit(Tensor(values, shape: [1, 64, 50_001])) }.values
        let poisoned = (0..<50_001).filter { output[$0].isNaN }
        #expect(poisoned == (-3...3).map { 16_390 + 9 * $0 })
    }
}

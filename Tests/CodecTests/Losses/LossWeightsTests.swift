import Codec
import Testing

@Suite struct LossWeightsTests {
    @Test func onlyWeightedTermsAct() {
        let mel = Tensor([2], shape: [], requiresGradient: true)
        let waveform = Tensor([100], shape: [], requiresGradient: true)
        let total = LossWeights.dac.total(of: [
            ("waveform/loss", waveform), ("mel/loss", mel), ("vq/commitment_loss", Tensor(4)),
        ])
        #expect(total.item == 31)
        total.backward()
        #expect(mel.gradient?.item == 15)
        #expect(waveform.gradient == nil)
    }

    @Test func nothingWeighsNothing() {
        #expect(LossWeights([]).total(of: [("mel/loss", Tensor(1))]).item == 0)
        #expect(LossWeights.dac.total(of: []).item == 0)
    }

    @Test func aNaNTermMakesTheTotalNaNUnlessItDoesNotAct() {
        #expect(LossWeights.dac.total(of: [("mel/loss", Tensor(.nan))]).item.isNaN)
        #expect(LossWeights.dac.total(of: [("stft/loss", Tensor(.nan)), ("mel/loss", Tensor(1))]).item == 15)
    }

    @Test func presetsAreThePublishedOnes() {
        #expect(LossWeights.dac["mel/loss"] == 15)
        #expect(LossWeights.dacDefaults["mel/loss"] == 100)
        #expect(LossWeights.dac.entries.dropFirst() == LossWeights.dacDefaults.entries.dropFirst())
        #expect(LossWeights.originFailing["waveform/loss"] == 0.1)
        #expect(LossWeights.originFixed["adv/feat_loss"] == 10)
        #expect(LossWeights.encodec["msspec/loss"] == 2)
        #expect(LossWeights.encodec["stft/loss"] == nil)
    }

    @Test func weightsAreReplacedAddedAndLeftOut() {
        let weights: LossWeights = ["a": 1, "b": 2]
        #expect(weights.replacing("a", with: 3) == ["a": 3, "b": 2])
        #expect(weights.replacing("c", with: 3) == ["a": 1, "b": 2, "c": 3])
        #expect(weights.replacing("a", with: nil) == ["b": 2])
    }
}

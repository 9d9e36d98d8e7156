import Codec
import CodecTestSupport
import Testing

@Suite struct SignalMeasureTests {
    private func noise(_ shape: [Int], seed: UInt64) -> Tensor {
        var random = RandomSource(seed: seed)
        return Tensor.normal(shape, using: &random)
    }

    /// `signal` later by `delay` samples, silence before (or after) it.
    private func delayed(_ signal: Tensor, by delay: Int) -> Tensor {
        delay >= 0
            ? signal.padded(left: delay, right: 0).sliced(dimension: 2, range: 0..<signal.shape[2])
            : signal.padded(left: 0, right: -delay).sliced(dimension: 2, range: -delay..<(signal.shape[2] - delay))
    }

    @Test func measuresFollowTheirFormulas() {
        let reference = Tensor([1, -1, 2, -2, 0, 0, 3, 3], shape: [2, 1, 4])
        let estimate = Tensor([0.5, -0.5, 1, -1, 3, 3, 0, 0], shape: [2, 1, 4])
        // Errors: 0.25 + 0.25 + 1 + 1 of 10; 4·9 of 18.
        let snr = SignalToNoiseRatio()(estimate, reference: reference)
        #expect(abs(snr.values[0] - 6.0206) < 1e-4)
        #expect(abs(snr.values[1] + 3.0103) < 1e-4)
        #expect(AmplitudeRatio()(estimate, reference: reference).values == [0.5, 1])
        let correlation = SignalCorrelation()(estimate, reference: reference).values
        #expect(abs(correlation[0] - 1) < 1e-6 && abs(correlation[1] + 1) < 1e-6)
    }

    @Test func measuresHaveExactGradients() {
        let (x, y) = (noise([2, 1, 40], seed: 1), noise([2, 1, 40], seed: 2))
        #expect(GradientCheck.largestError(of: [x, y]) { SignalToNoiseRatio()($0[0], reference: $0[1]) } < 1e-2)
        #expect(GradientCheck.largestError(of: [x, y]) { AmplitudeRatio()($0[0], reference: $0[1]) } < 1e-2)
        #expect(GradientCheck.largestError(of: [x, y]) { SignalCorrelation()($0[0], reference: $0[1]) } < 1e-2)
        #expect(GradientCheck.largestError(of: [x, y]) { SISDRLoss(reduction: .none)($0[0], reference: $0[1]) } < 1e-2)
    }

    @Test func measuresOfSilenceAreInfiniteOrNaN() {
        let (silence, sound) = (Tensor(repeating: 0, shape: [1, 1, 8]), noise([1, 1, 8], seed: 3))
        #expect(SignalToNoiseRatio()(sound, reference: sound).item == .infinity)
        #expect(SignalToNoiseRatio()(sound, reference: silence).item == -.infinity)
        #expect(SignalToNoiseRatio()(silence, reference: sound).item == 0)
        #expect(SignalToNoiseRatio()(silence, reference: silence).item.isNaN)
        #expect(AmplitudeRatio()(silence, reference: sound).item == 0)
        #expect(AmplitudeRatio()(sound, reference: silence).item == .infinity)
        #expect(SignalCorrelation()(silence, reference: sound).item.isNaN)
    }

    @Test(arguments: [0, 1, -1, 37, -200, 256]) func findsTheDelay(delay: Int) {
        let reference = noise([1, 2, 4000], seed: 4)
        let estimate = delayed(reference, by: delay) * 0.3 + noise([1, 2, 4000], seed: 5) * 0.1
        #expect(SignalDelay.find(estimate, reference: reference, within: 256) == delay)
        let (late, early) = SignalDelay.removed(from: estimate, reference: reference, within: 256)
        #expect(late.shape == [1, 2, 4000 - abs(delay)])
        #expect(SignalCorrelation()(late, reference: early).item > 0.9)
    }

    @Test func compensationRestoresSISDRItemByItem() {
        let reference = noise([2, 1, 3000], seed: 6)
        let disturbed = reference * 0.5 + noise([2, 1, 3000], seed: 7) * 0.05
        let estimate = Tensor.concatenated(
            [
                delayed(disturbed.sliced(dimension: 0, range: 0..<1), by: 20),
                delayed(disturbed.sliced(dimension: 0, range: 1..<2), by: -7),
            ],
            dimension: 0
        )
        let blind = SISDRLoss(reduction: .none)(estimate, reference: reference).values
        let aligned = SISDRLoss(reduction: .none, maximumDelay: 64)(estimate, reference: reference).values
        for item in 0..<2 {
            #expect(blind[item] > 10)
            #expect(abs(aligned[item] + 20) < 0.5)
        }
        let error = GradientCheck.largestError(of: [estimate]) {
            SISDRLoss(maximumDelay: 64)($0[0], reference: reference)
        }
        #expect(error < 1e-2)
    }

    @Test func noDelayIsFoundWhereNothingIsComparable() {
        let (silence, broken) = (Tensor(repeating: 0, shape: [1, 1, 50]), Tensor(repeating: .nan, shape: [1, 1, 50]))
        #expect(SignalDelay.find(silence, reference: silence, within: 10) == 0)
        #expect(SignalDelay.find(broken, reference: silence, within: 10) == 0)
        #expect(SignalDelay.find(Tensor([1], shape: [1]), reference: Tensor([1], shape: [1]), within: 10) == 0)
    }
}

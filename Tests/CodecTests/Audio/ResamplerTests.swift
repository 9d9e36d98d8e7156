import Codec
import Testing

struct ResamplerTests {
    private static let rates = [
        (16_000, 44_100), (44_100, 16_000), (44_100, 24_000), (48_000, 44_100), (22_050, 16_000),
    ]

    /// The part of a signal away from both ends, where the filter sees no edge.
    private func middle(_ samples: [Float]) -> [Float] {
        Array(samples[(samples.count / 4)..<(3 * samples.count / 4)])
    }

    private func signalToNoise(_ reference: [Float], _ result: [Float]) -> Double {
        SignalMetrics.snr(reference: reference, degraded: result)
    }

    @Test(arguments: rates, Resampler.Quality.allCases)
    func aSineStaysThatSineInPhaseAndLevel(rates: (Int, Int), quality: Resampler.Quality) throws {
        let input = TestSignals.sine(1_000, sampleRate: rates.0, count: rates.0, phase: 0.3)
        let output = try AudioSignal(mono: input, sampleRate: rates.0).resampled(to: rates.1, quality: quality)
        #expect(output.sampleRate == rates.1 && output.frameCount == rates.1)
        let expected = TestSignals.sine(1_000, sampleRate: rates.1, count: rates.1, phase: 0.3)
        let ratio = signalToNoise(middle(expected), middle(output.channels[0]))
        #expect(ratio > (quality == .high ? 110 : 130), "\(ratio) dB")
    }

    @Test func thereAndBackKeepsTheSignal() throws {
        let input = TestSignals.sine(3_000, sampleRate: 16_000, count: 16_001)
        let signal = AudioSignal(mono: input, sampleRate: 16_000)
        let back = try signal.resampled(to: 44_100).resampled(to: 16_000)
        #expect(back.frameCount >= signal.frameCount && back.frameCount <= signal.frameCount + 1)
        let ratio = signalToNoise(middle(input), middle(Array(back.channels[0].prefix(input.count))))
        #expect(ratio > 105, "\(ratio) dB")
    }

    @Test(arguments: [0, 1, 2, 159, 160, 161, 99_991])
    func lengthsAreRoundedUp(count: Int) throws {
        for (from, to) in Self.rates {
            let result = try AudioSignal(mono: [Float](repeating: 0.1, count: count), sampleRate: from).resampled(
                to: to
            )
            #expect(result.frameCount == (count * to + from - 1) / from)
        }
    }

    @Test(arguments: [1, 37, 5_000])
    func blocksDoNotChangeTheResult(blockLength: Int) throws {
        let signal = TestSignals.noise(seed: 8, channels: 2, count: 20_000, sampleRate: 44_100)
        let whole = try signal.resampled(to: 16_000)
        let resampler = try Resampler(from: 44_100, to: 16_000, channelCount: 2)
        var channels: [[Float]] = [[], []]
        for start in stride(from: 0, to: signal.frameCount, by: blockLength) {
            let length = min(blockLength, signal.frameCount - start)
            let ready = try resampler.process(signal.segment(from: start, count: length).channels)
            for channel in 0..<2 { channels[channel] += ready[channel] }
        }
        let rest = try resampler.finish()
        for channel in 0..<2 { channels[channel] += rest[channel] }
        #expect(channels == whole.channels)
    }

    @Test func aboveTheNewNyquistNothingPasses() throws {
        let tone = AudioSignal(mono: TestSignals.sine(10_000, sampleRate: 44_100, count: 44_100), sampleRate: 44_100)
        let result = try tone.resampled(to: 16_000)
        #expect(AudioSignal(mono: middle(result.channels[0]), sampleRate: 16_000).rmsLevel < -110)
    }

    @Test func nanStaysVisibleAndAbsurdRatesAreRefused() throws {
        var samples = [Float](repeating: 0, count: 4_000)
        samples[2_000] = .nan
        let result = try AudioSignal(mono: samples, sampleRate: 16_000).resampled(to: 24_000)
        #expect(result.nonFiniteCount > 0)
        #expect(throws: ResamplerError.rates(from: 16_000, to: 0)) {
            try AudioSignal(mono: samples, sampleRate: 16_000).resampled(to: 0)
        }
        #expect(throws: ResamplerError.rates(from: 1, to: 44_100)) {
            try AudioSignal(mono: samples, sampleRate: 1).resampled(to: 44_100)
        }
    }
}

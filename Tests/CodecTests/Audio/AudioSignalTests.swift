import Codec
import Testing

struct AudioSignalTests {
    @Test func monoIsTheMeanOfChannels() {
        let signal = AudioSignal(channels: [[1, 0, -1], [0, 0.5, -1]], sampleRate: 8_000)
        #expect(signal.mono.channels == [[0.5, 0.25, -1]])
        #expect(signal.duration == 3.0 / 8_000)
    }

    @Test(arguments: [
        (0, 3, [1, 2, 3]), (1, 2, [2, 3]), (1, 4, [2, 3, 0, 0]), (-2, 3, [0, 0, 1]), (-5, 2, [0, 0]), (7, 2, [0, 0]),
        (2, 0, []), (-1, 5, [0, 1, 2, 3, 0]),
    ])
    func segmentsAreFilledWithZeros(start: Int, count: Int, expected: [Float]) {
        #expect(AudioSignal(mono: [1, 2, 3], sampleRate: 1).segment(from: start, count: count).channels == [expected])
    }

    @Test func levelsAreThoseOfKnownWaves() {
        let sine = AudioSignal(
            mono: TestSignals.sine(100, sampleRate: 8_000, count: 8_000, amplitude: 1),
            sampleRate: 8_000
        )
        #expect(abs(sine.rmsLevel + 3.0103) < 1e-3)
        #expect(abs(sine.amplified(by: -6).rmsLevel + 9.0103) < 1e-3)
        #expect(AudioSignal(mono: [1, -1, 1], sampleRate: 1).rmsLevel == 0)
        #expect(AudioSignal(mono: [0, 0], sampleRate: 1).rmsLevel == -.infinity)
        #expect(AudioSignal(mono: [], sampleRate: 1).rmsLevel == -.infinity)
        #expect(AudioSignal(mono: [0, .nan], sampleRate: 1).rmsLevel.isNaN)
    }

    @Test func peaksSeeEverySample() {
        #expect(AudioSignal(channels: [[0.5, -0.7], [0.1, 0.2]], sampleRate: 1).peak == 0.7)
        #expect(AudioSignal(mono: [], sampleRate: 1).peak == 0)
        #expect(AudioSignal(mono: [1, .nan, 2], sampleRate: 1).peak.isNaN)
        #expect(AudioSignal(mono: [1, -.infinity, 2], sampleRate: 1).peak == .infinity)
        #expect(AudioSignal(mono: [.nan, .infinity, 0], sampleRate: 1).nonFiniteCount == 2)
    }

    @Test func onlyChannelsBeyondTheLimitAreScaled() {
        let signal = AudioSignal(channels: [[2, -4], [0.5, -1], [0, 0]], sampleRate: 1)
        #expect(signal.limitingPeak().channels == [[0.5, -1], [0.5, -1], [0, 0]])
        #expect(signal.limitingPeak(to: 0.5).channels == [[0.25, -0.5], [0.25, -0.5], [0, 0]])
    }
}

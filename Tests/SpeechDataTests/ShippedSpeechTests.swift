import Codec
import SpeechData
import Testing

struct ShippedSpeechTests {
    private let signals: [AudioSignal]

    init() throws { signals = try ShippedSpeech.signals() }

    @Test func aMinuteOfMonoAtSixteenKilohertz() {
        #expect(signals.allSatisfy { $0.sampleRate == 16_000 && $0.channelCount == 1 })
        #expect((50...70).contains(signals.map(\.duration).reduce(0, +)))
        #expect(signals.count == 12 && signals.allSatisfy { (4...6.5).contains($0.duration) })
    }

    @Test func everyClipIsLoudAndNeverAtFullScale() {
        for signal in signals {
            #expect((-20 ... -15).contains(signal.rmsLevel))
            #expect((0.5...0.96).contains(signal.peak))
        }
    }

    @Test func theClipsDiffer() {
        #expect(Set(signals.map { $0.channels[0].prefix(20_000).map(\.bitPattern) }).count == signals.count)
    }

    @Test func everyClipIsVoicedSpeech() {
        // Voiced speech repeats itself after one period of its pitch, 1/300 to 1/70 s; noise does not.
        for signal in signals {
            let starts = Array(stride(from: 0, to: signal.frameCount - 1200, by: 4_000))
            let voiced = starts.count { periodicity(Array(signal.channels[0][$0..<($0 + 1200)])) > 0.5 }
            #expect(Double(voiced) > 0.35 * Double(starts.count))
        }
    }

    /// The largest autocorrelation at a period of speech, relative to the energy.
    private func periodicity(_ samples: [Float]) -> Float {
        func product(_ lag: Int) -> Float {
            var sum: Float = 0
            for index in 0..<(samples.count - lag) { sum += samples[index] * samples[index + lag] }
            return sum
        }
        return (53...228).reduce(0) { max($0, product($1)) } / product(0)
    }
}

import Codec
import CodecTestSupport
import Testing

struct LoudnessTests {
    /// The signals of `goldens_audio.py`: noise whose amplitude changes every tenth of a second.
    private func shapedNoise(rate: Int, channels: Int, frames: Int, seed: Int, amplitudes: [Float]) -> AudioSignal {
        AudioSignal(
            channels: (0..<channels).map { channel in
                let noise = TestSignals.noise(seed: UInt32(seed + 7_919 * channel), count: frames, amplitude: 1)
                return noise.indices.map { noise[$0] * amplitudes[$0 * 10 / rate % amplitudes.count] }
            },
            sampleRate: rate
        )
    }

    @Test func everySignalHasTheLoudnessThatAudiotoolsMeasures() throws {
        let golden = try Golden("audio")
        let cases = try golden("loudness.cases")
        let expected = try golden("loudness.values").values
        for index in expected.indices {
            let row = cases.values[(4 * index)..<(4 * index + 4)].map { Int($0) }
            let signal = shapedNoise(
                rate: row[0],
                channels: row[1],
                frames: row[2],
                seed: row[3],
                amplitudes: try golden("loudness.\(index).amplitudes").values
            )
            let difference = signal.loudness - Double(expected[index])
            #expect(abs(difference) < 2e-3, "\(row): \(signal.loudness) against \(expected[index])")
        }
    }

    @Test func normalisationIsThatOfDAC() throws {
        let golden = try Golden("audio")
        func signal(_ name: String) throws -> AudioSignal {
            let tensor = try golden("normalised.\(name)")
            let frames = tensor.shape[1]
            return AudioSignal(
                channels: (0..<2).map { Array(tensor.values[($0 * frames)..<(($0 + 1) * frames)]) },
                sampleRate: 16_000
            )
        }
        let normalised = try signal("input").normalized(toLoudness: -16)
        let limited = normalised.limitingPeak()
        for (result, reference) in [(normalised, try signal("loudness")), (limited, try signal("limited"))] {
            for (a, b) in zip(result.channels.joined(), reference.channels.joined()) {
                #expect(abs(a - b) < 1e-5 * Float(reference.peak))
            }
        }
        #expect(abs(normalised.loudness + 16) < 1e-4)
    }

    /// BS.1770-4: a 0 dBFS sine of 997 Hz in one front channel reads −3.01 LKFS; audiotools' filters give −3.05 at 48 kHz.
    @Test(arguments: [16_000, 24_000, 44_100, 48_000, 96_000, 192_000])
    func theReferenceToneReadsAsTheStandardSays(rate: Int) {
        let tone = TestSignals.sine(997, sampleRate: rate, count: 3 * rate, amplitude: 1)
        let mono = AudioSignal(mono: tone, sampleRate: rate)
        #expect(abs(mono.loudness + 3.01) < 0.1)
        let stereo = AudioSignal(channels: [tone, tone], sampleRate: rate)
        #expect(abs(stereo.loudness - mono.loudness - 3.0103) < 1e-3)
        #expect(abs(mono.amplified(by: -20).loudness - mono.loudness + 20) < 1e-3)
    }

    @Test func channelsCountByTheirPosition() {
        let tone = TestSignals.sine(997, sampleRate: 48_000, count: 48_000)
        let silence = [Float](repeating: 0, count: 48_000)
        func loudness(channel: Int, of count: Int) -> Double {
            let channels = (0..<count).map { $0 == channel ? tone : silence }
            return AudioSignal(channels: channels, sampleRate: 48_000).loudness
        }
        let front = loudness(channel: 0, of: 6)
        #expect(abs(loudness(channel: 2, of: 6) - front) < 1e-9)
        #expect(loudness(channel: 3, of: 6) == LoudnessMeter.floor)
        #expect(abs(loudness(channel: 5, of: 6) - front - 1.4922) < 1e-3)
        #expect(abs(loudness(channel: 4, of: 5) - front - 1.4922) < 1e-3)
        var meter = LoudnessMeter(sampleRate: 48_000, channelCount: 1, weights: [2])
        meter.add([tone])
        #expect(abs(meter.integratedLoudness - front - 3.0103) < 1e-3)
    }

    @Test(arguments: [1, 441, 10_000])
    func blocksDoNotChangeTheLoudness(blockLength: Int) {
        let signal = TestSignals.noise(seed: 51, channels: 2, count: 50_000, sampleRate: 11_025)
        var meter = LoudnessMeter(sampleRate: 11_025, channelCount: 2)
        for start in stride(from: 0, to: signal.frameCount, by: blockLength) {
            meter.add(signal.segment(from: start, count: min(blockLength, signal.frameCount - start)).channels)
        }
        #expect(abs(meter.integratedLoudness - signal.loudness) < 1e-9)
    }

    @Test func silenceIsTheFloorAndNaNIsNaN() {
        for count in [0, 1, 8_000, 100_000] {
            let silence = AudioSignal(mono: [Float](repeating: 0, count: count), sampleRate: 16_000)
            #expect(silence.loudness == -70)
            #expect(silence.normalized(toLoudness: -16) == silence)
        }
        for value in [Float.nan, .infinity] {
            var samples = TestSignals.noise(seed: 3, count: 20_000)
            samples[10_000] = value
            #expect(AudioSignal(mono: samples, sampleRate: 16_000).loudness.isNaN)
        }
        #expect(AudioSignal(mono: TestSignals.noise(seed: 3, count: 20_000), sampleRate: 2_000).loudness.isNaN)
    }
}

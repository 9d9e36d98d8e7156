import Codec
import Probe
import Testing

@Suite struct ProbeAudioTests {
    @Test func segmentsHaveTheOriginsLevelAndImitationsStandBesideThem() throws {
        let audio = try ProbeAudio.make(from: TinyNets.speech(), sampleRate: 16_000, seed: 3)
        #expect(audio.training.real.count >= 8 && audio.heldOut.real.count >= 2)
        for split in [audio.training, audio.heldOut] {
            #expect(split.decoded.count == split.real.count && split.degraded.count == split.real.count)
            for (real, decoded) in zip(split.real, split.decoded) {
                #expect(real.count == audio.segmentLength && decoded.count == audio.segmentLength)
                #expect(level(real) <= 0.1581 && level(real) > 0.08)
                #expect(abs(level(decoded) / level(real) - 0.85) < 0.01)
                #expect(abs(correlation(real, decoded)) < 0.2)
            }
            for (real, degraded) in zip(split.real, split.degraded) {
                #expect(abs(level(degraded) / level(real) - 1) < 0.3)
                #expect(abs(correlation(real, degraded)) < 0.95)
                // The spectrum's outline survives, the waveform does not.
                #expect(correlation(magnitudes(real), magnitudes(degraded)) > 0.6)
            }
        }
    }

    @Test func equalSeedsGiveEqualAudio() throws {
        let speech = try TinyNets.speech()
        let first = try ProbeAudio.make(from: speech, sampleRate: 16_000, seed: 3)
        let second = try ProbeAudio.make(from: speech, sampleRate: 16_000, seed: 3)
        let other = try ProbeAudio.make(from: speech, sampleRate: 16_000, seed: 4)
        #expect(first.training.degraded == second.training.degraded && first.heldOut.decoded == second.heldOut.decoded)
        #expect(first.training.degraded != other.training.degraded)
    }

    @Test(arguments: [1, 5]) func heldOutAudioIsNotTrainedWith(files: Int) throws {
        // A ramp over all files: the quotient of a segment's last and first sample tells where it began.
        let signals = (0..<files).map { file in
            AudioSignal(mono: (0..<60_000).map { Float(1 + file * 60_000 + $0) }, sampleRate: 16_000)
        }
        let audio = try ProbeAudio.make(from: signals, sampleRate: 16_000, segmentLength: 4096, seed: 0)
        func starts(_ segments: [[Float]]) -> [Double] {
            segments.map { segment in
                let quotient = Double(segment[segment.count - 1]) / Double(segment[0])
                return (4096 - quotient) / (quotient - 1)
            }
        }
        let training = starts(audio.training.real)
        for start in starts(audio.heldOut.real) { #expect(training.allSatisfy { abs($0 - start) > 4000 }) }
    }

    @Test func audioOfAnyRateAndChannelsIsTaken() throws {
        let signal = AudioSignal(
            channels: [tone(seconds: 6, rate: 44_100), tone(seconds: 6, rate: 44_100)],
            sampleRate: 44_100
        )
        let audio = try ProbeAudio.make(from: [signal], sampleRate: 24_000, seed: 0)
        #expect(audio.sampleRate == 24_000 && audio.training.real.allSatisfy { $0.count == 8192 })
    }

    /// What may be given by mistake.
    enum Mistake: CaseIterable {
        case nothing, empty, silence, notFinite, short

        var signals: [AudioSignal] {
            let samples: [Float] =
                switch self {
                case .nothing, .empty: []
                case .silence: [Float](repeating: 0, count: 100_000)
                case .notFinite: [0.1, .nan, 0.2, .infinity]
                case .short: [Float](repeating: 0.5, count: 16_384)
                }
            return self == .nothing ? [] : [AudioSignal(mono: samples, sampleRate: 16_000)]
        }

        var error: ProbeAudioError {
            switch self {
            case .nothing, .empty: .noAudio
            case .silence: .silent
            case .notFinite: .nonFinite(signal: 0, samples: 2)
            case .short: .tooShort(seconds: 1.024, needed: 3.072)
            }
        }
    }

    @Test(arguments: Mistake.allCases) func audioThatCannotBeUsedIsAnError(_ mistake: Mistake) {
        #expect(throws: mistake.error) {
            try ProbeAudio.make(from: mistake.signals, sampleRate: 16_000, seed: 0)
        }
        #expect(!mistake.error.description.isEmpty)
    }

    private func tone(seconds: Int, rate: Int) -> [Float] {
        (0..<(seconds * rate)).map { 0.3 * Float(($0 * 440 / rate) % 2 == 0 ? 1 : -1) }
    }

    private func magnitudes(_ samples: [Float]) -> [Float] {
        Tensor(samples, shape: [1, samples.count]).stft(STFTConfiguration(transformLength: 512)).magnitude().values
    }

    private func level(_ samples: [Float]) -> Double {
        (samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(samples.count)).squareRoot()
    }

    private func correlation(_ a: [Float], _ b: [Float]) -> Double {
        let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / Double(a.count)
        return product / (level(a) * level(b))
    }
}

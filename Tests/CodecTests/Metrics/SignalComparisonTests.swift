import Codec
import Testing

struct SignalComparisonTests {
    /// Noise and a copy that is late, quieter and a little distorted.
    private func pair(delay: Int, count: Int = 100_000, channels: Int = 1) -> (AudioSignal, AudioSignal) {
        let reference = TestSignals.noise(seed: 21, channels: channels, count: count)
        let disturbance = TestSignals.noise(seed: 99, channels: channels, count: count)
        let late = reference.segment(from: -delay, count: count)
        let degraded = zip(late.channels, disturbance.channels).map { zip($0, $1).map { 0.8 * $0 + 0.04 * $1 } }
        return (reference, AudioSignal(channels: degraded, sampleRate: 16_000))
    }

    @Test(arguments: [0, 8, -8, 1_000], [1, 3])
    func comparisonEqualsTheSingleMeasures(delay: Int, channels: Int) throws {
        let (reference, degraded) = pair(delay: delay, channels: channels)
        let comparison = try SignalComparison(reference: reference, degraded: degraded)
        let (x, y) = (reference.channels.flatMap(\.self), degraded.channels.flatMap(\.self))
        #expect(comparison.delay == delay)
        #expect(abs(comparison.snr - SignalMetrics.snr(reference: x, degraded: y)) < 1e-9)
        #expect(abs(comparison.siSDR - SignalMetrics.siSDR(reference: x, degraded: y)) < 1e-6)
        #expect(abs(comparison.correlation - SignalMetrics.correlation(reference: x, degraded: y)) < 1e-12)
        #expect(abs(comparison.amplitudeRatio - SignalMetrics.amplitudeRatio(reference: x, degraded: y)) < 1e-12)
        #expect(
            abs(comparison.meanAbsoluteDifference - SignalMetrics.meanAbsoluteDifference(reference: x, degraded: y))
                < 1e-12
        )
        let aligned = zip(reference.channels, degraded.channels).map { SignalMetrics.aligned($0, $1, delay: delay) }
        let (a, b) = (aligned.flatMap(\.0), aligned.flatMap(\.1))
        #expect(abs(comparison.alignedSISDR - SignalMetrics.siSDR(reference: a, degraded: b)) < 1e-6)
        #expect(abs(comparison.alignedSNR - SignalMetrics.snr(reference: a, degraded: b)) < 1e-6)
        #expect(abs(comparison.alignedCorrelation - SignalMetrics.correlation(reference: a, degraded: b)) < 1e-9)
        #expect(abs(comparison.loudnessDifference - (degraded.loudness - reference.loudness)) < 1e-9)
        #expect(comparison.alignedSISDR > 25 && (delay == 0 || comparison.siSDR < 0))
    }

    @Test(arguments: [1_000, 4_096, 33_333])
    func blocksDoNotChangeTheResult(blockLength: Int) throws {
        let (reference, degraded) = pair(delay: -37)
        let whole = try SignalComparison(reference: reference, degraded: degraded)
        var accumulator = SignalComparisonAccumulator(sampleRate: 16_000)
        for start in stride(from: 0, to: reference.frameCount, by: blockLength) {
            let count = min(blockLength, reference.frameCount - start)
            accumulator.add(
                reference: reference.segment(from: start, count: count),
                degraded: degraded.segment(from: start, count: count)
            )
        }
        let streamed = accumulator.result()
        #expect(streamed.delay == -37 && whole.delay == -37)
        #expect(abs(streamed.alignedSISDR - whole.alignedSISDR) < 1e-9)
        #expect(abs(streamed.alignedSNR - whole.alignedSNR) < 1e-9)
        #expect(abs(streamed.snr - whole.snr) < 1e-9)
        #expect(abs(streamed.loudnessDifference - whole.loudnessDifference) < 1e-9)
    }

    @Test func filesOfDifferentLengthAreComparedOverTheCommonPart() throws {
        let folder = try TestFolder()
        let (reference, degraded) = pair(delay: 0)
        let shorter = degraded.segment(from: 0, count: 99_992)
        try AudioFile.write(reference, to: folder.file("a.wav"), format: .wav(.float32))
        try AudioFile.write(shorter, to: folder.file("b.wav"), format: .wav(.float32))
        let files = try SignalComparison(referenceFile: folder.file("a.wav"), degradedFile: folder.file("b.wav"))
        let memory = try SignalComparison(reference: reference, degraded: shorter)
        #expect(files.lengthDifference == -8 && memory.lengthDifference == -8)
        #expect(files.frameCount == 99_992 && memory.frameCount == 99_992)
        #expect(abs(files.snr - memory.snr) < 1e-9 && files.delay == memory.delay)
        #expect(abs(files.referenceLoudness - memory.referenceLoudness) < 1e-9)
    }

    @Test func equalSignalsAreInfinitelyGoodAlsoLate() throws {
        let reference = TestSignals.noise(seed: 5, channels: 1, count: 50_000)
        let same = try SignalComparison(reference: reference, degraded: reference)
        #expect(same.snr == .infinity && same.siSDR == .infinity && same.delay == 0 && same.alignedSNR == .infinity)
        let late = reference.segment(from: -20, count: 50_000)
        let comparison = try SignalComparison(reference: reference, degraded: late)
        #expect(comparison.alignedSNR == .infinity && comparison.alignedSISDR == .infinity && comparison.siSDR < 0)
    }

    @Test func silenceAndNothingDoNotStopTheProgram() throws {
        for count in [0, 1, 100, 20_000] {
            let silence = AudioSignal(mono: [Float](repeating: 0, count: count), sampleRate: 16_000)
            let comparison = try SignalComparison(reference: silence, degraded: silence)
            #expect(comparison.delay == nil && comparison.alignedSISDR.isNaN && comparison.snr.isNaN)
            #expect(comparison.loudnessDifference == 0)
        }
    }

    @Test func signalsOfDifferentFormAreRefused() {
        let mono = AudioSignal(mono: [0], sampleRate: 16_000)
        #expect(throws: SignalComparisonError.sampleRates(reference: 16_000, degraded: 8_000)) {
            try SignalComparison(reference: mono, degraded: AudioSignal(mono: [0], sampleRate: 8_000))
        }
        #expect(throws: SignalComparisonError.channelCounts(reference: 1, degraded: 2)) {
            try SignalComparison(reference: mono, degraded: AudioSignal(channels: [[0], [0]], sampleRate: 16_000))
        }
    }
}

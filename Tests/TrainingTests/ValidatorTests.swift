import Codec
import CodecTestSupport
import Foundation
import SpeechData
import Testing
import Training

struct ValidatorTests {
    /// Sums of sinusoids without an offset, of a level well under full scale.
    static let samples: [Float] = (0..<3).flatMap { item in
        (0..<4096).map { index -> Float in
            let phase = Double(index) * (0.05 + 0.03 * Double(item))
            return 0.2 * Float(sin(phase)) + noise(index + item)
        }
    }
    static let items = (0..<3).map { item in
        SpeechClip(name: "tone \(item)", samples: Array(samples[(item * 4096)..<((item + 1) * 4096)]))
    }

    /// Numbers in ±0.1 that repeat after no delay a test looks for.
    static func noise(_ index: Int) -> Float {
        Float((UInt64(index) &* 0x9E37_79B9_7F4A_7C15) >> 40) / Float(1 << 24) * 0.2 - 0.1
    }

    static func report(
        of items: [SpeechClip] = items,
        decoded: ((Tensor) -> Tensor)? = nil
    ) throws -> ValidationReport {
        var interventions = TrainingInterventions()
        interventions.validationDecoded = decoded
        let validator = Validator(.dacTiny, items: items, interventions: interventions)
        return try validator.report(of: EchoCodec(), step: 12)
    }

    @Test func aPerfectCodecScoresPerfectly() throws {
        let report = try Self.report()
        #expect(report.step == 12)
        for name in ["snr", "si_sdr", "si_sdr_aligned"] { #expect(report[name] == .infinity) }
        for name in ["delay", "mel/loss", "stft/loss", "waveform/loss", "repeat_difference"] {
            #expect(report[name] == 0, "\(name)")
        }
        #expect(try abs(#require(report["correlation"]) - 1) < 1e-12)
        #expect(try abs(#require(report["amplitude_ratio"]) - 1) < 1e-12)
        #expect(report["output/rms"] == report["input/rms"])
        #expect(report["output/clipped_fraction"] == 0)
        #expect(report.notes.isEmpty)
    }

    @Test func usageAndPerplexityAreThoseOfAllItemsTogether() throws {
        let report = try Self.report()
        #expect(report["codebook_usage/0"] == 1)
        #expect(try abs(#require(report["perplexity/0"]) - 4) < 1e-9)
        #expect(report["codebook_usage/1"] == 0.25)
        #expect(report["perplexity/1"] == 1)
    }

    @Test(arguments: [(-1, -6.0206, 1.0), (0.1, 0.91515, 0.1), (2, 0.0, 2.0)] as [(Float, Double, Double)])
    func aScaledOutputIsSeenBySNRAndAmplitudeOnly(factor: Float, ratio: Double, amplitude: Double) throws {
        let report = try Self.report { $0 * factor }
        #expect(try abs(#require(report["snr"]) - ratio) < 1e-4)
        #expect(try abs(#require(report["amplitude_ratio"]) - amplitude) < 1e-6)
        #expect(try abs(#require(report["correlation"]) - (factor < 0 ? -1 : 1)) < 1e-9)
        #expect(try #require(report["si_sdr"]) > 100)
        #expect(report["delay"] == 0)
    }

    @Test(arguments: [1, 8, 100])
    func aDelayIsFoundAndUndone(samples: Int) throws {
        let report = try Self.report { audio in
            audio.sliced(dimension: 2, range: 0..<(audio.shape[2] - samples)).padded(
                left: samples,
                right: 0,
                mode: .zero
            )
        }
        #expect(report["delay"] == Double(samples))
        #expect(report["si_sdr_aligned"] == .infinity)
        #expect(try #require(report["si_sdr"]) < 20)
        #expect(report.notes.isEmpty)
    }

    @Test func anOffsetAndFullScaleAreMeasured() throws {
        let shifted = try Self.report { $0 + 0.25 }
        let mean = Self.samples.reduce(0.0) { $0 + Double($1) } / (3 * 4096)
        #expect(try abs(#require(shifted["output/mean"]) - mean - 0.25) < 1e-6)
        #expect(try abs(#require(shifted["correlation"]) - 1) < 1e-6)
        let clipped = try Self.report { ($0 * 1000).clamped(min: -1, max: 1) }
        #expect(clipped["output/peak"] == 1)
        #expect(try #require(clipped["output/clipped_fraction"]) > 0.9)
    }

    @Test func aSilentOutputLeavesOnlyWhatIsDefined() throws {
        let report = try Self.report { $0 * 0 }
        #expect(report["snr"] == 0)
        #expect(report["amplitude_ratio"] == 0)
        #expect(report["si_sdr"] == -.infinity)
        for name in ["correlation", "si_sdr_aligned", "delay"] { #expect(report[name]?.isNaN == true, "\(name)") }
        #expect(report.notes.count == 1)
        #expect(report.notes.first?.contains("output is constant") == true)
    }

    @Test func silentItemsAreExplained() throws {
        let silence = SpeechClip(name: "silence", samples: [Float](repeating: 0, count: 2048))
        let nothing = try Self.report(of: [silence])
        for name in ["snr", "si_sdr", "si_sdr_aligned", "amplitude_ratio", "correlation"] {
            #expect(nothing[name]?.isNaN == true, "\(name)")
        }
        #expect(nothing.notes.first?.contains("all held-out items are silent") == true)
        let mixed = try Self.report(of: Self.items + [silence]) { $0 * 0.5 }
        #expect(try #require(mixed["si_sdr"]) > 100)
        #expect(try abs(#require(mixed["snr"]) - 6.0206) < 1e-4)
        #expect(mixed.notes.first?.contains("1 of 4") == true)
    }

    @Test func brokenOutputIsNotANumberAndNamesTheItem() throws {
        let report = try Self.report { $0 * .nan }
        for name in ["snr", "si_sdr", "correlation", "amplitude_ratio", "output/peak", "output/rms", "mel/loss"] {
            #expect(report[name]?.isNaN == true, "\(name)")
        }
        #expect(report.notes.first?.contains("tone 0") == true)
    }

    @Test func withoutItemsNothingIsMeasured() throws {
        let report = try Self.report(of: [])
        #expect(report["snr"]?.isNaN == true)
        #expect(report.notes == ["there are no held-out items: nothing was measured"])
    }

    @Test func anItemShorterThanAFrameIsRefused() {
        #expect(throws: CodecError.tooShort(samples: 3, needed: 8)) {
            try Self.report(of: [SpeechClip(name: "short", samples: [0, 1, 0])])
        }
    }

    @Test func validatingInTrainingModeShowsInTheRepeatDifference() throws {
        var interventions = TrainingInterventions()
        interventions.validatesInTrainingMode = true
        let report = try Validator(.dacTiny, items: Self.items, interventions: interventions).report(of: EchoCodec())
        #expect(try #require(report["repeat_difference"]) > 0)
    }

    static let codecs: [GeneratorConfiguration] = [.dac(.tiny), .telugu(.tiny), .encodec(.tiny)]

    @Test(arguments: codecs)
    func validationChangesNothing(generator: GeneratorConfiguration) throws {
        var random = RandomSource(seed: 3)
        let codec = generator.makeGenerator(using: &random)
        let discriminator = Discriminator(.dac(sampleRate: 16_000).narrowed(by: 1.0 / 16), using: &random)
        codec.setTraining(true)
        let before = codec.namedTensors.map(\.tensor.values)
        let source = codec.quantizerRandom
        let validator = Validator(.dacTiny, items: Self.items)
        let report = try validator.report(of: codec, discriminator: discriminator)
        #expect(codec.isTraining && !discriminator.isTraining)
        #expect(codec.namedTensors.map(\.tensor.values) == before)
        var (first, second) = (source, codec.quantizerRandom)
        #expect(first.next() == second.next())
        #expect(report["repeat_difference"] == 0)
        #expect(try validator.report(of: codec, discriminator: discriminator) == report)
        for name in ["adv/disc_loss", "adv/gen_loss", "adv/feat_loss", "adv/real_logit_mean", "adv/fake_logit_mean"] {
            #expect(report[name]?.isFinite == true, "\(name)")
        }
    }

    @Test func aDatasetsHeldOutSpeechIsCutAndLevelledAsInTraining() throws {
        var configuration = TrainingConfiguration.dacTiny
        configuration.segmentLevel = -20
        let validator = try Validator(configuration, dataset: .shipped(), seconds: 1, count: 5)
        #expect(validator.items.map(\.sampleCount) == [Int](repeating: 16_000, count: 5))
        let report = try validator.report(of: EchoCodec())
        #expect(try abs(20 * log10(#require(report["input/rms"])) + 20) < 0.5)
        #expect(report["snr"] == .infinity)
    }

    @Test func aDecodedItemIsWhatTheReportMeasured() throws {
        let samples = try Validator(.dacTiny, items: Self.items).decoded(Self.items[0], by: EchoCodec())
        #expect(samples == Array(Self.samples[..<4096]))
    }
}

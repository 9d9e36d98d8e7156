import Codec
import CodecTestSupport
import Foundation
import SpeechData
import Testing
import TrainingMetrics

@testable import Training

struct RunLogTests {
    /// What our own readers make of a log: names with roles, rejections.
    private func read(_ path: String) throws -> (roles: [String: MetricRole], buffer: EventBuffer) {
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        var decoder = LogDecoder(reader: try LogFormatDetector.reader(for: bytes.span))
        var buffer = EventBuffer()
        decoder.decode(bytes.span, into: &buffer)
        decoder.finish(into: &buffer)
        let roles = MetricInterpreter().interpret(buffer.keys).map(\.role)
        let names = buffer.keys.map { "\($0.split) \($0.name)" }
        return (Dictionary(zip(names, roles)) { first, _ in first }, buffer)
    }

    @Test func ourReaderTakesTheTextLogWhole() throws {
        let run = TinyRun()
        try run.train()
        let (roles, buffer) = try read(run.path("log.txt"))
        #expect(buffer.rejectedCount == 0, "\(buffer.rejections)")
        #expect(!roles.isEmpty && roles.allSatisfy { $0.value != .unknown }, "\(roles.filter { $0.value == .unknown })")
        #expect(Set(buffer.epoch) == [1, 2, 3])
        #expect(roles["train Discriminator loss"] == .discriminatorLoss)
        #expect(roles.contains { $0.key.hasPrefix("validation") && $0.value == .snr })
        #expect(roles.contains { $0.key.hasPrefix("validation") && $0.value == .amplitudeRatio })
    }

    @Test func ourReaderTakesTheMetricsWhole() throws {
        let run = TinyRun()
        try run.train()
        let (roles, buffer) = try read(run.path("metrics.jsonl"))
        #expect(buffer.rejectedCount == 0)
        #expect(buffer.facts.contains { $0.key == "facts/loss-family" && $0.value == "lsgan" })
        #expect(roles["train adv/disc_loss"] == .discriminatorLoss && roles["validation snr"] == .snr)
        let loss = try #require(buffer.keys.firstIndex { $0.name == "loss" && $0.split == .train })
        #expect(buffer.metric.count { $0 == loss } == 12)
    }

    @Test func theTextLogHasTheOriginsLines() {
        let values = [
            Measurement("loss", 2.593), Measurement("adv/disc_loss", 2), Measurement("adv/disc_real_loss", 1.00021),
            Measurement("lr_g", 1e-4), Measurement("grad_norm_g", .nan),
        ]
        #expect(
            TextLogLayout.epoch(5, of: 100, means: values) == [
                "", "Epoch 5/100", "Discriminator loss: 2.0000", "  - Real loss: 1.0002", "Generator loss: 2.5930",
                "lr_g: 1.0000e-04", "grad_norm_g: nan",
            ]
        )
        #expect(
            TextLogLayout.validation([Measurement("snr", -2.444), Measurement("amplitude_ratio", 0.8491)])
                == ["=== Validation Statistics ===", "SNR: -2.44 dB", "Amplitude ratio: 0.849"]
        )
        #expect(
            TextLogLayout.logged("Epoch 1/2", time: 1_760_443_201.037)
                == "2025-10-14 12:00:01,037 - codec_doctor - INFO - Epoch 1/2\n"
        )
        for time in [Double.nan, .infinity, -1e300, 0] {
            #expect(TextLogLayout.logged("", time: time).hasSuffix(" - \n"))
        }
    }

    @Test func aLineReadsBackAsWhatItWas() throws {
        let measured = MeasuredStep(
            step: 12,
            epoch: 1.5,
            time: 1_760_443_201.037_251,
            split: .validation,
            values: [
                Measurement("a \"quoted\"\n\u{1}/name\\", 0.1 + 0.2), Measurement("nan", .nan),
                Measurement("inf", .infinity),
                Measurement("-inf", -.infinity), Measurement("tiny", .leastNonzeroMagnitude),
                Measurement("large", -1.7e308),
                Measurement("whole", 3), Measurement("zero", -0.0),
            ]
        )
        let line = MeasuredLine.text(of: measured)
        #expect(line.hasSuffix("}\n") && line.split(separator: "\n").count == 1)
        let read = try #require(MeasuredLine.measured(line))
        #expect("\(read)" == "\(measured)")
        for broken in ["", "{}", "{\"step\":1", "[1]", "{\"step\":1,\"epoch\":1,\"time\":1,\"split\":\"moon\"}"] {
            #expect(MeasuredLine.measured(broken) == nil)
        }
    }

    @Test func theExportedCodecIsACodecOfItsOwn() throws {
        let run = TinyRun()
        try run.train()
        for name in ["codec.safetensors", "best.safetensors", "checkpoints/step-00000012.safetensors"] {
            guard name.hasPrefix("c") || name.hasPrefix("b") else { continue }
            let model = try CodecModel.load(run.path(name), sampleRate: name.hasPrefix("checkpoints") ? 16_000 : nil)
            #expect(model.codec.sampleRate == 16_000 && model.codec is DAC)
        }
    }

    @Test(arguments: [GeneratorConfiguration.telugu(.tiny), .encodec(EnCodecConfiguration())])
    func everyGeneratorsExportIsUnderstood(generator: GeneratorConfiguration) throws {
        var generator = generator
        if case .encodec(var encodec) = generator {
            encodec.network.filters = 2
            encodec.network.dimension = 8
            encodec.codebookSize = 16
            encodec.codebookCount = 2
            generator = .encodec(encodec)
        }
        let run = TinyRun()
        try FileManager.default.createDirectory(at: run.url, withIntermediateDirectories: true)
        var random = RandomSource(seed: 1)
        let codec = generator.makeGenerator(using: &random)
        try codec.writeCodec(to: run.path("codec.safetensors"))
        let loaded = try CodecModel.load(run.path("codec.safetensors")).codec
        #expect(loaded.sampleRate == codec.sampleRate && loaded.codebookCount == codec.codebookCount)
    }

    @Test func samplesOfAnyNameStayInTheirFolder() throws {
        let run = TinyRun()
        let samples = HashedNumbers.uniform("held out", [700]).values
        let names = ["../../up.wav", "a/b.flac", "a/b.wav", "", "\u{0}\n\u{1B}[2J", String(repeating: "త", count: 300)]
        run.clips = names.map { SpeechClip(name: $0, samples: samples) }
        run.options.sampleInterval = 2
        run.options.sampleCount = 5
        try run.train()
        #expect(run.files(in: "samples") == ["epoch-0002", "epoch-0003", "reference"])
        #expect(run.files(in: "samples/epoch-0002").count == 5)
        #expect(run.files(in: "samples/reference") == run.files(in: "samples/epoch-0003"))
        let file = try AudioFile.read(run.path("samples/epoch-0002/a_b-2.wav"))
        #expect(file.sampleRate == 16_000 && file.frameCount > 600)
        #expect(SampleFileName.names(of: names).allSatisfy { $0.utf8.count <= 210 && !$0.contains("/") && !$0.isEmpty })
        #expect(SampleFileName.names(of: ["A", "a", "a-2"]) == ["A", "a-2", "a-2-2"])
    }
}

import Codec
import Foundation
import Testing

/// Audio files through codecs and back.
@Suite struct AudioFileCoderTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "coder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    private func write(_ seconds: Double, rate: Int, channels: Int = 1, to name: String) throws -> String {
        var random = RandomSource(seed: 5)
        let count = Int(seconds * Double(rate))
        let signal = (0..<channels).map { channel in
            (0..<count).map { 0.3 * sin(Float($0) * 0.05 * Float(channel + 1)) + 0.05 * random.normal() }
        }
        try AudioFile.write(AudioSignal(channels: signal, sampleRate: rate), to: path(name))
        return path(name)
    }

    private func codec(_ name: String) throws -> any NeuralCodec {
        var random = RandomSource(seed: 1)
        switch name {
        case "DAC": return DAC(configuration: .tiny, using: &random)
        case "Telugu": return TeluguCodec(configuration: .tiny, using: &random)
        default:
            var configuration = EnCodecConfiguration.tiny
            configuration.quantizer.kMeansIterations = nil
            return EnCodec(configuration: configuration, using: &random)
        }
    }

    @Test(arguments: ["DAC", "EnCodec", "Telugu"], [1, 2])
    func lengthRateAndChannelsComeBack(name: String, channels: Int) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = try write(0.83, rate: 22_050, channels: channels, to: "in.wav")
        var coder = AudioFileCoder(try codec(name))
        coder.window = 0.25
        var shares: [Double] = []
        let file = try coder.encode(input) { shares.append($0) }
        #expect(shares == shares.sorted() && (shares.last ?? 0) > 0.99)
        try coder.decode(file, to: path("out.wav"))
        let decoded = try AudioFile.read(path("out.wav"))
        #expect(decoded.frameCount == Int(0.83 * 22_050))
        #expect(decoded.sampleRate == 22_050 && decoded.channelCount == channels)
        #expect(decoded.peak > 0)
    }

    /// A codec that loses a frame per window must not drift: frames stay one per hop, window after window.
    @Test(arguments: ["EnCodec", "Telugu"]) func windowsDoNotDrift(name: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let codec = try codec(name)
        let input = try write(1, rate: 16_000, to: "in.wav")
        var coder = AudioFileCoder(codec)
        coder.window = 0.2
        let file = try coder.encode(input)
        #expect(file.codes.frames == 16_000 / codec.hopLength)
        #expect(file.chunkLength == 3_200 / codec.hopLength)
    }

    @Test func fewerCodebooksAreUsedWhenAsked() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = try write(0.3, rate: 16_000, to: "in.wav")
        var coder = AudioFileCoder(try codec("DAC"))
        let all = try coder.encode(input)
        coder.codebooks = 2
        #expect(try coder.encode(input).codes == all.codes.firstStages(2))
    }

    @Test func codesOfAnotherModelAreRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = try write(0.3, rate: 16_000, to: "in.wav")
        let file = try AudioFileCoder(codec("Telugu")).encode(input)
        var claimed = file
        claimed.originalLength = 1 << 40
        let coder = AudioFileCoder(try codec("Telugu"))
        #expect(throws: CodecError.self) { try coder.decode(claimed, to: path("out.wav")) }
        #expect(!FileManager.default.fileExists(atPath: path("out.wav")))
    }

    @Test func anUnknownModelListsThePresets() {
        #expect(throws: CodecModelError.unknown("nonsense")) { try CodecModel.load("nonsense") }
        #expect("\(CodecModelError.unknown("nonsense"))".contains("dac-44khz"))
    }

    @Test func presetsAreDrawnFromTheirSeed() throws {
        let models = try [3, 3, 4].map { try CodecModel.load("dac-tiny", seed: $0).codec.stateDictionary }
        let name = "encoder.block.0.weight_v"
        #expect(models[0][name]?.values == models[1][name]?.values)
        #expect(models[0][name]?.values != models[2][name]?.values)
    }

    @Test func aStreamGivesTheWholeFileInAnyBlocks() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = try write(0.5, rate: 8_000, channels: 2, to: "in.wav")
        let whole = try AudioFile.read(input).mono.resampled(to: 12_000)
        let stream = try AudioStream(input, sampleRate: 12_000, mixingToMono: true)
        var samples: [Float] = []
        while let block = try stream.read(777) {
            #expect(block.frameCount == 777 || samples.count + block.frameCount == whole.frameCount)
            samples += block.channels[0]
        }
        #expect(samples == whole.channels[0])
        #expect(stream.fileFrameCount == 4_000)
    }

    @Test func evaluationResamplesMixesAndSaysSo() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let mono = try write(1, rate: 16_000, to: "mono.wav")
        let signal = try AudioFile.read(mono)
        let stereo = AudioSignal(channels: [signal.channels[0], signal.channels[0]], sampleRate: 16_000)
        try AudioFile.write(stereo.resampled(to: 48_000), to: path("stereo.wav"))
        let evaluation = try AudioEvaluation(reference: mono, degraded: path("stereo.wav"))
        #expect(evaluation.notes.count == 2)
        #expect(evaluation.comparison.correlation > 0.98)
        #expect(evaluation.comparison.delay == 0)
        let itself = try AudioEvaluation(reference: mono, degraded: mono)
        #expect(itself.melDistance == 0 && itself.stftDistance == 0 && itself.notes.isEmpty)
    }

    /// The distances of a short file are those of the losses on the whole signals.
    @Test func distancesAreTheLosses() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try [write(0.5, rate: 16_000, to: "a.wav"), path("b.wav")]
        let original = try AudioFile.read(paths[0])
        try AudioFile.write(original.scaled(by: 0.5), to: paths[1])
        let signals = try paths.map { try AudioFile.read($0) }
        let tensors = signals.map { Tensor($0.channels[0], shape: [1, $0.frameCount]) }
        let evaluation = try AudioEvaluation(reference: paths[0], degraded: paths[1])
        let mel = MelSpectrogramLoss.dac(sampleRate: 16_000)(tensors[1], reference: tensors[0]).item
        let stft = MultiScaleSTFTLoss()(tensors[1], reference: tensors[0]).item
        #expect(evaluation.melDistance == Double(mel) && evaluation.stftDistance == Double(stft))
        #expect(mel > 0.5 && stft > 0.5)
    }
}

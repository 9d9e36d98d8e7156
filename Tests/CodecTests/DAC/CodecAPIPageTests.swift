import Codec
import Foundation
import Testing

@Suite struct CodecAPIPageTests {
    /// The page's code is the file CodecAPIPage.swift, which the compiler checks.
    @Test func thePageShowsCodeThatCompiles() throws {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let root = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/codec-api.md"), encoding: .utf8)
        let code = try String(contentsOf: folder.appending(path: "CodecAPIPage.swift"), encoding: .utf8)
        let block = try #require(page.components(separatedBy: "```swift\n").dropFirst().first)
        #expect(block.components(separatedBy: "```")[0] == code)
    }

    @Test func thePagesCodeRuns() throws {
        let folder = try TestFolder()
        var random = RandomSource(seed: 1)
        let model = DAC(configuration: .tiny, using: &random)
        let weights = folder.file("model.safetensors")
        try model.stateDictionary.write(to: weights)
        #expect(throws: CodecError.unknownSampleRate) { try DAC(checkpoint: weights) }
        _ = try folder.write([UInt8](#"{"model_type": "dac", "sampling_rate": 16000}"#.utf8), as: "config.json")
        let speech = folder.file("speech.wav")
        let samples = (0..<8000).map { _ in 0.1 * random.normal() }
        try AudioFile.write(AudioSignal(channels: [samples, samples], sampleRate: 8000), to: speech)

        try tour(weights: weights, speech: speech, folder: folder.path)

        #expect(try AudioFile.read(folder.file("restored.wav")).frameCount == 8000)
        let file = try DACFile(contentsOf: folder.file("speech.dac"))
        #expect(file.codes.batch == 2 && file.codes.stages == 4)
        let changed = try DAC(checkpoint: folder.file("changed.safetensors"))
        #expect(changed.tensor(named: "decoder.model.1.block.0.alpha")?.values.allSatisfy { $0 == 0.5 } ?? false)
        #expect(changed.configuration.encoderRates == [2, 4])
        #expect(changed.sampleRate == 16_000)
    }
}

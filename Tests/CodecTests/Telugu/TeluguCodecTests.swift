import CodecTestSupport
import Testing

@testable import Codec

/// Against our own PyTorch reference of the origin's codec (`goldens_telugu.py`): the original was never published.
@Suite struct TeluguCodecTests {
    private static let narrow: TeluguCodecConfiguration = {
        var configuration = TeluguCodecConfiguration()
        configuration.width = 2
        configuration.latentDimension = 12
        configuration.codebookCount = 3
        configuration.codebookSize = 10
        return configuration
    }()

    private func model(_ golden: Golden) throws -> TeluguCodec {
        try TeluguCodec(configuration: Self.narrow, weights: golden.stateDictionary(prefix: "state."))
    }

    @Test(arguments: [1607, 1600, 240])
    func valuesAgree(length: Int) throws {
        let golden = try Golden("telugu_codec")
        let model = try model(golden)
        let audio = try golden("input.\(length)")
        let output = try withoutGradients { try model.reconstruct(audio) }
        #expect(output.quantized.codes.values.map(Float.init) == (try golden("codes.\(length)")).values)
        #expect(output.quantized.codes == (try model.codes(of: audio)))
        for (found, name) in [
            (output.latents, "latents"), (output.quantized.quantized, "quantized"), (output.audio, "audio"),
            (output.quantized.loss.reshaped([1]), "loss"),
        ] {
            let distance = difference(found, try golden("\(name).\(length)"))
            #expect(distance.relative < 1e-4, "\(name): \(distance)")
        }
        let decoded = try withoutGradients { try model.decode(output.quantized.codes) }
        let common = min(length, decoded.shape[2])
        let distance = difference(
            decoded.sliced(dimension: 2, range: 0..<common),
            output.audio.sliced(dimension: 2, range: 0..<common)
        )
        #expect(distance.relative < 1e-4, "\(distance)")
    }

    @Test(arguments: [false, true])
    func gradientsAndAveragesAgree(isTraining: Bool) throws {
        let golden = try Golden("telugu_codec")
        let model = try model(golden)
        model.setTraining(isTraining)
        let audio = try golden("input.1607")
        let input = Tensor(audio.values, shape: audio.shape, requiresGradient: true)
        let output = try model.reconstruct(input)
        let objective = (output.audio - audio).absolute().mean() + output.quantized.loss
        #expect(difference(objective.reshaped([1]), try golden("objective")).relative < 1e-5)
        objective.backward()
        let errors = try gradientErrors(of: model, in: golden, prefix: "gradient.", except: ["input"])
        #expect(errors.norm < 1e-3 && errors.element < 1e-3, "\(errors)")
        let inputDistance = difference(try #require(input.gradient), try golden("gradient.input"))
        #expect(inputDistance.relative < 1e-3, "\(inputDistance)")
        let after = isTraining ? "after." : "state.quantizer."
        for (name, tensor) in model.quantizer.namedTensors {
            let distance = difference(tensor, try golden(after + name))
            #expect(distance.relative < 1e-5, "\(name): \(distance)")
        }
    }

    @Test func sizesAreTheRuns() {
        var random = NoInitialValues()
        let model = TeluguCodec(configuration: TeluguCodecConfiguration(), using: &random)
        #expect(model.parameterCount == 21_244_001)
        #expect(model.bitRate() == 16_000)
        #expect(model.frameRate == 200)
    }

    @Test func oneSecondLosesAFrame() throws {
        var random = RandomSource(seed: 1)
        let model = TeluguCodec(configuration: .tiny, using: &random)
        let codes = try model.codes(of: Tensor.uniform([1, 1, 16_000], from: -1, to: 1, using: &random), codebooks: 2)
        #expect(codes.shape == [1, 2, 199])
        #expect(try model.decode(codes).shape == [1, 1, 15_936])
    }

    @Test(arguments: [1, 7, 40])
    func trailingPaddingGivesEveryFrame(frames: Int) throws {
        var random = RandomSource(seed: 1)
        let model = TeluguCodec(configuration: .tiny, using: &random)
        let length = frames * model.hopLength + model.trailingPadding
        #expect(try model.codes(of: Tensor(repeating: 0, shape: [1, 1, length])).frames == frames)
        #expect(try model.codes(of: Tensor(repeating: 0, shape: [1, 1, length + 79])).frames == frames)
    }

    @Test func shortAudioIsAnError() throws {
        var random = RandomSource(seed: 1)
        let model = TeluguCodec(configuration: .tiny, using: &random)
        #expect(throws: CodecError.tooShort(samples: 95, needed: 96)) {
            try model.codes(of: Tensor(repeating: 0, shape: [1, 1, 95]))
        }
        #expect(try model.codes(of: Tensor(repeating: 0, shape: [1, 1, 96])).frames == 1)
        #expect(throws: CodecError.audioShape(found: [2, 100], channels: 1)) {
            try model.codes(of: Tensor(repeating: 0, shape: [2, 100]))
        }
    }
}

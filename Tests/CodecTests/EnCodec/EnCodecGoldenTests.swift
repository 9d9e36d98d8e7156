import CodecTestSupport
import Testing

@testable import Codec

/// Against encodec 0.1.1 with the same weights.
@Suite struct EnCodecGoldenTests {
    @Test(arguments: EnCodecCase.unsegmented)
    func codesLatentsAndAudioAgree(_ test: EnCodecCase) throws {
        let golden = try Golden(test.name)
        let model = try test.model(golden)
        for length in test.lengths {
            let audio = try golden("input.\(length)")
            let output = try withoutGradients { try model.encode(audio) }
            #expect(output.codes.values.map(Float.init) == (try golden("codes.\(length)")).values, "\(length)")
            #expect(output.codes == (try model.codes(of: audio)))
            for (found, name) in [
                (withoutGradients { model.encoder(audio) }, "latents"), (output.quantized, "quantized"),
                (try withoutGradients { try model.decode(output.codes) }, "audio"),
            ] {
                let distance = difference(found, try golden("\(name).\(length)"))
                #expect(distance.relative < 1e-4, "\(name), \(length) samples: \(distance)")
            }
            let reconstructed = try withoutGradients { try model.reconstruct(audio) }.audio
            #expect(reconstructed.shape == audio.shape)
        }
    }

    @Test(arguments: EnCodecCase.unsegmented + [.stereo])
    func gradientsThroughEncoderAndDecoderAgree(_ test: EnCodecCase) throws {
        let golden = try Golden(test.name)
        let model = try test.model(golden)
        let length = min(test.lengths[0], test.configuration.segment?.length ?? .max)
        let audio = try golden("input.\(test.lengths[0])").sliced(dimension: 2, range: 0..<length)
        let input = Tensor(audio.values, shape: audio.shape, requiresGradient: true)
        let result = model.decoder(model.encoder(input))
        let distance = difference(result, try golden("gradient.audio"))
        #expect(distance.relative < 1e-4, "\(distance)")
        result.backward(from: try golden("gradient.weights"))
        let inputDistance = difference(try #require(input.gradient), try golden("gradient.input"))
        #expect(inputDistance.relative < 1e-3, "\(inputDistance)")
        let errors = try gradientErrors(of: model, in: golden, prefix: "gradient.plain.")
        #expect(errors.norm < 1e-3 && errors.element < 1e-3, "\(errors)")
    }

    @Test(arguments: EnCodecCase.unsegmented + [.stereo])
    func aTrainingStepAgrees(_ test: EnCodecCase) throws {
        let golden = try Golden(test.name)
        let model = try test.model(golden)
        model.setTraining(true)
        let length = min(test.lengths[0], test.configuration.segment?.length ?? .max)
        let audio = try golden("input.\(test.lengths[0])").sliced(dimension: 2, range: 0..<length)
        let input = Tensor(audio.values, shape: audio.shape, requiresGradient: true)
        let output = try model.encode(input)
        let decoded = model.decoder(output.quantized)
        let distance = difference(decoded, try golden("training.audio"))
        #expect(distance.relative < 1e-4, "\(distance)")
        let penalty = difference(output.commitmentLoss.reshaped([1]), try golden("training.penalty"))
        #expect(penalty.relative < 1e-4, "\(penalty)")
        ((decoded * (try golden("gradient.weights"))).sum() + output.commitmentLoss * 10).backward()
        let inputDistance = difference(try #require(input.gradient), try golden("training.input"))
        #expect(inputDistance.relative < 1e-3, "\(inputDistance)")
        let errors = try gradientErrors(of: model, in: golden, prefix: "training.parameter.")
        #expect(errors.norm < 1e-3 && errors.element < 1e-3, "\(errors)")
        for (name, buffer) in model.quantizer.namedBuffers {
            let after = difference(buffer, try golden("training.after.\(name)"))
            #expect(after.relative < 1e-5, "\(name): \(after)")
        }
    }

    @Test func segmentsAgree() throws {
        let test = EnCodecCase.stereo
        let golden = try Golden(test.name)
        let model = try test.model(golden)
        for length in test.lengths {
            let audio = try golden("input.\(length)")
            let segments = try model.segments(of: audio)
            for (index, segment) in segments.enumerated() {
                let codes = try golden("codes.\(length).\(index)")
                #expect(segment.codes.values.map(Float.init) == codes.values, "\(length), segment \(index)")
                let scales = difference(
                    Tensor(try #require(segment.scales), shape: [2, 1]),
                    try golden("scale.\(length).\(index)")
                )
                #expect(scales.relative < 1e-5, "\(scales)")
            }
            let expected = try golden("audio.\(length)")
            let decoded = try withoutGradients { try model.decode(segments) }.sliced(dimension: 2, range: 0..<length)
            #expect(difference(decoded, expected).relative < 1e-4)
            let reconstructed = try withoutGradients { try model.reconstruct(audio) }.audio
            #expect(difference(reconstructed, expected).relative < 1e-4)
        }
    }
}

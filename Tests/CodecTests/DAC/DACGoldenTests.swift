import Codec
import CodecTestSupport
import Testing

/// Tiny models run by the dac package itself (`goldens_dac.py`).
enum DACGolden: String, CaseIterable, Sendable {
    case even = "dac_even"
    case odd = "dac_odd"

    var configuration: DACConfiguration {
        switch self {
        case .even: DACGolden.evenConfiguration
        case .odd:
            DACConfiguration(
                encoderDimension: 4,
                encoderRates: [2, 3, 5],
                latentDimension: 20,
                decoderDimension: 24,
                decoderRates: [5, 3, 2],
                codebookDimensions: [4, 8, 3, 5],
                codebookSize: 32,
                quantizerDropout: 0.5,
                sampleRate: 24_000
            )
        }
    }

    static let evenConfiguration = DACConfiguration(
        encoderDimension: 4,
        encoderRates: [2, 4],
        decoderDimension: 24,
        decoderRates: [4, 2],
        codebookCount: 3,
        codebookSize: 32,
        codebookDimension: 4,
        quantizerDropout: 0.5,
        sampleRate: 16_000
    )

    func load() throws -> (golden: Golden, model: DAC) {
        let golden = try Golden(rawValue)
        return (golden, try DAC(configuration: configuration, weights: golden.stateDictionary(prefix: "state.")))
    }
}

/// Whether codes equal a golden tensor `[B, N, T]`.
func equal(_ codes: Codes, _ reference: Tensor) -> Bool {
    codes.shape == reference.shape && codes.values.map(Float.init) == reference.values
}

@Suite struct DACGoldenTests {
    @Test(arguments: DACGolden.allCases)
    func namesAndOrderArePyTorchs(_ name: DACGolden) throws {
        let (golden, model) = try name.load()
        let stored = golden.stateDictionary(prefix: "state.").entries
        #expect(model.namedTensors.map(\.name).sorted() == stored.map(\.name))
        #expect(model.parameterCount == name.configuration.parameterCount)
        #expect(model.parameterCount == stored.reduce(0) { $0 + $1.tensor.count })
        #expect(model.namedParameters[0].name == "encoder.block.0.bias")
        #expect(model.namedParameters[1].name == "encoder.block.0.weight_g")
    }

    @Test(arguments: DACGolden.allCases, ["eval.", "fewer."])
    func evaluationEqualsPyTorch(_ name: DACGolden, _ part: String) throws {
        let (golden, model) = try name.load()
        let input = try golden("eval.input")
        for recording in [true, false] {
            let run = { try model.reconstruct(input, codebooks: part == "fewer." ? 2 : nil) }
            let output = recording ? try run() : try withoutGradients(run)
            #expect(equal(output.quantized.codes, try golden(part + "codes")))
            for (key, value, tolerance) in [
                ("z", output.quantized.z, Float(1e-5)), ("latents", output.quantized.latents, 1e-5),
                ("audio", output.audio, 1e-4), ("commitment_loss", output.quantized.commitmentLoss, 1e-5),
                ("codebook_loss", output.quantized.codebookLoss, 1e-5),
            ] {
                let difference = try difference(value, golden(part + key))
                #expect(difference.relative < tolerance, "\(key): \(difference)")
            }
        }
    }

    @Test(arguments: DACGolden.allCases)
    func activationsAreReadByName(_ name: DACGolden) throws {
        let (golden, model) = try name.load()
        let recorder = ActivationRecorder(model: model)
        _ = try recorder.recording { try model.reconstruct(golden("eval.input")) }
        let wanted = golden.stateDictionary(prefix: "activation.")
        #expect(wanted.entries.count == 10)
        for (name, reference) in wanted.entries {
            let activation = try #require(recorder.activations[name])
            let difference = difference(activation.sliced(dimension: 0, range: 0..<2), reference)
            #expect(difference.relative < 1e-5, "\(name): \(difference)")
        }
    }

    @Test(arguments: DACGolden.allCases, ["short.", "train."])
    func gradientsEqualPyTorch(_ name: DACGolden, _ part: String) throws {
        let (golden, model) = try name.load()
        model.setTraining(part == "train.")
        let input = try golden(part == "train." ? "eval.input" : "short.input")
        let active = part == "train." ? try golden("train.active").values.map { Int($0) } : nil
        let quantized = try model.quantizer.quantize(
            model.encoder(model.preprocess(input)),
            activeStages: active
        )
        let audio = model.decode(quantized.z)
        let cropped = audio.sliced(dimension: 2, range: 0..<min(audio.shape[2], input.shape[2]))
        #expect(equal(quantized.codes, try golden(part + "codes")))
        #expect(try difference(cropped, golden(part + "audio")).relative < 1e-4)
        #expect(try difference(quantized.z, golden(part + "z")).relative < 1e-5)

        let loss =
            try (cropped - golden(part + "audio_weights")).squared().sum()
            + (quantized.z * golden(part + "z_weights")).sum()
            + 0.25 * quantized.commitmentLoss + quantized.codebookLoss
        let lossDifference = try difference(loss, golden(part + "loss"))
        #expect(lossDifference.relative < 1e-4, "\(lossDifference)")
        loss.backward()
        let references = golden.stateDictionary(prefix: part + "gradient.")
        #expect(references.entries.map(\.name) == model.namedParameters.map(\.name).sorted())
        for (name, reference) in references.entries {
            let gradient = try #require(model.gradients[name], "\(name) got no gradient")
            let difference = difference(gradient, reference)
            #expect(difference.relative < 1e-3, "\(name): \(difference)")
            let norms = [gradient, reference].map {
                $0.values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            }
            #expect(abs(norms[0] - norms[1]) <= 1e-4 * norms[1], "\(name): norm \(norms)")
        }
    }

    @Test(arguments: DACGolden.allCases)
    func codesAndLatentsAreReadBack(_ name: DACGolden) throws {
        let (golden, model) = try name.load()
        let all = try golden("eval.codes")
        let codes = Codes(
            batch: all.shape[0],
            stages: all.shape[1],
            frames: all.shape[2],
            values: all.values.map { Int32($0) }
        )
        let decoded = try model.quantizer.decode(codes.firstStages(2))
        #expect(try difference(decoded.z, golden("from_codes.z")).relative < 1e-5)
        #expect(try difference(decoded.vectors, golden("from_codes.vectors")).largest == 0)
        #expect(try difference(model.decode(codes.firstStages(2)), golden("from_codes.audio")).relative < 1e-4)
        for part in ["1.", "4.", "partial."] {
            let again = try model.quantizer.decode(latents: golden("from_latents." + part + "input"))
            #expect(try equal(again.codes, golden("from_latents." + part + "codes")))
            #expect(try difference(again.z, golden("from_latents." + part + "z")).relative < 1e-5)
        }
    }

    @Test func lengthsEqualPyTorch() throws {
        for name in DACGolden.allCases {
            let (golden, model) = try name.load()
            #expect(model.delay == golden.metadata["delay"].flatMap(Int.init))
            #expect(model.hopLength == golden.metadata["hop"].flatMap(Int.init))
        }
    }

    @Test(arguments: ["silence", "one", "nan", "huge"])
    func freshModelsChooseTheSameCodesOnTies(_ part: String) throws {
        let golden = try Golden("dac_fresh")
        var configuration = DACGolden.evenConfiguration
        configuration.codebookSize = 512
        configuration.codebookDimensions = [8, 8]
        let model = try DAC(configuration: configuration, weights: golden.stateDictionary(prefix: "state."))
        let output = try withoutGradients { try model.reconstruct(golden(part + ".input")) }
        #expect(equal(output.quantized.codes, try golden(part + ".codes")))
        for (key, value) in [
            ("z", output.quantized.z), ("latents", output.quantized.latents), ("audio", output.audio),
            ("commitment_loss", output.quantized.commitmentLoss),
        ] {
            let difference = try difference(value, golden(part + "." + key))
            #expect(difference.relative < 1e-4, "\(key): \(difference)")
        }
    }
}

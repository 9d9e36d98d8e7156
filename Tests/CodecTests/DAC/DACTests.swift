import Codec
import CodecTestSupport
import Testing

@Suite struct DACTests {
    private func tiny(seed: UInt64 = 1) -> DAC {
        var random = RandomSource(seed: seed)
        return DAC(configuration: .tiny, using: &random)
    }

    private func noise(_ shape: [Int], seed: UInt64 = 2) -> Tensor {
        var random = RandomSource(seed: seed)
        return Tensor.normal(shape, deviation: 0.3, using: &random)
    }

    @Test func equalSeedsGiveEqualModelsAndResults() throws {
        let input = noise([2, 1, 777])
        let runs = try [1, 1, 2].map { seed -> [Float] in
            let model = tiny(seed: UInt64(seed))
            model.setTraining(true)
            let output = try model.reconstruct(input)
            output.audio.sum().backward()
            return output.audio.values + (model.tensor(named: "encoder.block.0.weight_v")?.gradient?.values ?? [])
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] != runs[2])
    }

    @Test func firstValuesAreThePackages() throws {
        let model = tiny()
        for (name, tensor) in model.namedParameters {
            if name.hasSuffix("alpha") { #expect(tensor.values.allSatisfy { $0 == 1 }) }
            let isTransposed =
                name.hasPrefix("decoder.model.") && name.hasSuffix("block.1.bias")
                && !name.contains("block.1.block.1.block")
                && name.split(separator: ".").count == 6
            if name.hasSuffix("bias"), !isTransposed { #expect(tensor.values.allSatisfy { $0 == 0 }, "\(name)") }
            if isTransposed { #expect(tensor.values.contains { $0 != 0 }, "\(name)") }
            guard name.hasSuffix("weight_v") else { continue }
            let bound = 1 / Float(tensor.shape[1] * tensor.shape[2]).squareRoot()
            let largest = tensor.values.map(abs).max() ?? 0
            #expect(largest <= bound && largest > 0.8 * bound, "\(name)")
            let norms = try #require(model.tensor(named: String(name.dropLast()) + "g"))
            let row = tensor.values.prefix(tensor.count / tensor.shape[0])
            #expect(abs(norms.values[0] - row.reduce(0) { $0 + $1 * $1 }.squareRoot()) < 1e-5)
        }
    }

    @Test func oddStridesLoseSamplesUnlessCompensated() throws {
        var configuration = DACGolden.odd.configuration
        for compensated in [false, true] {
            configuration.compensatesOddStrides = compensated
            var random = RandomSource(seed: 3)
            let model = DAC(configuration: configuration, using: &random)
            let audio = withoutGradients { model.decode(Tensor(repeating: 0.1, shape: [1, 20, 10])) }
            // 5·10 − 1 = 49, 3·49 − 1 = 146, 2·146 = 292.
            #expect(audio.shape == [1, 1, compensated ? 300 : 292])
            #expect(model.decodedLength(frames: 10) == audio.shape[2])
        }
    }

    @Test func inputsThatDoNotFitAreNamed() throws {
        let model = tiny()
        #expect(throws: CodecError.sampleRate(found: 44_100, expected: 16_000)) {
            try model.preprocess(noise([1, 1, 9]), sampleRate: 44_100)
        }
        #expect(throws: CodecError.audioShape(found: [1, 2, 9], channels: 1)) { try model.encode(noise([1, 2, 9])) }
        #expect(throws: CodecError.audioShape(found: [9], channels: 1)) { try model.encode(noise([9])) }
        #expect(throws: CodecError.tooShort(samples: 0, needed: 1)) { try model.reconstruct(noise([1, 1, 0])) }
        #expect(throws: CodecError.stages(found: 0, available: 4)) {
            try model.reconstruct(noise([1, 1, 9]), codebooks: 0)
        }
        for length in 1...20 {
            let shortest = model.shortestInput
            if length < shortest {
                #expect(throws: CodecError.tooShort(samples: length, needed: shortest)) {
                    try model.encode(noise([1, 1, length]))
                }
            } else {
                #expect(try model.encode(noise([1, 1, length])).codes.frames >= 1)
            }
            #expect(try model.reconstruct(noise([1, 1, length])).audio.shape == [1, 1, length])
        }
    }

    @Test func itemsOfABatchDoNotSeeEachOther() throws {
        let model = tiny()
        let batch = noise([3, 1, 400])
        let together = try withoutGradients { try model.reconstruct(batch) }
        for item in 0..<3 {
            let alone = try withoutGradients {
                try model.reconstruct(batch.sliced(dimension: 0, range: item..<(item + 1)))
            }
            let same = together.audio.sliced(dimension: 0, range: item..<(item + 1))
            #expect(difference(alone.audio, same).relative < 1e-5)
        }
    }

    @Test func brokenSamplesStayWhereTheContextReaches() throws {
        let model = tiny()
        var values = noise([1, 1, 4000]).values
        values[2000] = .nan
        let output = try withoutGradients { try model.reconstruct(Tensor(values, shape: [1, 1, 4000])) }
        // Before quantisation NaN spreads by the encoder's context; a NaN latent still chooses a code and stays NaN.
        #expect(output.audio.values[2000].isNaN)
        #expect(!output.audio.values[0].isNaN && !output.audio.values[3999].isNaN)
        #expect(output.quantized.commitmentLoss.item.isNaN)
        #expect(output.quantized.codes.values.allSatisfy { (0..<64).contains($0) })
    }

    @Test func trainingDropsStagesOfTheFirstItems() throws {
        let model = tiny()
        model.setTraining(true)
        var seen: Set<Int> = []
        for _ in 0..<50 {
            let active = model.quantizer.drawActiveStages(batch: 5)
            #expect(active[2...].allSatisfy { $0 == 4 })
            seen.formUnion(active[..<2])
        }
        #expect(seen == [1, 2, 3, 4])
        let z = noise([2, 32, 6])
        let output = model.quantizer.quantize(z, codebooks: 1, activeStages: [1, 4])
        #expect(output.codes.stages == 4)
        model.setTraining(false)
        let first = model.quantizer.quantize(z, codebooks: 1)
        #expect(first.codes == output.codes.firstStages(1))
        let item = { (tensor: Tensor) in tensor.sliced(dimension: 0, range: 0..<1) }
        #expect(difference(item(output.z), item(first.z)).largest == 0)
    }

    @Test func recorderSeesEveryLayerAndItsGradient() throws {
        let model = tiny()
        let recorder = ActivationRecorder(model: model, retainingGradients: true)
        let output = try recorder.recording { try model.reconstruct(noise([1, 1, 160])) }
        output.audio.squared().sum().backward()
        for (name, layer) in model.namedLayers
        where !name.isEmpty && !(layer is LayerList<VectorQuantizer>) && !(layer is Embedding) {
            let activation = try #require(recorder.activations[name], "\(name)")
            #expect(activation.gradient?.shape == activation.shape, "\(name)")
        }
        #expect(model.gradients.entries.count == model.namedParameters.filter { !$0.name.contains("codebook") }.count)
        model.clearGradients()
        #expect(model.gradients.entries.isEmpty)
    }

    @Test func checkpointsOfAllNamingsOpen() throws {
        let folder = try TestFolder()
        let (golden, model) = try DACGolden.odd.load()
        let input = try golden("eval.input")
        let expected = try withoutGradients { try model.reconstruct(input) }
        var folded = StateDictionary()
        for (name, tensor) in model.stateDictionary.entries {
            if name.hasSuffix("weight_g") { continue }
            guard name.hasSuffix("weight_v") else {
                folded[name] = tensor
                continue
            }
            let norms = try #require(model.tensor(named: String(name.dropLast()) + "g"))
            folded[String(name.dropLast(2))] = Tensor.weightNormalized(v: tensor, g: norms).detached()
        }
        for (file, dictionary) in [("plain", model.stateDictionary), ("folded", folded)] {
            let path = folder.file("\(file).safetensors")
            try dictionary.write(to: path)
            let opened = try DAC(checkpoint: path, sampleRate: 24_000)
            #expect(opened.configuration.codebookDimensions == [4, 8, 3, 5])
            let output = try withoutGradients { try opened.reconstruct(input) }
            #expect(output.quantized.codes == expected.quantized.codes)
            #expect(difference(output.audio, expected.audio).relative < 1e-5)
        }
    }
}

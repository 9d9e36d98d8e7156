import Codec
import CodecTestSupport
import Testing

@Suite struct ConvolutionLayerTests {
    private func layers(_ normalization: WeightNormalization) -> [(layer: Layer, input: [Int])] {
        var random = RandomSource(seed: 4)
        return [
            (
                Convolution1d(
                    4,
                    6,
                    kernel: 3,
                    stride: 2,
                    padding: 2,
                    dilation: 2,
                    groups: 2,
                    normalization: normalization,
                    using: &random
                ), [2, 4, 13]
            ),
            (
                ConvolutionTranspose1d(
                    4,
                    6,
                    kernel: 6,
                    stride: 3,
                    padding: 2,
                    outputPadding: 1,
                    normalization: normalization,
                    using: &random
                ), [2, 4, 7]
            ),
            (
                Convolution2d(
                    2,
                    3,
                    kernel: (5, 1),
                    stride: (3, 1),
                    padding: (2, 0),
                    normalization: normalization,
                    using: &random
                ),
                [1, 2, 11, 3]
            ),
        ]
    }

    @Test func tensorsAreNamedAndOrderedAsInPyTorch() {
        for (layer, _) in layers(.none) { #expect(layer.namedTensors.map(\.name) == ["weight", "bias"]) }
        for (layer, _) in layers(.weight) {
            #expect(layer.namedTensors.map(\.name) == ["bias", "weight_g", "weight_v"])
        }
        for (layer, _) in layers(.spectral) {
            #expect(layer.namedParameters.map(\.name) == ["bias", "weight_orig"])
            #expect(layer.namedBuffers.map(\.name) == ["weight_u", "weight_v"])
        }
        #expect(
            layers(.weight).map { $0.layer.tensor(named: "weight_g")?.shape } == [
                [6, 1, 1], [4, 1, 1], [3, 1, 1, 1],
            ]
        )
        #expect(layers(.spectral)[1].layer.namedBuffers.map(\.tensor.shape) == [[6], [24]])
    }

    @Test(arguments: [WeightNormalization.none, .weight, .spectral])
    func gradientsEqualFiniteDifferences(_ normalization: WeightNormalization) throws {
        for (layer, shape) in layers(normalization) {
            var random = RandomSource(seed: 5)
            let input = Tensor.normal(shape, using: &random)
            let weights = Tensor.uniform(layer(input).shape, from: -1, to: 1, using: &random)
            let objective = { (layer(input) * weights).sum() }
            objective().backward()
            for (name, parameter) in layer.namedParameters {
                let gradient = try #require(parameter.gradient).values
                let (values, step) = (parameter.values, Float(1e-2))
                for element in stride(from: 0, to: values.count, by: max(1, values.count / 5)) {
                    let ends = [-step, step].map { amount -> Float in
                        var moved = values
                        moved[element] += amount
                        parameter.assign(Tensor(moved, shape: parameter.shape))
                        return withoutGradients { objective().item }
                    }
                    let numeric = (ends[1] - ends[0]) / (2 * step)
                    #expect(abs(numeric - gradient[element]) < 1e-2 * max(1, abs(numeric)), "\(name)[\(element)]")
                }
                parameter.assign(Tensor(values, shape: parameter.shape))
            }
        }
    }

    @Test(arguments: ["conv1d", "transposed", "conv2d"], ["none", "weight", "spectral"])
    func stepsAndGradientsEqualPyTorch(_ kind: String, _ norm: String) throws {
        let golden = try Golden("conv_layers")
        let normalization: WeightNormalization = norm == "none" ? .none : norm == "weight" ? .weight : .spectral
        let index = try #require(["conv1d", "transposed", "conv2d"].firstIndex(of: kind))
        let layer = layers(normalization)[index].layer
        let prefix = "\(kind).\(norm)."
        #expect(try layer.load(golden.stateDictionary(prefix: prefix + "state.")).isEmpty)
        let input = try golden(prefix + "input")
        #expect(try difference(layer(input), golden(prefix + "eval")).relative < 1e-5)
        layer.setTraining(true)
        let output = layer(input)
        #expect(try difference(output, golden(prefix + "train")).relative < 1e-5)
        for (name, buffer) in layer.namedBuffers {
            #expect(try difference(buffer, golden(prefix + "after." + name)).relative < 1e-5)
        }
        try (output * golden(prefix + "output_weights")).sum().backward()
        for (name, parameter) in layer.namedParameters {
            let gradient = try #require(parameter.gradient)
            let difference = try difference(gradient, golden(prefix + "gradient." + name))
            #expect(difference.relative < 1e-5, "\(name): \(difference)")
        }
    }

    @Test func foldedWeightsAreKeptUntilAParameterChanges() throws {
        for (layer, shape) in layers(.weight) + layers(.spectral) {
            var random = RandomSource(seed: 6)
            let input = Tensor.normal(shape, using: &random)
            let recorded = layer(input)
            let before = withoutGradients { layer(input) }
            #expect(difference(before, recorded).relative < 1e-6)
            let again = withoutGradients { layer(input) }
            #expect(again.values == before.values)
            for name in ["weight_g", "weight_orig"] {
                guard let tensor = layer.tensor(named: name) else { continue }
                tensor.assign(tensor * 3 + 0.1)
            }
            let changed = withoutGradients { layer(input) }
            #expect(difference(changed, layer(input)).relative < 1e-6)
            if layer.tensor(named: "weight_g") != nil { #expect(changed.values != before.values) }
        }
    }

    @Test func weightsLoadFromEveryStoredForm() throws {
        for index in 0..<3 {
            let source = layers(.weight)[index]
            var random = RandomSource(seed: 7)
            let norms = try #require(source.layer.tensor(named: "weight_g"))
            norms.assign(Tensor.uniform(norms.shape, from: 0.5, to: 2, using: &random))
            let input = Tensor.normal(source.input, using: &random)
            let expected = source.layer(input)
            let direction = try #require(source.layer.tensor(named: "weight_v"))
            let bias = try #require(source.layer.tensor(named: "bias"))
            let folded = Tensor.weightNormalized(v: direction, g: norms).detached()
            let forms: [StateDictionary] = [
                StateDictionary([("bias", bias), ("weight_g", norms), ("weight_v", direction), ("other", bias)]),
                StateDictionary([
                    ("bias", bias), ("parametrizations.weight.original0", norms),
                    ("parametrizations.weight.original1", direction), ("other", bias),
                ]),
                StateDictionary([("bias", bias), ("weight", folded), ("other", bias)]),
            ]
            for form in forms {
                for normalization in [WeightNormalization.weight, .none] {
                    let target = layers(normalization)[index].layer
                    #expect(try target.load(form) == ["other"])
                    #expect(difference(target(input), expected).relative < 1e-6)
                }
            }
        }
    }

    @Test func rowsOfZerosSurviveFolding() throws {
        var random = RandomSource(seed: 8)
        let layer = Convolution1d(2, 2, kernel: 1, normalization: .weight, using: &random)
        try layer.load(
            StateDictionary([
                ("weight", Tensor([0, 0, 3, 4], shape: [2, 2, 1])), ("bias", Tensor([1, 2], shape: [2])),
            ])
        )
        #expect(layer(Tensor([1, 1], shape: [1, 2, 1])).values == [1, 9])
    }

    @Test func nothingChangesWhenADictionaryDoesNotFit() throws {
        for (layer, _) in layers(.weight) {
            let before = layer.stateDictionary
            var dictionary = layer.stateDictionary
            dictionary["bias"] = Tensor(repeating: 9, shape: [1])
            dictionary["weight_g"] = nil
            #expect(throws: StateDictionaryError.missing(["weight_g"])) { try layer.load(dictionary) }
            dictionary["weight_g"] = Tensor(repeating: 9, shape: layer.tensor(named: "weight_g")?.shape ?? [])
            #expect(throws: StateDictionaryError.self) { try layer.load(dictionary) }
            for (name, tensor) in before.entries { #expect(layer.tensor(named: name)?.values == tensor.values) }
        }
    }

    @Test func spectralWeightsFollowTheTrainingSteps() throws {
        var random = RandomSource(seed: 9)
        let layer = Convolution1d(3, 4, kernel: 5, normalization: .spectral, using: &random)
        let input = Tensor.normal([1, 3, 9], using: &random)
        let first = withoutGradients { layer(input) }
        layer.setTraining(true)
        let vector = try #require(layer.tensor(named: "weight_u")).values
        for _ in 0..<200 { _ = layer(input) }
        #expect(try #require(layer.tensor(named: "weight_u")).values != vector)
        layer.setTraining(false)
        let last = withoutGradients { layer(input) }
        #expect(first.values != last.values)
        // After many steps the estimate is the largest singular value, so no direction is stretched by more than 1.
        let weight = try #require(layer.tensor(named: "weight_orig")).reshaped([4, 15])
        let (u, v) = (try #require(layer.tensor(named: "weight_u")), try #require(layer.tensor(named: "weight_v")))
        let stretched = weight.matmul(v.reshaped([15, 1])).values
        let sigma = zip(u.values, stretched).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        let residual = zip(u.values, stretched).map { abs($0 * sigma - $1) }.max() ?? 1
        #expect(residual < 1e-4 * sigma)
    }
}

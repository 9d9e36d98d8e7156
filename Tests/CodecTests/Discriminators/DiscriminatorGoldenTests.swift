import Codec
import CodecTestSupport
import Testing

/// Every discriminator against PyTorch: the `dac` and `encodec` packages, and independent versions of the others.
@Suite struct DiscriminatorGoldenTests {
    /// Rows of a stored matrix, one sketch each.
    private func rows(_ matrix: Tensor) -> [ArraySlice<Float>] {
        let width = matrix.shape[1]
        return (0..<matrix.shape[0]).map { matrix.values[($0 * width)..<(($0 + 1) * width)] }
    }

    private func expectEqual(
        _ tensors: [(name: String, tensor: Tensor)],
        _ golden: Tensor,
        relativeNorm: Double,
        relativeToRMS: Double,
        _ what: String
    ) {
        let references = rows(golden)
        #expect(tensors.count == references.count, "\(what)")
        for (entry, reference) in zip(tensors, references) {
            let distance = Sketch(entry.tensor).difference(reference)
            #expect(distance.relativeNorm < relativeNorm, "\(what) \(entry.name)")
            #expect(distance.relativeToRMS < relativeToRMS, "\(what) \(entry.name)")
        }
    }

    private func expectMaps(_ output: DiscriminatorOutput, _ golden: Golden, _ name: String) throws {
        let maps = output.features(withLogits: true).flatMap { $0 }
        #expect(
            maps.map { $0.shape.map(String.init).joined(separator: "x") }.joined(separator: " ")
                == golden.metadata["\(name).shapes"]
        )
        expectEqual(
            maps.enumerated().map { ("\($0.offset)", $0.element) },
            try golden("\(name).maps"),
            relativeNorm: 1e-5,
            relativeToRMS: 1e-4,
            "map"
        )
    }

    private func expectGradients(_ model: Layer, _ golden: Tensor, _ tolerance: Double, _ what: String) {
        let gradients = model.namedParameters.sorted { $0.name < $1.name }
            .map { ($0.name, $0.tensor.gradient ?? Tensor(repeating: 0, shape: $0.tensor.shape)) }
        expectEqual(gradients, golden, relativeNorm: tolerance, relativeToRMS: 10 * tolerance, what)
        model.clearGradients()
    }

    private func expectItems(_ gradient: Tensor?, _ golden: Tensor, _ tolerance: Double, _ what: String) {
        guard let gradient else {
            Issue.record("\(what): no gradient")
            return
        }
        let items = (0..<gradient.shape[0]).map {
            ("item \($0)", gradient.sliced(dimension: 0, range: $0..<($0 + 1)))
        }
        expectEqual(items, golden, relativeNorm: tolerance, relativeToRMS: 10 * tolerance, what)
    }

    @Test(arguments: DiscriminatorCase.allCases)
    func mapsAndGradientsAreThoseOfTheReference(_ name: DiscriminatorCase) throws {
        let (golden, model) = (try Golden("discriminators"), name.discriminator())
        #expect(String(model.parameterCount) == golden.metadata[name.rawValue])
        #expect(model.parameterCount == model.description.parameterCount)
        #expect(
            model.namedTensors.map(\.name).sorted().joined(separator: " ") == golden.metadata["\(name.rawValue).names"]
        )
        let real = try golden("\(name.rawValue).real")
        let x = Tensor(real.values, shape: real.shape, requiresGradient: true)
        let output = model.output(of: x)
        try expectMaps(output, golden, name.rawValue)
        var terms: [Tensor] = []
        for (part, maps) in output.features(withLogits: true).enumerated() {
            for (index, values) in maps.enumerated() {
                let weights = HashedNumbers.uniform("weights.\(part).\(index)", values.shape)
                terms.append((weights * values).sum() / Float(values.count).squareRoot())
            }
        }
        Tensor.stacked(terms, dimension: 0).sum().backward()
        expectItems(x.gradient, try golden("\(name.rawValue).input"), name.tolerance, "gradient of the input")
        expectGradients(model, try golden("\(name.rawValue).parameters"), name.tolerance, "gradient of")
        if let buffers = try? golden("\(name.rawValue).buffers") {
            let own = model.namedBuffers.sorted { $0.name < $1.name }
            expectEqual(own, buffers, relativeNorm: 1e-5, relativeToRMS: 1e-4, "buffer")
        }
    }

    @Test(arguments: DiscriminatorCase.allCases)
    func lossesAndTheirGradientsAreDACs(_ name: DiscriminatorCase) throws {
        let (golden, model) = (try Golden("discriminators"), name.discriminator())
        let real = try golden("\(name.rawValue).real")
        let fake = try golden("\(name.rawValue).fake")
        let adversarial = AdversarialLoss(.leastSquares, reduction: .sum)
        let expected = try golden("\(name.rawValue).losses").values

        let d = adversarial.discriminator(real: model.output(of: real), decoded: model.output(of: fake)).total
        d.backward()
        #expect(abs(d.item - expected[0]) < 1e-5 * expected[0])
        expectGradients(model, try golden("\(name.rawValue).d.parameters"), name.tolerance, "D's gradient of")

        for key in ["g", "features"] {
            let x = Tensor(fake.values, shape: fake.shape, requiresGradient: true)
            let (answers, truth) = (model.output(of: x), model.output(of: real))
            // Where a feature of both signals is equal but for rounding, the sign of the difference, which is the gradient of
            // feature matching, is chance: one of 10,000 signs changes it by 2 %.
            if key == "g" {
                let g = adversarial.generator(decoded: answers).total
                #expect(abs(g.item - expected[1]) < 1e-5 * expected[1])
                g.backward()
            } else {
                let features = FeatureMatchingLoss(reduction: .sum)(decoded: answers, real: truth)
                #expect(abs(features.item - expected[2]) < 1e-5 * expected[2])
                features.backward()
            }
            let tolerance = key == "g" ? name.tolerance : 1e-1
            expectItems(x.gradient, try golden("\(name.rawValue).\(key).input"), tolerance, "\(key): of the input")
            expectGradients(model, try golden("\(name.rawValue).\(key).parameters"), tolerance, "\(key): of")
        }
    }
}

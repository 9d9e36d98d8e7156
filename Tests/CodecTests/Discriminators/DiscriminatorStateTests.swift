import Codec
import CodecTestSupport
import Testing

/// Discriminators' names and weights in state dictionaries.
@Suite struct DiscriminatorStateTests {
    private static let small = DiscriminatorDescription.dac(periods: [], windowLengths: [64, 32])

    private func make(_ description: DiscriminatorDescription, seed: UInt64) -> Discriminator {
        var random = RandomSource(seed: seed)
        return Discriminator(description, using: &random)
    }

    private func logits(_ model: Discriminator) -> [Float] {
        withoutGradients { model.output(of: HashedNumbers.uniform("state", [1, 1, 200])).logits.flatMap(\.values) }
    }

    @Test(arguments: [small, .enCodec(windowLengths: [64]), .bigVGANResolutions(resolutions: [(64, 16, 32)])])
    func weightsGoOutAndComeBack(_ description: DiscriminatorDescription) throws {
        let model = make(description, seed: 1)
        #expect(try logits(Discriminator(description, weights: model.stateDictionary)) == logits(model))
        #expect(logits(make(description, seed: 2)) != logits(model))
        #expect(logits(make(description, seed: 1)) == logits(model))
    }

    @Test func parametrizedAndFoldedWeightsAreTheSame() throws {
        let model = make(Self.small, seed: 3)
        let parametrized = StateDictionary(
            model.stateDictionary.entries.map { name, tensor in
                let name =
                    name.hasSuffix("weight_g")
                    ? String(name.dropLast(8)) + "parametrizations.weight.original0"
                    : name.hasSuffix("weight_v")
                        ? String(name.dropLast(8)) + "parametrizations.weight.original1" : name
                return (name, tensor)
            }
        )
        #expect(try logits(Discriminator(Self.small, weights: parametrized)) == logits(model))
        let folded = StateDictionary(
            model.subDiscriminators.flatMap { part in
                part.layers.flatMap { layer -> [(name: String, tensor: Tensor)] in
                    guard let convolution = layer.convolution as? Convolution2d else { return [] }
                    let name = "\(part.description.path).\(layer.description.name)"
                    let bias = convolution.tensor(named: "bias")
                    return [(name: "\(name).weight", tensor: convolution.effectiveWeight)]
                        + (bias.map { [(name: "\(name).bias", tensor: $0)] } ?? [])
                }
            }
        )
        let (a, b) = try (logits(Discriminator(Self.small, weights: folded)), logits(model))
        #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    /// The names and shapes that dac's own discriminator has, with one scale.
    @Test func namesAndShapesAreDACs() throws {
        let file = FixtureText.lines("checkpoints/dac_discriminator.shapes.txt")
        let shapes = DiscriminatorDescription.dac(rates: [1]).subDiscriminators.flatMap { part in
            part.layers.flatMap { layer -> [String] in
                let name = "\(part.path).\(layer.name)"
                func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
                let norms = [layer.outputChannels] + [Int](repeating: 1, count: layer.weightShape.count - 1)
                return [
                    "\(name).bias \(layer.outputChannels)", "\(name).weight_g \(text(norms))",
                    "\(name).weight_v \(text(layer.weightShape))",
                ]
            }
        }
        #expect(shapes.sorted() == file.sorted())
    }

    @Test func otherShapesAreAnError() {
        let weights = make(Self.small, seed: 1).stateDictionary
        #expect(throws: StateDictionaryError.self) {
            try Discriminator(.dac(periods: [], windowLengths: [64, 32, 16]), weights: weights)
        }
        #expect(throws: StateDictionaryError.self) {
            try Discriminator(.enCodec(windowLengths: [64]), weights: weights)
        }
    }
}

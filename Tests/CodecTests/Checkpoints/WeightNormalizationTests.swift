import Codec
import Testing

struct WeightNormalizationTests {
    @Test func splittingAndFoldingGivesTheSameWeight() {
        let weight: [Float] = [3, 4, 0, 0, -1, 2, 1e-3, 5, -6, 7, 8, 9]
        let (g, v) = WeightNormFolding.split(weight, rows: 3)
        #expect(g[0] == 5 && v == weight)
        for (a, b) in zip(WeightNormFolding.fold(g: g, v: v), weight) { #expect(abs(a - b) <= 1e-6 * abs(b)) }
    }

    @Test func aRowOfZerosStaysZeroInsteadOfBecomingNaN() {
        let (g, v) = WeightNormFolding.split([0, 0, 1, 0], rows: 2)
        #expect(g == [0, 1])
        #expect(WeightNormFolding.fold(g: g, v: v) == [0, 0, 1, 0])
    }

    @Test func notANumberStays() {
        let (g, v) = WeightNormFolding.split([.nan, 1, 3, 4], rows: 2)
        #expect(g[0].isNaN && g[1] == 5)
        let folded = WeightNormFolding.fold(g: g, v: v)
        #expect(folded[0].isNaN && folded[1].isNaN && folded[2] == 3)
    }

    @Test func dacsWeightsFoldToWhatPyTorchComputes() throws {
        let own = try CheckpointFixture.open("dac.pth").model
        let plain = try CheckpointFixture.expected("dac_plain")
        for entry in plain.entries where own[entry.name] == nil {
            let g = try #require(own[entry.name + "_g"]).tensor()
            let v = try #require(own[entry.name + "_v"]).tensor()
            let folded = WeightNormFolding.fold(g: g, v: v)
            let expected = try entry.tensor.floats()
            #expect(folded.shape == entry.shape)
            for (a, b) in zip(folded.values, expected) { #expect(abs(a - b) <= 1e-6 + 1e-6 * abs(b), "\(entry.name)") }
        }
    }

    @Test func aDictionaryIsFittedToAModelThatNormalisesOrDoesNot() throws {
        let plain = StateDictionary([("conv.weight", Tensor([3, 4, 6, 8], shape: [2, 2])), ("other", Tensor(1))])
        let normalised = OneLayer(["weight_g": [2, 1], "weight_v": [2, 2]])
        let fitted = plain.fitted(to: normalised)
        #expect(fitted.entries.map(\.name) == ["conv.weight_g", "conv.weight_v", "other"])
        #expect(fitted["conv.weight_g"]?.values == [5, 10])
        #expect(fitted["conv.weight_g"]?.shape == [2, 1])
        let back = fitted.fitted(to: OneLayer(["weight": [2, 2]]))
        #expect(back.entries.map(\.name) == ["conv.weight", "other"])
        #expect(back["conv.weight"]?.values == [3, 4, 6, 8])
    }

    private final class OneLayer: Layer {
        private let inner: Inner

        init(_ shapes: [String: [Int]]) {
            inner = Inner(shapes)
            super.init()
        }

        override var children: [(name: String, layer: Layer)] { [("conv", inner)] }
    }

    private final class Inner: Layer {
        private let tensors: [(name: String, tensor: Tensor)]

        init(_ shapes: [String: [Int]]) {
            tensors = shapes.sorted { $0.key < $1.key }.map { ($0.key, Tensor(repeating: 0, shape: $0.value)) }
            super.init()
        }

        override var ownParameters: [(name: String, tensor: Tensor)] { tensors }
    }
}

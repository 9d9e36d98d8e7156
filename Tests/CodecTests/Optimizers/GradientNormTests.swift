import Codec
import CodecTestSupport
import Testing

struct GradientNormTests {
    private let golden: Golden

    init() throws { golden = try Golden("optimizer") }

    private func parameters(poison: Float? = nil) throws -> [Tensor] {
        try (0..<4).map { index in
            let parameter = try golden("start.\(index)")
            let leaf = Tensor(parameter.values, shape: parameter.shape, requiresGradient: true)
            guard index < 3 else { return leaf }
            var gradient = try golden("gradient.0.\(index)").values
            if index == 1, let poison { gradient[13] = poison }
            leaf.backward(from: Tensor(gradient, shape: parameter.shape))
            return leaf
        }
    }

    @Test(arguments: [
        ("short", Float(0.5), Float?.none), ("long", 100, nil), ("nan", 0.5, .nan), ("inf", 0.5, .infinity),
    ])
    func clippingEqualsPyTorch(name: String, maximum: Float, poison: Float?) throws {
        let parameters = try parameters(poison: poison)
        let norm = GradientNorm.clip(parameters, to: maximum)
        #expect(difference(Tensor(norm), try golden("clip.\(name).norm")).largest < 1e-6)
        for index in 0..<3 {
            let gradient = try #require(parameters[index].gradient)
            #expect(difference(gradient, try golden("clip.\(name).\(index)")).largest < 1e-7)
        }
        #expect(parameters[3].gradient == nil)
    }

    @Test func theNormAfterClippingIsTheMaximum() throws {
        let parameters = try parameters()
        GradientNorm.clip(parameters, to: 0.25)
        #expect(abs(GradientNorm.total(of: parameters) - 0.25) < 1e-5)
    }

    @Test func noGradientsHaveNoNorm() {
        #expect(GradientNorm.clip([Tensor([1], shape: [1], requiresGradient: true)], to: 1) == 0)
    }

    @Test func aLongGradientIsSummedInDoublePrecision() {
        let parameter = Tensor(repeating: 0, shape: [4_000_000], requiresGradient: true)
        parameter.backward(from: Tensor(repeating: 1e-3, shape: [4_000_000]))
        #expect(abs(GradientNorm.total(of: [parameter]) - 2) < 1e-6)
    }
}

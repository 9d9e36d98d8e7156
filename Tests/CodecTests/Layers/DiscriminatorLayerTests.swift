import CodecTestSupport
import Testing

@testable import Codec

@Suite struct DiscriminatorLayerTests {
    static let layers = [
        DiscriminatorLayerDescription("a", 6, 10, kernel: [5], stride: [2], groups: 2, slope: 0.2),
        DiscriminatorLayerDescription("b", 4, 9, kernel: [3, 5], stride: [1, 2], slope: 0.1),
        DiscriminatorLayerDescription("c", 4, 9, kernel: [3, 5], normalization: .none, slope: 0),
        DiscriminatorLayerDescription("d", 4, 9, kernel: [3], slope: -0.3),
        DiscriminatorLayerDescription("e", 4, 9, kernel: [3], slope: nil),
    ]

    @Test(arguments: layers)
    func theActivationIsThatOfTheConvolutionsResult(description: DiscriminatorLayerDescription) {
        var random = RandomSource(seed: 3)
        let layer = DiscriminatorLayer(description, using: &random)
        let shape = [2, description.inputChannels] + description.kernel.map { _ in 17 }
        let input = Tensor(Tensor.normal(shape, using: &random).values, shape: shape, requiresGradient: true)
        let separate = layer.convolution(input)
        let expected = description.slope.map { separate.leakyRelu(slope: $0) } ?? separate
        let output = layer(input)
        #expect(output.values == expected.values)

        func gradients(of result: Tensor) -> [[Float]?] {
            result.squared().sum().backward()
            let tensors = [input] + layer.namedParameters.map(\.tensor)
            defer { for tensor in tensors { tensor.clearGradient() } }
            return tensors.map { $0.gradient?.values }
        }
        let wanted = gradients(of: expected)
        #expect(!wanted.contains(nil))
        #expect(gradients(of: output) == wanted)
    }

    @Test func aChangedParameterIsSeenByTheNextPass() throws {
        var random = RandomSource(seed: 4)
        let layer = DiscriminatorLayer(Self.layers[1], using: &random)
        let input = Tensor.normal([1, 4, 9, 17], using: &random)
        let bias = try #require(layer.tensor(named: "bias"))
        bias.assign(Tensor(repeating: 0, shape: bias.shape))
        let before = layer(input).values
        let norms = try #require(layer.tensor(named: "weight_g"))
        norms.assign(Tensor(norms.values.map { 2 * $0 }, shape: norms.shape))
        for (new, old) in zip(layer(input).values, before) { #expect(abs(new - 2 * old) <= 1e-6) }
    }
}

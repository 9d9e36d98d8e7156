import Codec
import CodecTestSupport
import Testing

@Suite struct TensorTests {
    @Test func reshapingSharesValuesAndReturnsTheGradient() {
        let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3], requiresGradient: true)
        let y = x.reshaped([3, -1])
        #expect(y.shape == [3, 2])
        #expect(y.values == x.values)
        y.backward(from: Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2]))
        #expect(x.gradient?.shape == [2, 3])
        #expect(x.gradient?.values == [1, 2, 3, 4, 5, 6])
    }

    @Test func gradientsOfATensorUsedTwiceAddUp() {
        var random = RandomSource(seed: 1)
        let x = Tensor.normal([1, 2, 9], using: &random)
        let w = Tensor.normal([2, 2, 3], using: &random)
        let error = GradientCheck.largestError(of: [x, w]) { inputs in
            inputs[0].conv1d(inputs[1], padding: (1, 1)).conv1d(inputs[1], stride: 2, padding: (2, 0))
        }
        #expect(error < 1e-2)
    }

    @Test func nothingIsRecordedWithoutGradients() {
        let x = Tensor([1, 2], shape: [2], requiresGradient: true)
        let y = withoutGradients { x.reshaped([1, 2]) }
        #expect(!y.requiresGradient)
    }
}

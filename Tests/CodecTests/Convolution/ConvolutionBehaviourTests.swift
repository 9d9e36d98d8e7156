import CodecTestSupport
import Testing

@testable import Codec

@Suite struct ConvolutionBehaviourTests {
    @Test(arguments: InstructionLevel.allCases.filter { $0 <= .supported })
    func aNaNReachesEveryOutputThatSeesItAndNoOther(level: InstructionLevel) {
        ConvolutionKernel.$level.withValue(level) {
            var random = RandomSource(seed: 5)
            let length = 203
            for (stride, dilation, kernel, padding) in [
                (1, 1, 7, 3), (1, 9, 7, 27), (2, 1, 4, 1), (8, 1, 16, 4), (3, 2, 5, 6),
            ] {
                let weight = Tensor.normal([11, 6, kernel], using: &random)
                for poisoned in [0, 1, 47, 48, 100, length - 1] {
                    var values = Tensor.normal([2, 6, length], using: &random).values
                    values[(6 + 4) * length + poisoned] = .nan
                    let y = Tensor(values, shape: [2, 6, length])
                        .conv1d(weight, stride: stride, padding: (padding, padding), dilation: dilation)
                    let steps = y.shape[2]
                    let isNaN = y.values.map(\.isNaN)
                    for index in isNaN.indices {
                        let (item, step) = (index / (11 * steps), index % steps)
                        let first = step * stride - padding
                        let distance = poisoned - first
                        let seen =
                            item == 1 && distance >= 0 && distance % dilation == 0 && distance / dilation < kernel
                        #expect(isNaN[index] == seen, "stride \(stride), NaN at \(poisoned), output \(index)")
                    }
                }
            }
        }
    }

    @Test func aNaNOfATransposedConvolutionStaysInItsWindow() {
        var random = RandomSource(seed: 6)
        let weight = Tensor.normal([5, 9, 10], using: &random)
        var values = Tensor.normal([1, 5, 61], using: &random).values
        values[2 * 61 + 30] = .nan
        let y = Tensor(values, shape: [1, 5, 61]).convTranspose1d(weight, stride: 5, padding: 3)
        for (index, value) in y.values.enumerated() {
            let distance = index % y.shape[2] + 3 - 30 * 5
            #expect(value.isNaN == (0..<10).contains(distance))
        }
    }

    @Test func infinityIsNotTurnedIntoNaNByPadding() {
        let x = Tensor([1, .infinity, -2, 3], shape: [1, 1, 4])
        let y = x.conv1d(Tensor([1, 2, 3], shape: [1, 1, 3]), padding: (1, 1))
        #expect(y.values == [.infinity, .infinity, .infinity, 4])
    }

    @Test func resultsAreTheSameBitsWithAnyNumberOfThreads() {
        var random = RandomSource(seed: 8)
        for (inputs, outputs, length, kernel, stride) in [
            (40, 72, 1500, 7, 1), (24, 300, 70, 5, 1), (16, 48, 2000, 16, 8),
        ] {
            let steps = ConvolutionGeometry.length(length, kernel: kernel, stride: stride, dilation: 1, padding: 4)
            let geometry = ConvolutionGeometry(
                items: 2,
                groups: 1,
                inputChannels: inputs,
                outputChannels: outputs,
                input: (length, 1),
                output: (steps, 1),
                kernel: (kernel, 1),
                stride: (stride, 1),
                dilation: (1, 1),
                padding: (2, 0)
            )
            let x = Tensor.normal([geometry.inputCount], using: &random).storage
            let y = Tensor.normal([geometry.outputCount], using: &random).storage
            let weights = Tensor.normal([geometry.weightCount], using: &random).storage
            func results(_ threads: Int) -> [[Float]] {
                [
                    ConvolutionKernel.forward(geometry, input: x, weights: weights, bias: nil, threads: threads).values,
                    ConvolutionKernel.backwardData(geometry, output: y, weights: weights, threads: threads).values,
                    ConvolutionKernel.backwardWeights(geometry, input: x, output: y, threads: threads).values,
                ]
            }
            let one = results(1)
            #expect([1, 2, 3, 8].allSatisfy { results($0) == one })
        }
    }

    @Test func onlyWantedGradientsAreComputed() {
        var random = RandomSource(seed: 9)
        let x = Tensor.normal([1, 3, 20], using: &random)
        let frozen = Tensor.normal([4, 3, 5], using: &random)
        let bias = Tensor([1, 2, 3, 4], shape: [4], requiresGradient: true)
        let y = x.conv1d(frozen, bias: bias)
        y.backward(from: Tensor(repeating: 1, shape: y.shape))
        #expect(x.gradient == nil && frozen.gradient == nil)
        #expect(bias.gradient?.values == [16, 16, 16, 16])
    }

    @Test func anEmptyBatchGivesAnEmptyResultAndZeroGradients() throws {
        let x = Tensor([], shape: [0, 3, 20], requiresGradient: true)
        let weight = Tensor(repeating: 1, shape: [4, 3, 5], requiresGradient: true)
        let y = x.conv1d(weight)
        #expect(y.shape == [0, 4, 16])
        y.backward(from: Tensor([], shape: y.shape))
        #expect(try #require(weight.gradient).values.allSatisfy { $0 == 0 })
    }
}

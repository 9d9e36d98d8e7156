import CodecTestSupport
import Testing

@testable import Codec

/// The kernels of every instruction set against plain sums in double precision, over random shapes.
@Suite struct ConvolutionReferenceTests {
    /// Largest error over the largest value; sums of up to some thousand products in float32.
    static let tolerance = 5e-6

    @Test(arguments: 0..<10)
    func allDirectionsEqualPlainSums(seed: UInt64) {
        var random = RandomSource(seed: 1000 + seed)
        for _ in 0..<20 {
            let reference = ConvolutionReference.random(using: &random)
            let geometry = reference.geometry
            let x = Tensor.normal([geometry.inputCount], using: &random)
            let y = Tensor.normal([geometry.outputCount], using: &random)
            let weights = Tensor.normal([geometry.weightCount], using: &random)
            let bias = Tensor.normal([geometry.outputChannels], using: &random)
            let expected = [
                reference.forward(x.values, weights.values, bias.values),
                reference.backwardData(y.values, weights.values),
                reference.backwardWeights(x.values, y.values),
            ]
            for level in InstructionLevel.allCases where level <= .supported {
                for threads in [1, 3] {
                    let results = ConvolutionKernel.$level.withValue(level) {
                        [
                            ConvolutionKernel.forward(
                                geometry,
                                input: x.storage,
                                weights: weights.storage,
                                bias: bias.storage,
                                threads: threads
                            ),
                            ConvolutionKernel.backwardData(
                                geometry,
                                output: y.storage,
                                weights: weights.storage,
                                threads: threads
                            ),
                            ConvolutionKernel.backwardWeights(
                                geometry,
                                input: x.storage,
                                output: y.storage,
                                threads: threads
                            ),
                        ]
                    }
                    for (direction, (result, reference)) in zip(results, expected).enumerated() {
                        let error = Self.error(result.values, reference)
                        #expect(
                            error < Self.tolerance,
                            "direction \(direction), \(level), \(threads) threads: \(geometry)"
                        )
                    }
                }
            }
        }
    }

    /// The largest difference over the largest reference value; infinite for NaN.
    private static func error(_ values: [Float], _ reference: [Double]) -> Double {
        guard values.count == reference.count else { return .infinity }
        let largest = reference.reduce(0) { max($0, abs($1)) }
        var error = 0.0
        for (value, expected) in zip(values, reference) {
            let distance = abs(Double(value) - expected)
            guard distance <= error else {
                if distance.isNaN { return .infinity }
                error = distance
                continue
            }
        }
        return error / max(largest, 1e-3)
    }
}

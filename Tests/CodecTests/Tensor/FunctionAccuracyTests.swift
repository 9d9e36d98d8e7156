import Codec
import Foundation
import Testing

/// The vectorised functions against double precision, in units in the last place of the exact result.
@Suite struct FunctionAccuracyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var range: ClosedRange<Double>
        var ulps: Double
        var function: @Sendable (Tensor) -> Tensor
        var exact: @Sendable (Double) -> Double

        init(
            _ name: String,
            _ range: ClosedRange<Double>,
            ulps: Double,
            _ function: @escaping @Sendable (Tensor) -> Tensor,
            _ exact: @escaping @Sendable (Double) -> Double
        ) {
            (testDescription, self.range, self.ulps) = ("\(name) on \(range)", range, ulps)
            (self.function, self.exact) = (function, exact)
        }
    }

    static let cases: [Case] = [
        Case("exponential", -103...88.7, ulps: 1.5, { $0.exponential() }, exp),
        Case("exponential", -1...1, ulps: 1.5, { $0.exponential() }, exp),
        Case("logarithm", 1e-44...1e-37, ulps: 1.5, { $0.logarithm() }, log),
        Case("logarithm", 0.01...3, ulps: 1.5, { $0.logarithm() }, log),
        Case("logarithm", 1...1e38, ulps: 1.5, { $0.logarithm() }, log),
        Case("log10", 0.01...3, ulps: 3, { $0.log10() }, Foundation.log10),
        Case("log10", 1e-10...1e-3, ulps: 3, { $0.log10() }, Foundation.log10),
        Case("sine", -10...10, ulps: 3, { $0.sine() }, sin),
        Case("sine", -12_000...12_000, ulps: 3, { $0.sine() }, sin),
        Case("sine", 12_000...1e9, ulps: 3, { $0.sine() }, sin),
        Case("cosine", -10...10, ulps: 3, { $0.cosine() }, cos),
        Case("cosine", -12_000...12_000, ulps: 3, { $0.cosine() }, cos),
        Case("cosine", -1e9 ... -12_000, ulps: 3, { $0.cosine() }, cos),
        Case("tanh", -0.01...0.01, ulps: 3, { $0.tanh() }, Foundation.tanh),
        Case("tanh", -12...12, ulps: 3, { $0.tanh() }, Foundation.tanh),
        Case("sigmoid", -80...80, ulps: 3, { $0.sigmoid() }, { 1 / (1 + exp(-$0)) }),
        Case("elu", -1e-3...0, ulps: 1.5, { $0.elu() }, expm1),
        Case("elu", -30...0, ulps: 1.5, { $0.elu() }, expm1),
    ]

    @Test(arguments: cases)
    func isExactToAFewUnits(_ item: Case) {
        var random = RandomSource(seed: 3)
        let width = item.range.upperBound - item.range.lowerBound
        let inputs = (0..<200_000).map { _ in
            Float(item.range.lowerBound + width * Double(random.next() >> 11) * 0x1p-53)
        }
        let outputs = item.function(Tensor(inputs, shape: [inputs.count])).values
        var worst = (error: 0.0, at: Float(0))
        for (x, y) in zip(inputs, outputs) {
            let exact = item.exact(Double(x))
            let error = abs(Double(y) - exact) / Double(max(Float(exact).ulp, .leastNormalMagnitude.ulp))
            if !(error <= worst.error) { worst = (error.isNaN ? .infinity : error, x) }
        }
        #expect(worst.error <= item.ulps, "at \(worst.at)")
    }

    /// α·x of hundreds and more, and beyond the fast reduction, where the C library takes over.
    @Test(arguments: [0.01, 1, 300, 5_000, 1e6] as [Float])
    func snakeIsExactForLargeArguments(_ alpha: Float) {
        var random = RandomSource(seed: 4)
        let x = Tensor.uniform([1, 1, 100_003], from: -3, to: 3, using: &random)
        let y = x.snake(alpha: Tensor([alpha], shape: [1, 1, 1])).values
        let worst = zip(x.values, y).map { x, y in
            // The product is rounded to float32, here as in PyTorch.
            let sine = sin(Double(alpha * x))
            return abs(Double(y) - (Double(x) + sine * sine / Double(alpha)))
        }.max()
        #expect((worst ?? 1) < (alpha < 1 ? 1e-5 : 5e-7))
    }
}

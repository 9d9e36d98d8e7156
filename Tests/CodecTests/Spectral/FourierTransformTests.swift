import Codec
import Foundation
import Testing

@Suite struct FourierTransformTests {
    @Test(arguments: [1, 2, 3, 16, 45, 97, 256]) func equalsTheDefinitionAndComesBack(length: Int) {
        var random = RandomSource(seed: UInt64(length))
        let x = (0..<length).map { _ in random.normal() }
        let transform = FourierTransform(length: length)
        let spectrum = transform.forward(x)
        for bin in 0..<transform.binCount {
            var sum = (0.0, 0.0)
            for t in 0..<length {
                let angle = -2 * Double.pi * Double(bin * t % length) / Double(length)
                sum.0 += Double(x[t]) * cos(angle)
                sum.1 += Double(x[t]) * sin(angle)
            }
            #expect(abs(Double(spectrum[2 * bin]) - sum.0) < 1e-4)
            #expect(abs(Double(spectrum[2 * bin + 1]) - sum.1) < 1e-4)
        }
        for (a, b) in zip(transform.inverse(spectrum), x) { #expect(abs(a - b) < 1e-5) }
    }

    @Test(arguments: [
        (50, 50, -60, 60), (40_000, 39_000, -5, 20), (200_000, 200_000, 1000, 1010), (3, 7, -1, 0), (9, 4, 5, 90),
    ])
    func crossCorrelationEqualsTheSum(case: (Int, Int, Int, Int)) {
        let (m, n, low, high) = `case`
        var random = RandomSource(seed: 11)
        let a = (0..<m).map { _ in random.normal() }
        let b = (0..<n).map { _ in random.normal() }
        let result = FourierTransform.crossCorrelation(of: a, with: b, lags: low...high)
        #expect(result.count == high - low + 1)
        for (index, lag) in (low...high).enumerated() {
            var sum = 0.0
            for t in max(0, -lag)..<max(0, -lag, min(m, n - lag)) { sum += Double(a[t]) * Double(b[t + lag]) }
            #expect(abs(Double(result[index]) - sum) < 1e-5 * Double(m).squareRoot() * 10)
        }
    }

    @Test func theLargestCorrelationIsTheDelay() {
        var random = RandomSource(seed: 12)
        let a = (0..<5000).map { _ in random.normal() }
        let b = [Float](repeating: 0, count: 37) + a.dropLast(37)
        let result = FourierTransform.crossCorrelation(of: a, with: b, lags: -100...100)
        #expect(result.indices.max { result[$0] < result[$1] } == 137)
    }

    @Test func nothingHasNoCorrelation() {
        #expect(FourierTransform.crossCorrelation(of: [], with: [1, 2], lags: -1...1) == [0, 0, 0])
    }
}

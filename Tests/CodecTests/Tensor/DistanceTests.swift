import Codec
import CodecTestSupport
import Foundation
import Testing

struct DistanceTests {
    @Test func aDistanceIsWhatItsStepsGive() throws {
        var random = RandomSource(seed: 5)
        let values = (0..<2).map { _ in Tensor.uniform([3, 50_000], from: -1, to: 1, using: &random).values }
        func leaves() -> [Tensor] { values.map { Tensor($0, shape: [3, 50_000], requiresGradient: true) } }
        let (fused, plain) = (leaves(), leaves())
        let (a, b) = (fused[0].l1Distance(to: fused[1]), (plain[0] - plain[1]).absolute().mean())
        #expect(abs(a.item - b.item) < 1e-6)
        (a * 3).backward()
        (b * 3).backward()
        for (x, y) in zip(fused, plain) {
            #expect(difference(try #require(x.gradient), try #require(y.gradient)).relative < 1e-6)
        }
    }

    @Test func equalValuesHaveNoSlopeAndNanHasNone() {
        let a = Tensor([1, 2, .nan, 0], shape: [4], requiresGradient: true)
        let distance = a.l1Distance(to: Tensor([1, 3, 0, -1], shape: [4]))
        distance.backward()
        #expect(distance.item.isNaN && a.gradient?.values == [0, -0.25, 0, 0.25])
    }

    @Test(arguments: [Float(-80), -20, -3, -0.5, 0, 1e-4, 0.5, 3, 20, 200])
    func softplusIsExact(x: Float) {
        let input = Tensor([x], shape: [1], requiresGradient: true)
        let result = input.softplus()
        result.backward()
        let exact = max(Double(x), 0) + log1p(exp(-abs(Double(x))))
        #expect(abs(Double(result.values[0]) - exact) <= 3e-7 * exact)
        let slope = 1 / (1 + exp(-Double(x)))
        #expect(abs(Double(input.gradient?.values[0] ?? .nan) - slope) <= 3e-7 * slope)
    }

    @Test func softplusLetsEdgesThrough() {
        let values = Tensor([.nan, .infinity, -.infinity], shape: [3]).softplus().values
        #expect(values[0].isNaN && values[1] == .infinity && values[2] == 0)
    }
}

import Codec
import CodecTestSupport
import Testing

@Suite(.serialized) struct AdamWTests {
    private let golden: Golden

    init() throws { golden = try Golden("optimizer") }

    private func parameters() throws -> [Tensor] {
        try (0..<4).map {
            let start = try golden("start.\($0)")
            return Tensor(start.values, shape: start.shape, requiresGradient: true)
        }
    }

    private func optimizer(_ name: String, _ parameters: [Tensor]) -> AdamW {
        switch name {
        case "dac":
            AdamW(parameters, learningRate: 1e-2, betas: (0.8, 0.99), epsilon: 1e-6, weightDecay: 0.1)
        case "plain": AdamW(parameters, learningRate: 1e-2, betas: (0.3, 0.9), weightDecay: 0)
        default: AdamW(parameters)
        }
    }

    private func give(_ parameters: [Tensor], gradientsOf step: Int) throws {
        for (index, parameter) in parameters.enumerated() {
            parameter.clearGradient()
            if index == 3 || (index == 1 && [0, 3].contains(step)) { continue }
            let gradient = try golden("gradient.\(step).\(index)")
            (parameter * gradient).sum().backward()
        }
    }

    @Test(arguments: ["default", "dac", "plain"]) func sevenStepsEqualPyTorch(name: String) throws {
        let parameters = try parameters()
        let optimizer = optimizer(name, parameters)
        for step in 0..<7 {
            if step == 4 { optimizer.learningRate /= 2 }
            try give(parameters, gradientsOf: step)
            optimizer.update()
            for (index, parameter) in parameters.enumerated() {
                #expect(difference(parameter, try golden("\(name).\(step).\(index)")).largest < 5e-7)
            }
        }
        #expect(optimizer.step == 7 && optimizer.moments[3] == nil)
        for index in 0..<3 {
            let moments = try #require(optimizer.moments[index])
            #expect(Float(moments.step) == (try golden("\(name).step.\(index)").item))
            #expect(difference(moments.mean, try golden("\(name).mean.\(index)")).relative < 1e-6)
            #expect(difference(moments.squareMean, try golden("\(name).square.\(index)")).relative < 1e-6)
        }
    }

    @Test func aRestoredOptimizerContinuesBitForBit() throws {
        let (whole, halved) = (try parameters(), try parameters())
        let first = optimizer("dac", whole)
        for step in 0..<3 {
            try give(whole, gradientsOf: step)
            first.update()
        }
        zip(halved, whole).forEach { $0.assign($1) }
        let second = optimizer("dac", halved)
        second.restore(first.moments)
        for step in 3..<7 {
            try give(whole, gradientsOf: step)
            try give(halved, gradientsOf: step)
            first.update()
            second.update()
        }
        #expect(first.step == 7 && second.step == 7)
        for (a, b) in zip(whole, halved) { #expect(a.values == b.values) }
    }

    @Test func longParametersMoveAsShortOnesDo() {
        var random = RandomSource(seed: 3)
        let values = Tensor.uniform([150_000], from: -1, to: 1, using: &random)
        let gradients = Tensor.uniform([150_000], from: -1, to: 1, using: &random)
        func moved(_ range: Range<Int>) -> [Float] {
            let parameter = Tensor(Array(values.values[range]), shape: [range.count], requiresGradient: true)
            let optimizer = AdamW([parameter], learningRate: 0.1)
            for _ in 0..<2 {
                parameter.clearGradient()
                (parameter * Tensor(Array(gradients.values[range]), shape: [range.count])).sum().backward()
                optimizer.update()
            }
            return parameter.values
        }
        let whole = moved(0..<150_000)
        for range in [0..<10, 65_530..<65_541, 131_071..<131_100, 149_999..<150_000] {
            #expect(zip(whole[range], moved(range)).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func nanReachesItsValueAndNoOther() {
        let parameter = Tensor([1, 2, 3], shape: [3], requiresGradient: true)
        let optimizer = AdamW([parameter])
        (parameter * Tensor([1, .nan, 1], shape: [3])).sum().backward()
        optimizer.update()
        #expect(parameter.values.map(\.isNaN) == [false, true, false])
    }

    @Test func aMinimumIsFound() {
        let parameter = Tensor([4, -3], shape: [2], requiresGradient: true)
        let optimizer = AdamW([parameter], learningRate: 0.1, weightDecay: 0)
        for _ in 0..<300 {
            parameter.clearGradient()
            (parameter - Tensor([1, 2], shape: [2])).squared().sum().backward()
            optimizer.update()
        }
        #expect(zip(parameter.values, [1, 2]).allSatisfy { abs($0 - $1) < 1e-2 })
    }
}

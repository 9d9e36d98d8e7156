import Codec
import CodecTestSupport
import Testing

@Suite struct LSTMTests {
    /// The cell written with single operations, gates i, f, g, o.
    private func composed(_ inputs: [Tensor]) -> Tensor {
        let (x, hidden) = (inputs[0], inputs[2].shape[1])
        let bias = inputs[3] + inputs[4]
        var h = Tensor(repeating: 0, shape: [x.shape[1], hidden])
        var c = h
        let steps = (0..<x.shape[0]).map { step in
            let input = x.sliced(dimension: 0, range: step..<(step + 1)).reshaped([x.shape[1], x.shape[2]])
            let sums = input.linear(weight: inputs[1]) + h.linear(weight: inputs[2]) + bias
            let gates = (0..<4).map { sums.sliced(dimension: 1, range: ($0 * hidden)..<(($0 + 1) * hidden)) }
            c = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh()
            h = gates[3].sigmoid() * c.tanh()
            return h
        }
        return Tensor.stacked(steps, dimension: 0)
    }

    @Test(arguments: [(1, 1, 1, 1), (3, 1, 5, 13), (4, 5, 3, 8), (2, 9, 4, 19), (3, 2, 300, 260)])
    func agreesWithItsDefinition(_ steps: Int, _ batch: Int, _ inputs: Int, _ hidden: Int) {
        var random = RandomSource(seed: 8)
        let shapes = [
            [steps, batch, inputs], [4 * hidden, inputs], [4 * hidden, hidden], [4 * hidden], [4 * hidden],
        ]
        let values = shapes.map { Tensor.uniform($0, from: -0.3, to: 0.3, using: &random) }
        let seed = Tensor.normal([steps, batch, hidden], using: &random)
        func run(_ function: ([Tensor]) -> Tensor) -> [Tensor] {
            let leaves = values.map { Tensor($0.values, shape: $0.shape, requiresGradient: true) }
            let result = function(leaves)
            result.backward(from: seed)
            return [result] + leaves.compactMap(\.gradient)
        }
        let fused = run {
            $0[0].lstm(inputWeight: $0[1], recurrentWeight: $0[2], inputBias: $0[3], recurrentBias: $0[4])
        }
        let reference = run(composed)
        #expect(fused.count == 6)
        for (a, b) in zip(fused, reference) { #expect(difference(a, b).relative < 1e-5) }
    }

    @Test func aNaNReachesLaterStepsOnly() {
        var random = RandomSource(seed: 9)
        var values = Tensor.normal([4, 1, 2], using: &random).values
        values[2] = .nan
        let output = Tensor(values, shape: [4, 1, 2]).lstm(
            inputWeight: Tensor.normal([12, 2], using: &random),
            recurrentWeight: Tensor.normal([12, 3], using: &random)
        ).values
        #expect(output.map(\.isNaN) == (0..<12).map { $0 >= 3 })
    }
}

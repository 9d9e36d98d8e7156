import Codec
import CodecTestSupport
import Testing

struct LossBalancerTests {
    private static let weights: LossWeights = ["l1": 0.1, "square": 1, "tiny": 4]

    private func losses(at output: Tensor, target: Tensor, without missing: String?) -> [(name: String, loss: Tensor)] {
        [
            ("l1", output.l1Distance(to: target)), ("square", (output * target).squared().mean() * 1000),
            ("tiny", output.sum() * 1e-6), ("unweighted", output.sum()),
        ].filter { $0.0 != missing }
    }

    @Test(arguments: [true, false]) func fiveStepsEqualAudiocraftsFormula(perItem: Bool) throws {
        let golden = try Golden("adversarial")
        let balancer = LossBalancer(weights: Self.weights, decay: 0.9, takesNormsPerItem: perItem)
        let (name, target) = (perItem ? "balancer.item" : "balancer.batch", try golden("balancer.target"))
        for step in 0..<5 {
            let stored = try golden("\(name).\(step).output")
            let output = Tensor(stored.values, shape: stored.shape, requiresGradient: true)
            let balanced = balancer.balance(
                losses(at: output, target: target, without: step == 2 ? "square" : nil),
                at: output
            )
            #expect(difference(balanced.gradient, try golden("\(name).\(step).gradient")).relative < 1e-5)
            let effective = try golden("\(name).\(step).effective").item
            #expect(abs(balanced.effectiveLoss - effective) < 1e-5 * abs(effective) + 1e-6)
            let ratios = Tensor(balanced.terms.map(\.ratio), shape: [balanced.terms.count])
            #expect(difference(ratios, try golden("\(name).\(step).ratios")).largest < 1e-6)
            #expect(output.gradient == nil)
        }
    }

    @Test func aResumedBalancerContinues() {
        let target = Tensor([0.5, -1, 2, 0], shape: [2, 2])
        func output(_ value: Float) -> Tensor { Tensor([value, 1, -value, 3], shape: [2, 2], requiresGradient: true) }
        let whole = LossBalancer(weights: Self.weights)
        _ = whole.balance(losses(at: output(1), target: target, without: nil), at: output(1))
        let first = output(2)
        _ = whole.balance(losses(at: first, target: target, without: nil), at: first)
        let resumed = LossBalancer(weights: Self.weights, averages: whole.averages)
        let (a, b) = (output(3), output(3))
        let terms = whole.balance(losses(at: a, target: target, without: nil), at: a).terms
        #expect(resumed.balance(losses(at: b, target: target, without: nil), at: b).terms == terms)
    }

    @Test func sharesAreTheWeightsWhateverTheScales() {
        let output = Tensor([1, -2, 3, 4, 5, -6], shape: [2, 3], requiresGradient: true)
        let balancer = LossBalancer(weights: ["a": 3, "b": 1], totalNorm: 2)
        let losses = [("a", (output * 1e6).sum()), ("b", output.squared().sum() * 1e-6)]
        let terms = balancer.balance(losses, at: output).terms
        #expect(abs(terms[0].factor * terms[0].norm - 1.5) < 1e-4 && abs(terms[1].factor * terms[1].norm - 0.5) < 1e-4)
        #expect(abs(terms[0].ratio - 1) < 1e-6)
    }

    @Test func whatDoesNotReachTheOutputGivesNothing() {
        let output = Tensor([1, 2], shape: [1, 2], requiresGradient: true)
        let balancer = LossBalancer(weights: ["constant": 1])
        let balanced = balancer.balance([("constant", Tensor(3)), ("other", output.sum())], at: output)
        #expect(balanced.gradient.values == [0, 0] && balanced.terms[0].norm == 0)
        #expect(balancer.balance([], at: output).gradient.values == [0, 0])
    }

    @Test func nanStaysInTheAverage() {
        let balancer = LossBalancer(weights: ["a": 1])
        for (value, isBroken) in [(Float(1), false), (.nan, true), (1, true)] {
            let output = Tensor([1, 2], shape: [1, 2], requiresGradient: true)
            let balanced = balancer.balance([("a", (output * value).sum())], at: output)
            #expect(balanced.gradient.values.contains(where: \.isNaN) == isBroken)
        }
    }
}

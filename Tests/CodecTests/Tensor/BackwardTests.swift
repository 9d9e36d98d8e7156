import Codec
import CodecTestSupport
import Testing

@Suite struct BackwardTests {
    private func leaf(_ values: [Float]) -> Tensor { Tensor(values, shape: [values.count], requiresGradient: true) }

    @Test func gradientsOfSeveralCallsAddUpUntilCleared() {
        let x = leaf([1, 2])
        for _ in 0..<3 { (x * x).sum().backward() }
        #expect(x.gradient?.values == [6, 12])
        x.clearGradient()
        (x * 3).sum().backward()
        #expect(x.gradient?.values == [3, 3])
    }

    @Test func aTensorUsedManyTimesGetsTheSumOfAllGradients() {
        let x = leaf([1, -2])
        let y = x + x
        let z = y * x + y - x
        z.sum().backward()
        #expect(x.gradient?.values == [5, -7])
    }

    @Test func aKeptGraphGivesTheSameGradientsAgain() {
        let x = leaf([0.5, 2])
        let loss = (x.exponential() * x).sum()
        loss.backward(keepingGraph: true)
        let first = x.gradient?.values
        x.clearGradient()
        loss.backward()
        #expect(x.gradient?.values == first)
    }

    @Test func aReleasedGraphCannotBeUsedAgain() async {
        await #expect(processExitsWith: .failure) {
            let x = Tensor([1], shape: [1], requiresGradient: true)
            let y = x.squared().squared()
            y.backward()
            y.backward()
        }
    }

    @Test func detachedValuesStopTheGradient() {
        let x = leaf([3])
        let y = x * x.detached()
        #expect(!x.detached().requiresGradient)
        y.backward()
        #expect(x.gradient?.values == [3])
    }

    @Test func aRetainedGradientIsThatOfTheInnerTensor() {
        let x = leaf([1, 2])
        let y = (x * 2).retainingGradient()
        (y * y).sum().backward()
        #expect(y.gradient?.values == [4, 8])
        #expect(x.gradient?.values == [8, 16])
    }

    @Test func leavesDoNotShareTheMemoryOfTheirGradients() {
        let (a, b) = (leaf([1, 2]), leaf([3, 4]))
        let seed = Tensor([1, 1], shape: [2])
        (a + b).backward(from: seed)
        a.gradient?.storage.withMutableSpan { $0[0] = 100 }
        #expect(b.gradient?.values == [1, 1])
        #expect(seed.values == [1, 1])
        (a + b).backward(from: seed)
        #expect(a.gradient?.values == [101, 2])
        #expect(b.gradient?.values == [2, 2])
    }

    @Test func onlyTheInputsThatNeedGradientsGetThem() {
        let (x, y) = (leaf([2]), Tensor([5], shape: [1]))
        (x * y / (y - x)).backward()
        #expect(y.gradient == nil)
        #expect(x.gradient != nil)
    }

    @Test func withoutGradientsIntermediateValuesAreFreedAtOnce() {
        let x = Tensor(repeating: 0.5, shape: [4 << 20], requiresGradient: true)
        let bytes = x.count * 4
        func chain() -> (result: Tensor, growth: Int) {
            let before = BufferPool.usage.live
            var value = x.squared()
            for _ in 0..<20 { value = value.tanh() }
            return (value, BufferPool.usage.live - before)
        }
        // Other tests run at the same time, but hold far less than 16 of these 16 MiB.
        let unrecorded = withoutGradients { chain() }
        #expect(unrecorded.growth < 5 * bytes)
        var recorded = Optional(chain())
        #expect((recorded?.growth ?? 0) > 15 * bytes)
        weak let inner = recorded?.result.storage
        #expect(inner != nil)
        recorded = nil
        #expect(inner == nil)
    }

    @Test func aLongChainIsReleasedWithoutDeepRecursion() {
        let x = leaf([1])
        var y = x
        for _ in 0..<100_000 { y = y + 1 }
        y.backward()
        #expect(x.gradient?.values == [1])
        weak var inner: Tensor?
        do {
            var unused = x + 1
            inner = unused
            for _ in 0..<100_000 { unused = unused + 1 }
        }
        #expect(inner == nil)
    }

    @Test func shapesThatDoNotFitStopTheProgram() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor(repeating: 1, shape: [2, 3]) + Tensor(repeating: 1, shape: [2])
        }
        await #expect(processExitsWith: .failure) {
            _ = Tensor(repeating: 1, shape: [2, 3]).matmul(Tensor(repeating: 1, shape: [2, 3]))
        }
    }
}

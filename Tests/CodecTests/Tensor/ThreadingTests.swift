import Codec
import CodecTestSupport
import Testing

/// One thread against two. Pointwise operations and reductions must not differ at all, products only by rounding.
@Suite(.serialized) struct ThreadingTests {
    private static let exact: [@Sendable (Tensor, Tensor) -> Tensor] = [
        { x, _ in x.tanh() },
        { x, c in x * c + x },
        { x, c in x.snake(alpha: c) },
        { x, _ in x.sum() },
        { x, _ in x.sum(dimensions: [0, 2]) },
        { x, _ in x.mean(dimensions: [1]) },
        { x, _ in x.transposed(1, 2) },
        { x, _ in x.padded(left: 5, right: 2, mode: .reflect) },
        { x, _ in x.groupNorm(groups: 1) },
        { x, _ in x.softmax(dimension: 1) },
        { x, _ in x.averagePool1d(kernel: 4, stride: 2, padding: 1) },
        { x, _ in Tensor.weightNormalized(v: x.reshaped([-1, 101]), g: Tensor(repeating: 2, shape: [2 * 5 * 193])) },
        { x, _ in x.sliced(dimension: 2, range: 100..<19_000) },
        { x, _ in x.maximumValue(dimension: 1) },
        { x, _ in x.norm() },
    ]

    private func onThreads<Result>(_ count: Int, _ body: () -> Result) -> Result {
        let before = Compute.threads
        defer { Compute.threads = before }
        Compute.threads = count
        return body()
    }

    @Test(arguments: exact.indices)
    func valuesAndGradientsDoNotDependOnTheNumberOfThreads(_ index: Int) {
        func run() -> [[Float]] {
            var random = RandomSource(seed: 5)
            let x = Tensor.normal([2, 5, 19_493], using: &random)
            let c = Tensor.uniform([1, 5, 1], from: 0.5, to: 2, using: &random)
            let leaves = [x, c].map { Tensor($0.values, shape: $0.shape, requiresGradient: true) }
            let result = Self.exact[index](leaves[0], leaves[1])
            result.backward(from: Tensor.normal(result.shape, using: &random))
            return [result.values] + leaves.map { $0.gradient?.values ?? [] }
        }
        let (one, two) = (onThreads(1, run), onThreads(2, run))
        #expect(one == two)
        #expect(onThreads(2, run) == two)
    }

    @Test(arguments: [(300, 170, 210), (1, 400, 3000), (3000, 400, 1), (17, 5, 100_000), (2, 300_000, 3)])
    func productsAgreeOnOneAndTwoThreads(_ m: Int, _ k: Int, _ n: Int) {
        var random = RandomSource(seed: 6)
        let a = Tensor.normal([m, k], using: &random)
        let b = Tensor.normal([k, n], using: &random)
        let products = [1, 2].flatMap { threads in
            onThreads(threads) {
                [
                    a.matmul(b),
                    a.transposed(0, 1).matmul(b, transposeSelf: true),
                    a.matmul(b.transposed(0, 1), transposeOther: true),
                ]
            }
        }
        for product in products.dropFirst() { #expect(difference(product, products[0]).relative < 1e-5) }
        let row = Int(random.next() % UInt64(m))
        let (left, right) = (a.values, b.values)
        let expected = (0..<k).reduce(0.0) { $0 + Double(left[row * k + $1]) * Double(right[$1 * n]) }
        #expect(abs(Double(products[0].values[row * n]) - expected) < 1e-5 * Double(k).squareRoot() * 10)
    }
}

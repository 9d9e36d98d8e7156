import Codec
import CodecTestSupport
import Testing

@Suite struct ShapeTests {
    static let cases: [OperationCase] = [
        OperationCase("sum") { $0[0].sum() },
        OperationCase("mean") { $0[0].mean() },
        OperationCase("sum/empty") { $0[0].sum() },
        OperationCase("mean/empty", smooth: false) { $0[0].mean() },
        OperationCase("sum/last") { $0[0].sum(dimensions: [-1]) },
        OperationCase("sum/first") { $0[0].sum(dimensions: [0]) },
        OperationCase("sum/middle") { $0[0].sum(dimensions: [1], keepingDimensions: true) },
        OperationCase("sum/outside") { $0[0].sum(dimensions: [2, 0]) },
        OperationCase("sum/scattered") { $0[0].sum(dimensions: [0, 2], keepingDimensions: true) },
        OperationCase("mean/outside") { $0[0].mean(dimensions: [0, 2], keepingDimensions: true) },
        OperationCase("mean/nothing", smooth: false) { $0[0].mean(dimensions: [1]) },
        OperationCase("maximumValue") { $0[0].maximumValue(dimension: 1) },
        OperationCase("maximumValue/kept") { $0[0].maximumValue(dimension: -1, keepingDimensions: true) },
        OperationCase("maximumValue/edges", smooth: false) { $0[0].maximumValue(dimension: 1) },
        OperationCase("norm") { $0[0].norm() },
        OperationCase("norm/zero", smooth: false) { $0[0].norm() },
        OperationCase("transposed") { $0[0].transposed(0, 2) },
        OperationCase("transposed/large") { $0[0].transposed(1, -1) },
        OperationCase("permuted") { $0[0].permuted([2, 0, 3, 1]) },
        OperationCase("broadcast") { $0[0].broadcast(to: [2, 3, 4]) },
        OperationCase("unfolded") { $0[0].unfolded(size: 4, step: 3) },
        OperationCase("sliced") { $0[0].sliced(dimension: 1, range: 2..<5) },
        OperationCase("sliced/empty") { $0[0].sliced(dimension: 1, range: 3..<3) },
        OperationCase("concatenated") { Tensor.concatenated([$0[0], $0[1], $0[0]], dimension: 1) },
        OperationCase("stacked") { Tensor.stacked([$0[0], $0[1]], dimension: -1) },
        OperationCase("padded/zero") { $0[0].padded(left: 2, right: 3) },
        OperationCase("padded/constant") { $0[0].padded(left: 2, right: 3, mode: .constant(-1.5)) },
        OperationCase("padded/reflect") { $0[0].padded(left: 4, right: 3, mode: .reflect) },
        OperationCase("padded/replicate") { $0[0].padded(left: 7, right: 1, mode: .replicate) },
        OperationCase("padded/middle") { $0[0].padded(dimension: -2, left: 2, right: 1, mode: .reflect) },
    ]

    private static let file = "ops_shapes"

    @Test(arguments: cases)
    func agreesWithPyTorchAndFiniteDifferences(_ operation: OperationCase) throws {
        try operation.check(Golden(Self.file))
    }

    @Test func theFirstOfEqualMaximaAndTheFirstNaNAreFound() {
        let x = Tensor([1, 3, 3, 0, .nan, 9, 2, 2, 2], shape: [3, 3])
        #expect(x.argumentMaximum(dimension: 1) == [1, 1, 0])
        #expect(x.argumentMaximum(dimension: 0) == [2, 1, 1])
    }

    @Test func longSumsKeepTheirAccuracy() {
        let x = Tensor(repeating: 0.1, shape: [3, 1_000_003])
        #expect(abs(x.sum().item / (0.1 * 3_000_009) - 1) < 1e-6)
        #expect(abs(x.mean().item / 0.1 - 1) < 1e-6)
        #expect(x.sum(dimensions: [0]).values.allSatisfy { abs($0 - 0.3) < 1e-6 })
    }
}

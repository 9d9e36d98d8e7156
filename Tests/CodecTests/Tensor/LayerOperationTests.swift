import Codec
import CodecTestSupport
import Testing

@Suite struct LayerOperationTests {
    static let cases: [OperationCase] = [
        OperationCase("matmul") { $0[0].matmul($0[1]) },
        OperationCase("matmul/left") { $0[0].matmul($0[1], transposeSelf: true) },
        OperationCase("matmul/right") { $0[0].matmul($0[1], transposeOther: true) },
        OperationCase("matmul/both") { $0[0].matmul($0[1], transposeSelf: true, transposeOther: true) },
        OperationCase("matmul/batch") { $0[0].matmul($0[1]) },
        OperationCase("matmul/batchBoth") { $0[0].matmul($0[1], transposeSelf: true, transposeOther: true) },
        OperationCase("matmul/shared") { $0[0].matmul($0[1]) },
        OperationCase("matmul/empty") { $0[0].matmul($0[1]) },
        OperationCase("matmul/large", tolerance: 1e-5) { $0[0].matmul($0[1]) },
        OperationCase("linear") { $0[0].linear(weight: $0[1], bias: $0[2]) },
        OperationCase("embedding") { $0[0].embedding(indices: [1, 5, 1, 0, 1, 2], shape: [2, 3]) },
        OperationCase("averagePool1d") {
            $0[0].averagePool1d(kernel: 4, stride: 2, padding: 1, countIncludesPadding: false)
        },
        OperationCase("averagePool1d/counting") { $0[0].averagePool1d(kernel: 4, stride: 2, padding: 2) },
        OperationCase("groupNorm") { $0[0].groupNorm(groups: 2, weight: $0[1], bias: $0[2]) },
        OperationCase("groupNorm/plain", smooth: false, tolerance: 2e-5) { $0[0].groupNorm(groups: 1) },
        OperationCase("softmax") { $0[0].softmax(dimension: -1) },
        OperationCase("softmax/middle") { $0[0].softmax(dimension: 1) },
        OperationCase("logSoftmax") { $0[0].logSoftmax(dimension: -1) },
        OperationCase("weightNormalized") { Tensor.weightNormalized(v: $0[0], g: $0[1]) },
        OperationCase("lstm") {
            $0[0].lstm(inputWeight: $0[1], recurrentWeight: $0[2], inputBias: $0[3], recurrentBias: $0[4])
        },
    ]

    private static let file = "ops_layers"

    @Test(arguments: cases)
    func agreesWithPyTorchAndFiniteDifferences(_ operation: OperationCase) throws {
        try operation.check(Golden(Self.file))
    }

    @Test func aTrainingStepOfSpectralNormalisationMovesItsVectors() throws {
        let golden = try Golden(Self.file)
        // Used by this test only, one step after the other.
        nonisolated(unsafe) let u = try golden("spectralNormalized/u")
        nonisolated(unsafe) let v = try golden("spectralNormalized/v")
        let before = u.values
        let training = OperationCase("spectralNormalized", smooth: false) {
            Tensor.spectralNormalized(weight: $0[0], u: u, v: v, training: true)
        }
        try training.check(golden)
        #expect(u.values != before)
        let after = u.values
        let evaluation = OperationCase("spectralNormalized") {
            Tensor.spectralNormalized(weight: $0[0], u: u, v: v, training: false)
        }
        try evaluation.check(golden)
        #expect(u.values == after)
    }
}

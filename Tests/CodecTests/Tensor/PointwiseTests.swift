import Codec
import CodecTestSupport
import Testing

@Suite struct PointwiseTests {
    private static let functions: [(String, @Sendable (Tensor) -> Tensor)] = [
        ("negated", { -$0 }),
        ("plusNumber", { $0 + 0.7 }),
        ("minusNumber", { $0 - 0.7 }),
        ("numberMinus", { 0.7 - $0 }),
        ("timesNumber", { $0 * -1.3 }),
        ("overNumber", { $0 / 0.3 }),
        ("numberOver", { 0.3 / $0 }),
        ("squared", { $0.squared() }),
        ("squareRoot", { $0.squareRoot() }),
        ("absolute", { $0.absolute() }),
        ("exponential", { $0.exponential() }),
        ("logarithm", { $0.logarithm() }),
        ("log10", { $0.log10() }),
        ("cubed", { $0.power(3) }),
        ("power1.7", { $0.power(1.7) }),
        ("power-1", { $0.power(-1) }),
        ("power0", { $0.power(0) }),
        ("sine", { $0.sine() }),
        ("cosine", { $0.cosine() }),
        ("maximum", { $0.maximum(0.5) }),
        ("clamped", { $0.clamped(min: -0.5, max: 0.5) }),
        ("clampedBelow", { $0.clamped(min: 0.5) }),
        ("tanh", { $0.tanh() }),
        ("sigmoid", { $0.sigmoid() }),
        ("relu", { $0.relu() }),
        ("leakyRelu", { $0.leakyRelu(slope: 0.1) }),
        ("elu", { $0.elu() }),
        ("elu0.5", { $0.elu(alpha: 0.5) }),
    ]

    private static let kinked: Set = ["maximum", "clamped", "clampedBelow"]

    static let cases =
        functions.map { name, function in
            OperationCase(name, smooth: !kinked.contains(name)) { function($0[0]) }
        }
        + functions.map { name, function in OperationCase("\(name)/edges", smooth: false) { function($0[0]) } }

    static let operators: [OperationCase] = [
        "same", "channel", "channelFirst", "time", "item", "outer", "scalar", "scalarFirst", "middle", "empty",
    ].flatMap { shape in
        [
            OperationCase("add/\(shape)") { $0[0] + $0[1] },
            OperationCase("subtract/\(shape)") { $0[0] - $0[1] },
            OperationCase("multiply/\(shape)") { $0[0] * $0[1] },
            OperationCase("divide/\(shape)") { $0[0] / $0[1] },
        ]
    }

    static let snakes: [OperationCase] = [
        OperationCase("snake", tolerance: 2e-5) { $0[0].snake(alpha: $0[1]) },
        OperationCase("snake/alphas", smooth: false, tolerance: 2e-5) { $0[0].snake(alpha: $0[1]) },
        OperationCase("snake/noEpsilon") { $0[0].snake(alpha: $0[1], epsilon: 0) },
        OperationCase("snake/zero", smooth: false) { $0[0].snake(alpha: $0[1], epsilon: 0) },
        OperationCase("snake/edges", smooth: false) { $0[0].snake(alpha: $0[1]) },
    ]

    private static let file = "ops_pointwise"

    @Test(arguments: cases + operators + snakes)
    func agreesWithPyTorchAndFiniteDifferences(_ operation: OperationCase) throws {
        try operation.check(Golden(Self.file))
    }
}

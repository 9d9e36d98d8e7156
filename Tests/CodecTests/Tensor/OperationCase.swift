import Codec
import CodecTestSupport
import Testing

/// One operation as PyTorch's golden file and a closure see it; value, gradients and finite differences are checked from it.
struct OperationCase: Sendable, CustomTestStringConvertible {
    /// The case's name in the golden file.
    let name: String
    /// Whether finite differences make sense at the golden inputs.
    let isSmooth: Bool
    /// Relative and absolute tolerance against PyTorch.
    let tolerance: Float
    let run: @Sendable ([Tensor]) -> Tensor

    init(
        _ name: String,
        smooth: Bool = true,
        tolerance: Float = 3e-6,
        _ run: @escaping @Sendable ([Tensor]) -> Tensor
    ) {
        self.name = name
        isSmooth = smooth
        self.tolerance = tolerance
        self.run = run
    }

    var testDescription: String { name }

    /// The golden inputs, which need gradients.
    func inputs(_ golden: Golden) throws -> [Tensor] {
        let prefix = "\(name)/"
        let count = golden.names.filter { $0.hasPrefix(prefix) && Int($0.dropFirst(prefix.count)) != nil }.count
        return try (0..<count).map { index in
            let tensor = try golden("\(name)/\(index)")
            return Tensor(tensor.values, shape: tensor.shape, requiresGradient: true)
        }
    }

    func check(_ golden: Golden) throws {
        let inputs = try inputs(golden)
        let result = run(inputs)
        expectClose(result, try golden("\(name)/value"), tolerance, "\(name): value")
        result.backward(from: try golden("\(name)/seed"))
        for (index, input) in inputs.enumerated() {
            let gradient = input.gradient ?? Tensor(repeating: 0, shape: input.shape)
            expectClose(
                gradient,
                try golden("\(name)/gradient\(index)"),
                2 * tolerance,
                "\(name): gradient of input \(index)"
            )
        }
        if isSmooth, result.count > 0 {
            let error = GradientCheck.largestError(of: inputs, step: 5e-3, probes: 8, run)
            #expect(error < 1e-2, "\(name): finite differences")
        }
    }
}

/// Checks |a − b| ≤ tolerance·(|b| + 1) for every element; NaN matches NaN, infinity the same infinity.
func expectClose(
    _ result: Tensor,
    _ reference: Tensor,
    _ tolerance: Float,
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(result.shape == reference.shape, "\(what): shape", sourceLocation: sourceLocation)
    let wrong = zip(result.values, reference.values).enumerated().first { _, pair in
        let (a, b) = pair
        if a == b || (a.isNaN && b.isNaN) { return false }
        return !(abs(a - b) <= tolerance * (abs(b) + 1))
    }
    if let wrong {
        Issue.record(
            "\(what): \(wrong.element.0) instead of \(wrong.element.1) at \(wrong.offset)",
            sourceLocation: sourceLocation
        )
    }
}

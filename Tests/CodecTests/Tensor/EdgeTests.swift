import Codec
import Testing

/// Tensors without elements, and where NaN and infinity go.
@Suite struct EdgeTests {
    private static let empty: [(String, [Int], @Sendable (Tensor) -> Tensor, [Int])] = [
        ("function", [0], { $0.tanh() }, [0]),
        ("broadcast sum", [0, 3], { $0 + Tensor([1, 2, 3], shape: [3]) }, [0, 3]),
        ("broadcast from one", [2, 0], { $0 * Tensor(repeating: 2, shape: [2, 1]) }, [2, 0]),
        ("snake", [2, 3, 0], { $0.snake(alpha: Tensor(repeating: 1, shape: [1, 3, 1])) }, [2, 3, 0]),
        ("snake without items", [0, 3, 5], { $0.snake(alpha: Tensor(repeating: 1, shape: [1, 3, 1])) }, [0, 3, 5]),
        ("sum", [0, 4], { $0.sum(dimensions: [0]) }, [4]),
        ("maximum", [0, 4], { $0.maximumValue(dimension: 1) }, [0]),
        ("norm", [0], { $0.norm() }, []),
        ("transposed", [3, 0, 2], { $0.transposed(0, 2) }, [2, 0, 3]),
        (
            "concatenated", [2, 0], { Tensor.concatenated([$0, Tensor([5, 6], shape: [2, 1]), $0], dimension: 1) },
            [2, 1]
        ),
        ("padded", [2, 0], { $0.padded(left: 1, right: 2) }, [2, 3]),
        ("sliced", [2, 0], { $0.sliced(dimension: 0, range: 1..<2) }, [1, 0]),
        ("matmul", [0, 3], { $0.matmul(Tensor(repeating: 1, shape: [3, 2])) }, [0, 2]),
        ("linear", [2, 0, 3], { $0.linear(weight: Tensor(repeating: 1, shape: [4, 3])) }, [2, 0, 4]),
        ("embedding", [5, 2], { $0.embedding(indices: [], shape: [3, 0]) }, [3, 0, 2]),
        ("averagePool1d", [0, 2, 8], { $0.averagePool1d(kernel: 2, stride: 2) }, [0, 2, 4]),
        ("groupNorm", [0, 4, 3], { $0.groupNorm(groups: 2) }, [0, 4, 3]),
        ("softmax", [2, 0], { $0.softmax(dimension: 1) }, [2, 0]),
        (
            "weightNormalized", [0, 3],
            { Tensor.weightNormalized(v: $0, g: Tensor(repeating: 1, shape: [0, 1])) }, [0, 3]
        ),
        (
            "lstm", [0, 2, 3],
            {
                $0.lstm(
                    inputWeight: Tensor(repeating: 1, shape: [8, 3]),
                    recurrentWeight: Tensor(repeating: 1, shape: [8, 2])
                )
            }, [0, 2, 2]
        ),
    ]

    @Test(arguments: empty.indices)
    func emptyTensorsHaveEmptyResultsAndGradients(_ index: Int) {
        let (name, shape, function, expected) = Self.empty[index]
        let x = Tensor(repeating: 1, shape: shape, requiresGradient: true)
        let result = function(x)
        #expect(result.shape == expected, "\(name)")
        result.backward(from: Tensor(repeating: 1, shape: expected))
        #expect(x.gradient?.shape == shape, "\(name)")
    }

    @Test func aNaNReachesItsRowOfAProductEvenTimesZero() {
        var left = [Float](repeating: 1, count: 40 * 30)
        left[7 * 30 + 3] = .nan
        left[9 * 30 + 3] = .infinity
        let product = Tensor(left, shape: [40, 30]).matmul(Tensor(repeating: 0, shape: [30, 20])).values
        let rows = (0..<40).filter { row in product[(row * 20)..<((row + 1) * 20)].contains { $0.isNaN } }
        #expect(rows == [7, 9])
        #expect(product.count { $0.isNaN } == 40)
    }

    @Test func aNaNStaysInItsChannelAndItem() {
        var values = [Float](repeating: 0.5, count: 2 * 4 * 6)
        values[(1 * 4 + 2) * 6 + 1] = .nan
        let x = Tensor(values, shape: [2, 4, 6])
        let alpha = Tensor([1, .nan, 1, 1], shape: [1, 4, 1])
        let snake = x.snake(alpha: alpha).sum(dimensions: [2]).values
        #expect(snake.map(\.isNaN) == [false, true, false, false, false, true, true, false])
        let normalised = x.groupNorm(groups: 2).sum(dimensions: [2]).values
        #expect(normalised.map(\.isNaN) == [false, false, false, false, false, false, true, true])
        #expect(x.sum().item.isNaN && x.norm().item.isNaN && x.maximumValue(dimension: 2).sum().item.isNaN)
    }

    @Test func largeSumsOverflowToInfinity() {
        let x = Tensor(repeating: 3e38, shape: [4])
        #expect(x.sum().item == .infinity)
        #expect(x.mean().item == .infinity)
    }
}

/// A generator that says: leave the parameters as they are, somebody loads them right away.
///
/// Filling 76 million weights with random numbers costs more than reading them from a file.
struct NoInitialValues: RandomNumberGenerator {
    func next() -> UInt64 { 0 }
}

extension Tensor {
    /// A parameter drawn from U(−bound, bound).
    static func parameter(
        uniform bound: Float,
        _ shape: [Int],
        using random: inout some RandomNumberGenerator
    ) -> Tensor {
        let storage = TensorStorage(count: shape.reduce(1, *))
        if !(random is NoInitialValues) {
            storage.withMutableSpan { values in
                for index in values.indices { values[index] = bound * (2 * random.uniform() - 1) }
            }
        }
        return Tensor(storage: storage, shape: shape, requiresGradient: true)
    }

    /// A parameter drawn from N(0, 1), as PyTorch initialises an embedding.
    static func parameter(normal shape: [Int], using random: inout some RandomNumberGenerator) -> Tensor {
        let storage = TensorStorage(count: shape.reduce(1, *))
        if !(random is NoInitialValues) {
            storage.withMutableSpan { values in
                for index in values.indices { values[index] = random.normal() }
            }
        }
        return Tensor(storage: storage, shape: shape, requiresGradient: true)
    }

    /// A parameter of equal values.
    static func parameter(repeating value: Float, _ shape: [Int]) -> Tensor {
        Tensor(repeating: value, shape: shape, requiresGradient: true)
    }
}

public import Codec

/// Compares gradients with central finite differences.
public enum GradientCheck {
    /// The largest relative error over probed elements of every input: |analytic − numeric| / max(|analytic|, |numeric|, floor).
    ///
    /// The function's result is reduced to one number by fixed random weights, so that every output counts.
    /// float32 limits what can be seen: with `step` 1e-2 on values of order 1, errors up to about 1e-2 are rounding.
    public static func largestError(
        of inputs: [Tensor],
        step: Float = 1e-2,
        probes: Int = 12,
        seed: UInt64 = 7,
        _ function: ([Tensor]) -> Tensor
    ) -> Float {
        var random = RandomSource(seed: seed)
        let leaves = inputs.map { Tensor($0.values, shape: $0.shape, requiresGradient: true) }
        let output = function(leaves)
        let weights = Tensor.uniform(output.shape, from: -1, to: 1, using: &random)
        output.backward(from: weights)
        func objective(_ tensors: [Tensor]) -> Double {
            let values = withoutGradients { function(tensors) }.values
            return zip(values, weights.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        var worst: Float = 0
        for (position, leaf) in leaves.enumerated() {
            let analytic = leaf.gradient?.values ?? [Float](repeating: 0, count: leaf.count)
            let scale = max(1e-3, analytic.map(abs).max() ?? 0)
            for _ in 0..<min(probes, leaf.count) {
                let element = Int(random.next() % UInt64(leaf.count))
                func moved(_ amount: Float) -> [Tensor] {
                    var values = leaf.values
                    values[element] += amount
                    var tensors = inputs
                    tensors[position] = Tensor(values, shape: leaf.shape)
                    return tensors
                }
                let numeric = Float((objective(moved(step)) - objective(moved(-step))) / Double(2 * step))
                let error = abs(analytic[element] - numeric) / scale
                worst = error.isNaN ? .infinity : max(worst, error)
            }
        }
        return worst
    }
}

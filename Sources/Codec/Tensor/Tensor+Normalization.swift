extension Tensor {
    /// Group normalisation (Wu and He 2018) of `[B, C, …]`: every group of C/groups channels of every item is shifted and
    /// scaled to mean 0 and variance 1 (divided by the count, plus `epsilon`), then each channel by `weight` and `bias`, `[C]`.
    public func groupNorm(groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5) -> Tensor {
        precondition(
            rank >= 2 && groups > 0 && shape[1] % groups == 0,
            "groupNorm: \(shape) cannot be divided into \(groups) groups of channels"
        )
        for parameter in [weight, bias].compactMap({ $0 }) {
            precondition(parameter.shape == [shape[1]], "groupNorm: \(parameter.shape) does not fit \(shape)")
        }
        let kernel = GroupNormalizationKernel(
            batch: shape[0],
            channels: shape[1],
            groups: groups,
            length: shape[2...].reduce(1, *)
        )
        let (input, scales, shape) = (storage, weight?.storage, shape)
        let hasBias = bias != nil
        let (result, means, inverses) = kernel.forward(input, weight: scales, bias: bias?.storage, epsilon: epsilon)
        return Tensor(
            operation: "groupNorm",
            storage: result,
            shape: shape,
            inputs: [self] + [weight, bias].compactMap { $0 }
        ) { gradient in
            let gradients = kernel.backward(gradient.storage, input, weight: scales, means: means, inverses: inverses)
            return [Tensor(storage: gradients.x, shape: shape)]
                + (scales == nil ? [] : [Tensor(storage: gradients.weight, shape: [shape[1]])])
                + (hasBias ? [Tensor(storage: gradients.bias, shape: [shape[1]])] : [])
        }
    }

    /// eˣ / Σ eˣ along a dimension; negative ones count from the end.
    public func softmax(dimension: Int) -> Tensor { softmax(dimension, logarithm: false) }

    /// The logarithm of ``softmax(dimension:)``.
    public func logSoftmax(dimension: Int) -> Tensor { softmax(dimension, logarithm: true) }

    private func softmax(_ dimension: Int, logarithm: Bool) -> Tensor {
        let axis = resolvedDimension(dimension)
        guard axis == rank - 1 else {
            return transposed(axis, rank - 1).softmax(rank - 1, logarithm: logarithm).transposed(axis, rank - 1)
        }
        let (rows, length, _) = split(at: axis)
        let result = SoftmaxKernel.forward(storage, rows: rows, length: length, logarithm: logarithm)
        let shape = shape
        return Tensor(
            operation: logarithm ? "logSoftmax" : "softmax",
            storage: result,
            shape: shape,
            inputs: [self]
        ) { gradient in
            let slope = SoftmaxKernel.backward(
                gradient.storage,
                output: result,
                rows: rows,
                length: length,
                logarithm: logarithm
            )
            return [Tensor(storage: slope, shape: shape)]
        }
    }
}

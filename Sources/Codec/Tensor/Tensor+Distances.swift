extension Tensor {
    /// The mean absolute difference to a tensor of the same shape, a scalar, as torch's `l1_loss`: one pass, nothing stored.
    ///
    /// Accumulated in double precision. NaN in either gives NaN, nothing to average too. The gradient where values are equal,
    /// or one is NaN, is 0.
    public func l1Distance(to other: Tensor) -> Tensor {
        precondition(shape == other.shape, "l1Distance: \(shape) and \(other.shape) differ")
        let (a, b, shape, terms) = (storage, other.storage, shape, Float(count))
        let wanted = [requiresGradient, other.requiresGradient]
        let distance = Float(DistanceKernel.absoluteDifference(a, b)) / terms
        return Tensor(
            operation: "l1Distance",
            storage: TensorStorage([distance]),
            shape: [],
            inputs: [self, other]
        ) { gradient in
            zip(wanted, [gradient.item / terms, -gradient.item / terms]).map { isWanted, factor in
                guard isWanted else { return nil }
                let slope = DistanceKernel.absoluteDifferenceGradient(a, b, factor: factor)
                return Tensor(storage: slope, shape: shape)
            }
        }
    }

    /// Σ weight · term of scalars, a scalar; 0 when there are none. Accumulated in double precision.
    static func weightedSum(_ terms: [(term: Tensor, weight: Float)]) -> Tensor {
        let sum = terms.reduce(0.0) { $0 + Double($1.term.item) * Double($1.weight) }
        let weights = terms.map(\.weight)
        return Tensor(
            operation: "weightedSum",
            storage: TensorStorage([Float(sum)]),
            shape: [],
            inputs: terms.map(\.term)
        ) { gradient in weights.map { gradient * $0 } }
    }
}

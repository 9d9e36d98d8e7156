extension Tensor {
    /// |X| of a complex tensor: `[…, 2]` with real and imaginary part becomes `[…]`. The gradient at X = 0 is 0, as PyTorch's.
    public func magnitude() -> Tensor {
        precondition(shape.last == 2, "magnitude needs […, 2], but got \(shape)")
        let input = storage
        let result = ComplexKernel.magnitude(storage)
        let inputShape = shape
        return Tensor(operation: "magnitude", storage: result, shape: Array(shape.dropLast()), inputs: [self]) {
            gradient in
            let storage = ComplexKernel.magnitudeGradient(input, magnitude: result, gradient: gradient.storage)
            return [Tensor(storage: storage, shape: inputShape)]
        }
    }

    /// |X|² of a complex tensor: `[…, 2]` with real and imaginary part becomes `[…]`.
    public func squaredMagnitude() -> Tensor {
        precondition(shape.last == 2, "squaredMagnitude needs […, 2], but got \(shape)")
        let input = storage
        let inputShape = shape
        return Tensor(
            operation: "squaredMagnitude",
            storage: ComplexKernel.power(storage),
            shape: Array(shape.dropLast()),
            inputs: [self]
        ) { gradient in
            [Tensor(storage: ComplexKernel.powerGradient(input, gradient: gradient.storage), shape: inputShape)]
        }
    }
}

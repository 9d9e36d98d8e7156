extension Tensor {
    /// x² of every value.
    public func squared() -> Tensor { applying(.squared) }

    /// √x of every value; NaN below 0. The gradient at 0 is infinite.
    public func squareRoot() -> Tensor { applying(.squareRoot) }

    /// |x| of every value; the gradient at 0 is 0.
    public func absolute() -> Tensor { applying(.absolute) }

    /// eˣ of every value.
    public func exponential() -> Tensor { applying(.exponential) }

    /// The natural logarithm of every value; −∞ at 0, NaN below.
    public func logarithm() -> Tensor { applying(.logarithm) }

    /// The decimal logarithm of every value; −∞ at 0, NaN below.
    public func log10() -> Tensor { applying(.log10) }

    /// xᵖ of every value, as C's `powf`.
    public func power(_ exponent: Float) -> Tensor {
        switch exponent {
        case 1: self
        case 2: squared()
        case 0.5: squareRoot()
        default: applying(.power(exponent))
        }
    }

    /// sin x of every value in radians.
    public func sine() -> Tensor { applying(.sine) }

    /// cos x of every value in radians.
    public func cosine() -> Tensor { applying(.cosine) }

    /// The larger of every value and `floor`; NaN stays. Where both are equal half of the gradient passes, as `torch.maximum`.
    public func maximum(_ floor: Float) -> Tensor { applying(.maximum(floor)) }

    /// Every value limited to `min…max`; NaN stays. The gradient passes inside and at the bounds, as `torch.clamp`.
    public func clamped(min: Float = -.infinity, max: Float = .infinity) -> Tensor { applying(.clamped(min, max)) }

    /// Applies a function of one variable and records it.
    func applying(_ function: PointwiseFunction) -> Tensor {
        let input = storage
        let output = PointwiseKernel.map(input, function.value)
        let shape = shape
        let saved: TensorStorage? =
            switch function.saved {
            case .input: input
            case .output: output
            case .nothing: nil
            }
        return Tensor(operation: function.name, storage: output, shape: shape, inputs: [self]) { gradient in
            let slope = PointwiseKernel.map(saved ?? gradient.storage, gradient.storage, function.gradient)
            return [Tensor(storage: slope, shape: shape)]
        }
    }
}

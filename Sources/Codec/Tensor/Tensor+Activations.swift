extension Tensor {
    /// The hyperbolic tangent of every value.
    public func tanh() -> Tensor { applying(.tanh) }

    /// 1 / (1 + e⁻ˣ) of every value.
    public func sigmoid() -> Tensor { applying(.sigmoid) }

    /// ln(1 + eˣ) of every value, without overflow and exact for small results.
    public func softplus() -> Tensor { applying(.softplus) }

    /// x where positive, 0 elsewhere. NaN stays.
    public func relu() -> Tensor { applying(.relu) }

    /// x where positive, `slope`·x elsewhere (Maas, Hannun and Ng 2013).
    public func leakyRelu(slope: Float) -> Tensor { applying(.leakyRelu(slope)) }

    /// x where positive, `alpha`·(eˣ − 1) elsewhere (Clevert, Unterthiner and Hochreiter 2016).
    public func elu(alpha: Float = 1) -> Tensor { applying(.elu(alpha)) }

    /// Snake, x + sin²(αx) / (α + ε) (Ziyin, Hartwig and Ueda 2020), on `[B, C, T]` with one α per channel, `[1, C, 1]`.
    ///
    /// ε is 1e-9 in DAC and enters the quotient only. With `epsilon` 0, α = 0 gives NaN.
    public func snake(alpha: Tensor, epsilon: Float = 1e-9) -> Tensor {
        precondition(rank == 3, "snake needs [B, C, T], but got \(shape)")
        precondition(alpha.shape == [1, shape[1], 1], "snake: α is \(alpha.shape), but the input is \(shape)")
        let (input, alphas, shape) = (storage, alpha.storage, shape)
        let needsInput = requiresGradient
        let result = SnakeKernel.forward(input, alphas, epsilon: epsilon, channels: shape[1], length: shape[2])
        return Tensor(operation: "snake", storage: result, shape: shape, inputs: [self, alpha]) { gradient in
            let gradients = SnakeKernel.backward(
                input,
                alphas,
                gradient: gradient.storage,
                epsilon: epsilon,
                channels: shape[1],
                length: shape[2],
                wantsInput: needsInput
            )
            return [
                gradients.x.map { Tensor(storage: $0, shape: shape) },
                Tensor(storage: gradients.alpha, shape: [1, shape[1], 1]),
            ]
        }
    }
}

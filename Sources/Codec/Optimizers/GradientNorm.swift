/// The norm of all gradients of a network taken as one vector.
public enum GradientNorm {
    /// Σ g² of each parameter's gradient, 0 where there is none; NaN or infinite as soon as one value is.
    public static func squares(of parameters: [Tensor]) -> [Double] {
        let sums = OptimizerKernel.sumsOfSquares(parameters.compactMap { $0.gradient?.storage })
        var next = sums.makeIterator()
        return parameters.map { $0.gradient == nil ? 0 : next.next() ?? 0 }
    }

    /// √Σ g² over all parameters' gradients, 0 when none has one; NaN or infinite as soon as one value is.
    public static func total(of parameters: [Tensor]) -> Float {
        Float(squares(of: parameters).reduce(0, +).squareRoot())
    }

    /// Shortens all gradients together so that their norm is at most `maximum`, and returns the norm they had, as
    /// `torch.nn.utils.clip_grad_norm_` does with its defaults.
    ///
    /// The factor is min(1, maximum / (norm + 1e-6)). A norm of NaN makes every gradient NaN; an infinite one makes infinite
    /// values NaN and all others 0. Look at what is returned before moving parameters.
    @discardableResult
    public static func clip(_ parameters: [Tensor], to maximum: Float) -> Float {
        let norm = total(of: parameters)
        shorten(parameters, norm: norm, to: maximum)
        return norm
    }

    /// ``clip(_:to:)`` of gradients whose norm is known already.
    public static func shorten(_ parameters: [Tensor], norm: Float, to maximum: Float) {
        let factor = maximum / (norm + 1e-6)
        if !(factor >= 1) { OptimizerKernel.scale(parameters.compactMap { $0.gradient?.storage }, by: factor) }
    }
}

extension Layer {
    /// Whether ``Tensor/backward(from:keepingGraph:)`` computes gradients of the parameters, here and below.
    ///
    /// Off, gradients still flow through to the input; a generator's step through a discriminator needs no more.
    /// Gradients there are stay until they are cleared.
    public final func setParametersNeedGradients(_ needed: Bool) {
        for entry in namedParameters { entry.tensor.isLeafWithGradient = needed }
    }
}

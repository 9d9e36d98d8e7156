extension Layer {
    /// Whether ``Tensor/backward(from:keepingGraph:)`` computes gradients of the parameters, here and below.
    ///
    /// Off, gradients still flow through to the input; a generator's step through a discriminator needs no more.
    /// Gradients there are stay until they are cleared.
    public final func setParametersNeedGradients(_ needed: Bool) {
        for entry in namedParameters { entry.tensor.isLeafWithGradient = needed }
    }
}

extension Tensor {
    /// Whether ``backward(from:keepingGraph:)`` computes a gradient of this parameter; a frozen one has none.
    ///
    /// - Precondition: the tensor is no result of a recorded operation.
    public func setNeedsGradient(_ needed: Bool) {
        precondition(node == nil, "only a parameter can be frozen or released, not the result of an operation")
        isLeafWithGradient = needed
    }
}

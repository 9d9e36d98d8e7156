/// A convolution that can apply LeakyReLU itself, which saves a pass over its result and a copy of it.
protocol ActivatedConvolution: Layer {
    /// The convolution of `input`, with LeakyReLU of a slope of at least 0 behind it, if there is one.
    func forward(_ input: Tensor, leakySlope: Float?) -> Tensor
}

/// Pearson's correlation of samples, −1 … 1; blind to level and offset.
public struct SignalCorrelation: Sendable {
    /// The measure.
    public init() {}

    /// The correlation of each item of `[B, …]`, as `[B]`, with gradients. A constant signal gives NaN.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor {
        let (estimate, reference) = SignalPair.flattened(estimate, reference)
        let (x, y) = (SignalPair.centered(estimate), SignalPair.centered(reference))
        let scale = x.squared().sum(dimensions: [1]).squareRoot() * y.squared().sum(dimensions: [1]).squareRoot()
        return (x * y).sum(dimensions: [1]) / scale
    }
}

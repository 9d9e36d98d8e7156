/// The standard deviation of the estimate over that of the reference: 1 when the level is kept, 0 for silence.
public struct AmplitudeRatio: Sendable {
    /// The measure.
    public init() {}

    /// The ratio of each item of `[B, …]`, as `[B]`, with gradients. A constant reference gives ∞, or NaN if both are constant.
    ///
    /// The origin takes one ratio over a whole batch: reshape to `[1, …]` for that.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor {
        let (estimate, reference) = SignalPair.flattened(estimate, reference)
        let energies = [estimate, reference].map { SignalPair.centered($0).squared().sum(dimensions: [1]) }
        return energies[0].squareRoot() / energies[1].squareRoot()
    }
}

/// 10·log10(Σy²/Σ(ŷ − y)²) in dB, the origin's measure of its checkpoints. It counts gain and delay as noise.
public struct SignalToNoiseRatio: Sendable {
    /// The measure.
    public init() {}

    /// The ratio of each item of `[B, …]`, as `[B]`, with gradients. Equal signals give ∞, a silent reference −∞, two silent
    /// signals NaN.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor {
        let (estimate, reference) = SignalPair.flattened(estimate, reference)
        let noise = (estimate - reference).squared().sum(dimensions: [1])
        return (reference.squared().sum(dimensions: [1]) / noise).log10() * 10
    }
}

/// Checks and shapes two batches of signals that are measured against each other.
enum SignalPair {
    /// Both as `[B, N]`.
    static func flattened(_ estimate: Tensor, _ reference: Tensor) -> (estimate: Tensor, reference: Tensor) {
        precondition(
            estimate.shape == reference.shape && estimate.rank > 1 && estimate.count > 0,
            "a measure needs two signals [B, …] of one shape, but got \(estimate.shape) and \(reference.shape)"
        )
        let shape = [estimate.shape[0], -1]
        return (estimate.reshaped(shape), reference.reshaped(shape))
    }

    /// A batch `[B, N]` without each item's mean.
    static func centered(_ signals: Tensor) -> Tensor {
        signals - signals.mean(dimensions: [1], keepingDimensions: true)
    }
}

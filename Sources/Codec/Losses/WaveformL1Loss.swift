/// The mean absolute difference of samples, DAC's `waveform/loss`; logged there, without weight.
public struct WaveformL1Loss: Sendable {
    /// The loss.
    public init() {}

    /// One number for tensors of equal shape. The gradient where samples are equal is 0. NaN in either gives NaN.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor {
        precondition(
            estimate.shape == reference.shape && estimate.count > 0,
            "the waveform loss needs two signals of one shape, but got \(estimate.shape) and \(reference.shape)"
        )
        return estimate.l1Distance(to: reference)
    }
}

/// The multi-scale spectral loss of DDSP (Engel et al. 2020) as DAC has it: per window length, the mean absolute difference
/// of magnitudes and of their log10.
///
/// DAC computes and logs it, but gives it no weight. Its exponent is a factor of the log term: log10(xᵖ) = p·log10 x.
public struct MultiScaleSTFTLoss: Sendable {
    private let distance: SpectralDistance

    /// A loss with DAC's defaults.
    ///
    /// - Parameters:
    ///   - windowLengths: one scale each, in samples; the hop is a quarter of it.
    ///   - floor: what magnitudes are raised to before log10.
    ///   - magnitudeWeight: the weight of the difference of magnitudes.
    ///   - logWeight: the weight of the difference of logarithms.
    ///   - exponent: the power of the magnitude whose logarithm is taken.
    ///   - window: the window.
    public init(
        windowLengths: [Int] = [2048, 512],
        floor: Float = 1e-5,
        magnitudeWeight: Float = 1,
        logWeight: Float = 1,
        exponent: Float = 2,
        window: Window = .hann
    ) {
        distance = SpectralDistance(
            scales: windowLengths.map { length in
                SpectralScale(
                    configuration: STFTConfiguration(transformLength: length, window: window),
                    levelWeight: magnitudeWeight,
                    logWeight: logWeight * abs(exponent),
                    floor: .clamp(floor)
                )
            }
        )
    }

    /// One number for signals `[B, C, T]` of equal shape. NaN in either gives NaN.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor { distance(estimate, reference) }
}

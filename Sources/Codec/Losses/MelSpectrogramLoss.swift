/// The multi-scale mel loss of DAC: per window length, the mean absolute difference of mel spectrograms and of their log10.
///
/// Bands are Slaney's over magnitudes. The exponent is a factor of the log term: log10(xᵖ) = p·log10 x.
public struct MelSpectrogramLoss: Sendable {
    private let distance: SpectralDistance

    /// A loss with the defaults of DAC's class, which none of its training configurations uses: see ``dac(sampleRate:)``.
    ///
    /// - Parameters:
    ///   - sampleRate: of the signals, in Hz.
    ///   - bandCounts: the number of mel bands of each scale.
    ///   - windowLengths: the window of each scale in samples; the hop is a quarter of it.
    ///   - minimumFrequencies: the lower end of each scale's bands in Hz; 0 where the list ends.
    ///   - maximumFrequencies: the upper end of each scale's bands in Hz; half the sample rate where nil or where the list ends.
    ///   - floor: what bands are raised to before log10.
    ///   - magnitudeWeight: the weight of the difference of bands.
    ///   - logWeight: the weight of the difference of logarithms.
    ///   - exponent: the power of the band whose logarithm is taken.
    ///   - window: the window.
    public init(
        sampleRate: Int,
        bandCounts: [Int] = [150, 80],
        windowLengths: [Int] = [2048, 512],
        minimumFrequencies: [Double] = [],
        maximumFrequencies: [Double?] = [],
        floor: Float = 1e-5,
        magnitudeWeight: Float = 1,
        logWeight: Float = 1,
        exponent: Float = 2,
        window: Window = .hann
    ) {
        precondition(
            bandCounts.count == windowLengths.count,
            "\(bandCounts.count) band counts do not fit \(windowLengths.count) windows"
        )
        distance = SpectralDistance(
            scales: windowLengths.indices.map { index in
                SpectralScale(
                    configuration: STFTConfiguration(transformLength: windowLengths[index], window: window),
                    filterbank: MelFilterbank(
                        sampleRate: sampleRate,
                        transformLength: windowLengths[index],
                        bandCount: bandCounts[index],
                        minimumFrequency: index < minimumFrequencies.count ? minimumFrequencies[index] : 0,
                        maximumFrequency: index < maximumFrequencies.count ? maximumFrequencies[index] : nil
                    ),
                    levelWeight: magnitudeWeight,
                    logWeight: logWeight * abs(exponent),
                    floor: .clamp(floor)
                )
            }
        )
    }

    /// The loss of DAC's published configurations: 7 scales, windows of 32 to 2048 samples with 5 to 320 bands, log term only.
    public static func dac(sampleRate: Int) -> MelSpectrogramLoss {
        MelSpectrogramLoss(
            sampleRate: sampleRate,
            bandCounts: [5, 10, 20, 40, 80, 160, 320],
            windowLengths: [32, 64, 128, 256, 512, 1024, 2048],
            magnitudeWeight: 0,
            exponent: 1
        )
    }

    /// One number for signals `[B, C, T]` of equal shape. NaN in either gives NaN.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor { distance(estimate, reference) }
}

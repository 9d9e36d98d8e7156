/// EnCodec's multi-scale mel loss as audiocraft (`losses/specloss.py`) trains it: per window length, the mean absolute
/// difference of mel powers plus α times the mean squared difference of log10(mel + floor).
///
/// Windows are 2ⁱ samples with a quarter as hop, bands are HTK's over powers, and there is one frame per hop.
/// The paper (Défossez et al. 2022) gives windows 2⁵ … 2¹¹ and α = 1; audiocraft's are the defaults here.
public struct MultiScaleMelSpectrogramLoss: Sendable {
    private let distance: SpectralDistance

    /// A loss with the defaults of audiocraft's class, which its compression models do not use: see ``encodec(sampleRate:)``.
    ///
    /// - Parameters:
    ///   - sampleRate: of the signals, in Hz.
    ///   - windowExponents: one scale for each i, a window of 2ⁱ samples.
    ///   - bandCount: the number of mel bands of every scale.
    ///   - minimumFrequency: the lower end of the bands in Hz.
    ///   - maximumFrequency: the upper end of the bands in Hz; half the sample rate if nil.
    ///   - isNormalized: whether spectra are divided by √Σw² of the window and the loss by Σ(α + 1).
    ///   - usesAlphas: whether α is √(2ⁱ − 1) instead of 1.
    ///   - floor: what is added before log10.
    public init(
        sampleRate: Int,
        windowExponents: Range<Int> = 6..<11,
        bandCount: Int = 64,
        minimumFrequency: Double = 0,
        maximumFrequency: Double? = nil,
        isNormalized: Bool = false,
        usesAlphas: Bool = true,
        floor: Float = 1e-5
    ) {
        let alphas = windowExponents.map { usesAlphas ? Float((1 << $0) - 1).squareRoot() : 1 }
        let divisor = isNormalized ? alphas.reduce(0) { $0 + $1 + 1 } : 1
        distance = SpectralDistance(
            scales: zip(windowExponents, alphas).map { exponent, alpha in
                SpectralScale(
                    configuration: STFTConfiguration(
                        transformLength: 1 << exponent,
                        padding: .fullFrames,
                        normalization: isNormalized ? .windowEnergy : .none
                    ),
                    filterbank: MelFilterbank(
                        sampleRate: sampleRate,
                        transformLength: 1 << exponent,
                        bandCount: bandCount,
                        minimumFrequency: minimumFrequency,
                        maximumFrequency: maximumFrequency,
                        scale: .htk,
                        normalization: .none
                    ),
                    spectrum: .power,
                    levelWeight: 1 / divisor,
                    logWeight: alpha / divisor,
                    floor: .add(floor),
                    squaresLogDifference: true
                )
            }
        )
    }

    /// The loss of audiocraft's compression models (`config/solver/compression`): 64 bands from 64 Hz, normalised, α = 1.
    public static func encodec(sampleRate: Int) -> MultiScaleMelSpectrogramLoss {
        MultiScaleMelSpectrogramLoss(
            sampleRate: sampleRate,
            minimumFrequency: 64,
            isNormalized: true,
            usesAlphas: false
        )
    }

    /// One number for signals `[B, C, T]` of equal shape. NaN in either gives NaN.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor { distance(estimate, reference) }
}

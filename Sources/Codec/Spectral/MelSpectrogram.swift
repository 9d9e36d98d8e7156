/// Magnitudes (or powers) of a short-time Fourier transform in mel bands, with gradients.
public struct MelSpectrogram: Sendable {
    /// The transform.
    public let configuration: STFTConfiguration
    /// The bands.
    public let filterbank: MelFilterbank
    /// Whether bands sum |X| or |X|².
    public let spectrum: Spectrum

    /// What of a spectrum is summed.
    public enum Spectrum: Sendable, Equatable {
        /// |X|, as audiotools.
        case magnitude
        /// |X|², as torchaudio.
        case power
    }

    /// A mel spectrogram of a transform and bands of the same length.
    public init(_ configuration: STFTConfiguration, filterbank: MelFilterbank, spectrum: Spectrum = .magnitude) {
        precondition(
            configuration.transformLength == filterbank.transformLength,
            "a filterbank for \(filterbank.transformLength) samples does not fit a transform of \(configuration.transformLength)"
        )
        self.configuration = configuration
        self.filterbank = filterbank
        self.spectrum = spectrum
    }

    /// audiotools' `mel_spectrogram`: Slaney's bands over magnitudes of Hann windows, 32 ms unless given.
    public static func audiotools(sampleRate: Int, bandCount: Int = 80, windowLength: Int? = nil) -> MelSpectrogram {
        let configuration =
            windowLength.map { STFTConfiguration(transformLength: $0) } ?? .audiotools(sampleRate: sampleRate)
        let bank = MelFilterbank(
            sampleRate: sampleRate,
            transformLength: configuration.transformLength,
            bandCount: bandCount
        )
        return MelSpectrogram(configuration, filterbank: bank)
    }

    /// The mel spectrogram `[…, M, L]` of signals `[…, T]`.
    public func callAsFunction(_ signal: Tensor) -> Tensor {
        let complex = signal.stft(configuration)
        return filterbank(spectrum == .magnitude ? complex.magnitude() : complex.squaredMagnitude())
    }
}

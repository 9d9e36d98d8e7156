/// What a sub-discriminator looks at.
public enum DiscriminatorInput: Sendable, Hashable, Codable {
    /// The waveform `[B, 1, T]`, perhaps at a lower rate.
    case waveform(Downsampling)
    /// The waveform folded to `[B, 1, ⌈T/p⌉, p]`, so that a column holds every p-th sample; the end is filled by reflection.
    /// `alwaysPads` adds a whole period where T is a multiple of it, as DAC does.
    case period(Int, alwaysPads: Bool)
    /// A spectrogram as an image `[B, C, frames, bins]` or `[B, C, bins, frames]`.
    case spectrogram(STFTConfiguration, channels: SpectrogramChannels, axes: SpectrogramAxes)

    /// How a waveform is made shorter.
    public enum Downsampling: Sendable, Hashable, Codable {
        /// As it is.
        case none
        /// Means over windows, `times` times one after the other (MelGAN's and HiFi-GAN's scales).
        case averagePool(kernel: Int, stride: Int, padding: Int, countsPadding: Bool, times: Int)
        /// Resampled from `sampleRate` to ⌊sampleRate / factor⌋ Hz as audiotools does (DAC's `rates`).
        case resample(factor: Int, sampleRate: Int)
    }

    /// Which parts of a complex spectrogram are channels.
    public enum SpectrogramChannels: String, Sendable, Hashable, Codable, CaseIterable {
        /// Real and imaginary part (DAC, EnCodec).
        case realImaginary
        /// Real part, imaginary part and magnitude (the origin's repaired net).
        case realImaginaryMagnitude
        /// Magnitude (BigVGAN).
        case magnitude

        /// 2, 3 or 1.
        public var count: Int {
            switch self {
            case .realImaginary: 2
            case .realImaginaryMagnitude: 3
            case .magnitude: 1
            }
        }
    }

    /// The order of an image's last two dimensions.
    public enum SpectrogramAxes: String, Sendable, Hashable, Codable, CaseIterable {
        /// `[B, C, frames, bins]`.
        case framesBins
        /// `[B, C, bins, frames]`.
        case binsFrames
    }

    /// The waveform after `scale` average pools of stride 2 one after the other; as it is at scale 0.
    static func scale(_ scale: Int, kernel: Int, padding: Int, countsPadding: Bool) -> DiscriminatorInput {
        guard scale > 0 else { return .waveform(.none) }
        return .waveform(
            .averagePool(kernel: kernel, stride: 2, padding: padding, countsPadding: countsPadding, times: scale)
        )
    }

    /// Channels of the image or signal.
    public var channels: Int {
        if case .spectrogram(_, let channels, _) = self { return channels.count }
        return 1
    }

    /// Dimensions a kernel slides over: 1 for waveforms, 2 for the rest.
    public var spatialDimensions: Int {
        if case .waveform = self { return 1 }
        return 2
    }
}

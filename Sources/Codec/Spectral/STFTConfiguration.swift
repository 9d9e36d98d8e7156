/// The parameters of a short-time Fourier transform (Allen and Rabiner 1977), as `torch.stft` and audiotools name them.
public struct STFTConfiguration: Sendable, Hashable, Codable {
    /// What lies beyond the ends of the signal.
    public enum Padding: Sendable, Hashable, Codable {
        /// Frames begin at the first sample and end inside the signal (`center=False`).
        case none
        /// Frames are centred on multiples of the hop; half a transform is reflected at both ends (`center=True`).
        case centered
        /// So many samples are reflected at both ends, then as `none`: HiFi-GAN's mel and BigVGAN's discriminator reflect
        /// (transform − hop)/2.
        case reflected(Int)
        /// audiotools' `match_stride`: as many frames as a convolution of stride `hop` has outputs, ⌈T/hop⌉.
        /// Needs a hop of a quarter of the transform.
        case matchingStride
        /// audiocraft's mel losses: (transform − hop)/2 reflected at both ends, then zeros until the last frame is full; ⌈T/hop⌉ frames.
        case fullFrames
    }

    /// A constant factor of the spectrum.
    public enum Normalization: Sendable, Hashable, Codable {
        /// None.
        case none
        /// 1/√transform (`normalized=True` of torch.stft).
        case transformLength
        /// 1/√Σw² of the window (`normalized=True` of torchaudio's Spectrogram).
        case windowEnergy
    }

    /// Samples of the Fourier transform, `n_fft`.
    public let transformLength: Int
    /// Samples between frames.
    public let hopLength: Int
    /// Samples of the window, at most ``transformLength``; zeros are put on both sides.
    public let windowLength: Int
    /// The window.
    public let window: Window
    /// What lies beyond the ends.
    public let padding: Padding
    /// A constant factor.
    public let normalization: Normalization

    /// A configuration; the hop is a quarter of the transform and the window as long as the transform unless given.
    public init(
        transformLength: Int,
        hopLength: Int? = nil,
        windowLength: Int? = nil,
        window: Window = .hann,
        padding: Padding = .centered,
        normalization: Normalization = .none
    ) {
        self.transformLength = transformLength
        self.hopLength = hopLength ?? transformLength / 4
        self.windowLength = windowLength ?? transformLength
        self.window = window
        self.padding = padding
        self.normalization = normalization
        precondition(transformLength > 0, "a transform of \(transformLength) samples is not possible")
        precondition(self.hopLength > 0, "a hop of \(self.hopLength) samples is not possible")
        precondition(
            (1...transformLength).contains(self.windowLength),
            "a window of \(self.windowLength) samples does not fit a transform of \(transformLength)"
        )
    }

    /// audiotools' default: the power of two at or above 32 ms, a quarter of it as hop, a Hann window.
    public static func audiotools(sampleRate: Int) -> STFTConfiguration {
        var length = 1
        while Double(length) < 0.032 * Double(sampleRate) { length *= 2 }
        return STFTConfiguration(transformLength: length)
    }

    /// The number of frequency bins, `transformLength/2 + 1`.
    public var binCount: Int { transformLength / 2 + 1 }

    /// The number of frames of `length` samples; 0 when the signal is too short for one.
    public func frameCount(length: Int) -> Int {
        length > 0 ? max(0, layout(length: length).frameCount) : 0
    }

    /// Where frames lie on a signal of `length` samples.
    func layout(length: Int) -> FrameLayout {
        precondition(length > 0, "a spectrogram needs at least one sample")
        let half = transformLength / 2
        let margin = (transformLength - hopLength) / 2
        func layout(_ left: Int, reflected right: Int, frames: Int) -> FrameLayout {
            FrameLayout(
                signalLength: length,
                frameLength: transformLength,
                hopLength: hopLength,
                frameCount: frames,
                offset: -left,
                reflected: (left, right)
            )
        }
        switch padding {
        case .none: return layout(0, reflected: 0, frames: frames(within: length))
        case .centered: return layout(half, reflected: half, frames: frames(within: length + 2 * half))
        case .reflected(let count):
            return layout(count, reflected: count, frames: frames(within: length + 2 * count))
        case .matchingStride:
            precondition(
                transformLength % 4 == 0 && hopLength == transformLength / 4,
                "matching a stride needs a hop of a quarter of the transform, but got \(hopLength) of \(transformLength)"
            )
            // audiotools pads to `padded` samples, centres frames on them and drops two at each end; what is left needs no more.
            let padded = (length + hopLength - 1) / hopLength * hopLength + 2 * margin
            return layout(margin, reflected: padded - margin - length, frames: padded / hopLength - 3)
        case .fullFrames:
            precondition(hopLength <= transformLength, "frames that are all full need a hop of at most a transform")
            let frames = max(1, (length + 2 * margin - transformLength + hopLength - 1) / hopLength + 1)
            return layout(margin, reflected: margin, frames: frames)
        }
    }

    /// Whole frames in so many samples.
    private func frames(within length: Int) -> Int {
        length < transformLength ? 0 : 1 + (length - transformLength) / hopLength
    }
}

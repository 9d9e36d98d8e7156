import CKernels

/// The order of a complex spectrogram's dimensions after those of the signals.
public enum SpectrogramLayout: Sendable {
    /// `[F, L, 2]`: bins, frames, real and imaginary part, as `torch.view_as_real(torch.stft(…))`.
    case binsFramesParts
    /// `[2, L, F]`: parts as channels of an image of frames and bins, as DAC's multi-resolution discriminator takes it.
    case partsFramesBins

    /// Where bins, frames and parts of one item lie, and how far items are apart, in floats.
    struct Steps {
        let kernel: ck_spectrum_steps
        let item: Int
    }

    /// The dimensions of one item.
    func shape(bins: Int, frames: Int) -> [Int] {
        switch self {
        case .binsFramesParts: [bins, frames, 2]
        case .partsFramesBins: [2, frames, bins]
        }
    }

    /// The number of bins and frames in such dimensions.
    func size(of shape: [Int]) -> (bins: Int, frames: Int) {
        switch self {
        case .binsFramesParts: (shape[0], shape[1])
        case .partsFramesBins: (shape[2], shape[1])
        }
    }

    func steps(bins: Int, frames: Int) -> Steps {
        switch self {
        case .binsFramesParts:
            Steps(kernel: ck_spectrum_steps(bin: 2 * frames, frame: 2, part: 1), item: 2 * frames * bins)
        case .partsFramesBins:
            Steps(kernel: ck_spectrum_steps(bin: 1, frame: bins, part: frames * bins), item: 2 * frames * bins)
        }
    }
}

extension DiscriminatorInput {
    /// What the first convolution gets of audio `[B, 1, T]` of at least the shortest length.
    func image(of audio: Tensor) -> Tensor {
        switch self {
        case .waveform(let downsampling): return downsampling.applied(to: audio)
        case .period(let period, let alwaysPads):
            let rest = audio.shape[2] % period
            let missing = rest == 0 && !alwaysPads ? 0 : period - rest
            let padded = audio.padded(left: 0, right: missing, mode: .reflect)
            return padded.reshaped([audio.shape[0], 1, padded.shape[2] / period, period])
        case .spectrogram(let configuration, let channels, let axes):
            var image = audio.reshaped([audio.shape[0], audio.shape[2]]).stft(configuration, layout: .partsFramesBins)
            if channels != .realImaginary {
                let magnitude = image.permuted([0, 2, 3, 1]).magnitude()
                let plane = magnitude.reshaped([image.shape[0], 1, image.shape[2], image.shape[3]])
                image = channels == .magnitude ? plane : .concatenated([image, plane], dimension: 1)
            }
            return axes == .framesBins ? image : image.transposed(2, 3)
        }
    }

    /// The dimension of a spectrogram's bins, along which branches are joined; the last one for waveforms.
    var binDimension: Int {
        switch self {
        case .waveform, .spectrogram(_, _, .binsFrames): 2
        case .period, .spectrogram(_, _, .framesBins): 3
        }
    }

    /// The band of a spectrogram's bins.
    func band(_ band: ClosedRange<Double>, of image: Tensor) -> Tensor {
        image.sliced(dimension: binDimension, range: bins(of: band, in: Array(image.shape[2...])))
    }
}

extension DiscriminatorInput.Downsampling {
    func applied(to audio: Tensor) -> Tensor {
        switch self {
        case .none: return audio
        case .averagePool(let kernel, let stride, let padding, let countsPadding, let times):
            var signal = audio
            for _ in 0..<times {
                signal = signal.averagePool1d(
                    kernel: kernel,
                    stride: stride,
                    padding: padding,
                    countIncludesPadding: countsPadding
                )
            }
            return signal
        case .resample(let factor, let sampleRate):
            return audio.sincResampled(from: sampleRate, to: sampleRate / factor)
        }
    }
}

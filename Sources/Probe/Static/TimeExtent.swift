import Codec

/// How far rows of an image or signal are apart in samples of audio, and how many samples several rows depend on together.
///
/// A row is one step along time: a sample, a mean of samples, a row of a folded waveform, a frame.
struct TimeExtent {
    /// Samples between two rows; not whole only where a waveform is resampled by a factor that does not divide its rate.
    let step: Double
    private let span: (_ rows: Int, _ columns: Int) -> Double

    /// Samples from the first to the last that `rows` neighbouring rows (and in a folded waveform `columns` neighbouring columns)
    /// depend on, away from the ends of the signal.
    func samples(rows: Int, columns: Int) -> Int { Int(span(rows, columns)) }

    init(_ input: DiscriminatorInput) {
        switch input {
        case .waveform(.none):
            self.init(step: 1) { rows, _ in Double(rows) }
        case .waveform(.averagePool(let kernel, let stride, _, _, let times)):
            var (step, width) = (1.0, 1.0)
            for _ in 0..<times {
                width += Double(kernel - 1) * step
                step *= Double(stride)
            }
            let (distance, first) = (step, width)
            self.init(step: distance) { rows, _ in first + Double(rows - 1) * distance }
        case .waveform(.resample(let factor, let sampleRate)):
            self.init(resampledFrom: sampleRate, to: sampleRate / factor)
        case .period(let period, _):
            // Neighbours in a row are neighbours in time; rows are a period apart.
            self.init(step: Double(period)) { rows, columns in
                Double(rows - 1) * Double(period) + Double(min(columns, period))
            }
        case .spectrogram(let configuration, _, _):
            let hop = Double(configuration.hopLength)
            self.init(step: hop) { rows, _ in
                Double(rows - 1) * hop + Double(configuration.windowLength)
            }
        }
    }

    private init(step: Double, span: @escaping (Int, Int) -> Double) {
        self.step = step
        self.span = span
    }

    /// A windowed sinc of 24 zero crossings on both sides, with 94.5 % of the lower rate's band (``SincResampler``).
    private init(resampledFrom rate: Int, to target: Int) {
        guard target > 0, target != rate else {
            self.init(step: 1) { rows, _ in Double(rows) }
            return
        }
        let step = Double(rate) / Double(target)
        let reach = 24 * max(step, 1) / 0.945
        self.init(step: step) { rows, _ in
            let between = Double(rows - 1) * step
            // Where rows lie on samples, the same whole number is inside on both sides; otherwise the most there can be.
            return rate % target == 0 ? between + 2 * reach.rounded(.up) - 1 : (between + 2 * reach).rounded(.up)
        }
    }
}

extension DiscriminatorInput {
    /// The dimension of an image, after batch and channels, that is time.
    var timeDimension: Int {
        if case .spectrogram(_, _, .binsFrames) = self { return 1 }
        return 0
    }
}

import Codec

/// One thing changed in speech, to see whether a discriminator notices.
enum SignalChange {
    /// Half the amplitude.
    case gain
    /// 0.1 added to every sample.
    case offset
    /// Every sample negated.
    case polarity
    /// Every phase turned by a quarter of a period, magnitudes kept.
    case phase
    /// Noise 20 dB below the speech between two fractions of half the sample rate.
    case noise(ClosedRange<Double>)

    /// The five bands of one octave each below half the sample rate, the lowest down to 0, as fractions of it.
    static let bands: [ClosedRange<Double>] = [0...0.0625, 0.0625...0.125, 0.125...0.25, 0.25...0.5, 0.5...1]

    func applied(to samples: [Float], using random: inout RandomSource) -> [Float] {
        switch self {
        case .gain: return samples.map { 0.5 * $0 }
        case .offset: return samples.map { $0 + 0.1 }
        case .polarity: return samples.map { -$0 }
        case .phase: return SpeechDegradation.transformed(samples) { _, _ in (0, -1) }
        case .noise(let band):
            let noise = samples.map { _ in random.normal() }
            let filtered = SpeechDegradation.transformed(noise) { bin, bins in
                band.contains(Double(bin) / Double(bins - 1)) ? (1, 0) : (0, 0)
            }
            let scale = 0.1 * ProbeAudio.rootMeanSquare(samples) / max(ProbeAudio.rootMeanSquare(filtered), 1e-12)
            return zip(samples, filtered).map { $0 + scale * $1 }
        }
    }
}

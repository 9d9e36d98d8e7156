import Codec
import Foundation

/// Damage as codecs do it, made in short-time spectra of 512 samples, hop 128.
///
/// For every segment a strength s is drawn from U(0.5, 1). Each phase is turned by U(−π·s, π·s), each magnitude multiplied by
/// N(0, 6·s) dB, and what lies above (1 − 0.4·s) of half the sample rate is taken away. The level stays the segment's own.
public enum SpeechDegradation {
    private static let configuration = STFTConfiguration(transformLength: 512)

    /// The segments with different damage each.
    public static func degraded(_ segments: [[Float]], using random: inout some RandomNumberGenerator) -> [[Float]] {
        var result: [[Float]] = []
        for segment in segments {
            let strength = 0.5 + 0.5 * random.uniform()
            let damaged = transformed(segment) { bin, bins in
                guard Float(bin) < (1 - 0.4 * strength) * Float(bins) else { return (0, 0) }
                let gain = Float(pow(10, Double(6 * strength * random.normal()) / 20))
                let angle = Double(strength * (2 * random.uniform() - 1)) * Double.pi
                return (gain * Float(cos(angle)), gain * Float(sin(angle)))
            }
            result.append(ProbeAudio.leveled(damaged, to: ProbeAudio.rootMeanSquare(segment)))
        }
        return result
    }

    /// A segment with every value of its short-time spectrum multiplied by a complex number, frame after frame for each bin.
    static func transformed(
        _ samples: [Float],
        by factor: (_ bin: Int, _ bins: Int) -> (real: Float, imaginary: Float)
    ) -> [Float] {
        withoutGradients {
            let spectrum = Tensor(samples, shape: [1, samples.count]).stft(configuration)
            var values = spectrum.values
            let (bins, frames) = (spectrum.shape[1], spectrum.shape[2])
            for bin in 0..<bins {
                for frame in 0..<frames {
                    let index = 2 * (bin * frames + frame)
                    let (real, imaginary) = (values[index], values[index + 1])
                    let by = factor(bin, bins)
                    values[index] = real * by.real - imaginary * by.imaginary
                    values[index + 1] = real * by.imaginary + imaginary * by.real
                }
            }
            return Tensor(values, shape: spectrum.shape).inverseSTFT(configuration, length: samples.count).values
        }
    }
}

import Codec
import Foundation

/// Signals for the audio tests.
enum TestSignals {
    /// A sine of `frequency` Hz and `amplitude`.
    static func sine(
        _ frequency: Double,
        sampleRate: Int,
        count: Int,
        amplitude: Double = 0.5,
        phase: Double = 0
    ) -> [Float] {
        (0..<count).map { frame in
            Float(amplitude * sin(2 * .pi * frequency * Double(frame) / Double(sampleRate) + phase))
        }
    }

    /// Uniform noise of −amplitude…amplitude from the generator that `goldens_audio.py` also has.
    static func noise(seed: UInt32, count: Int, amplitude: Float = 0.5) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return (Float(state >> 8) / 8_388_608 - 1) * amplitude
        }
    }

    /// Noise on every channel, each with its own seed.
    static func noise(seed: UInt32, channels: Int, count: Int, sampleRate: Int = 16_000) -> AudioSignal {
        AudioSignal(
            channels: (0..<channels).map { noise(seed: seed &+ UInt32($0) &* 7_919, count: count) },
            sampleRate: sampleRate
        )
    }
}

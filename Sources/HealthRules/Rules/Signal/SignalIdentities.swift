import Foundation

/// What the waveform SNR, the amplitude ratio g and the correlation ρ say about one another.
///
/// With output y and input x: SNR = −20·log10(‖y − x‖ / ‖x‖), and ‖y − x‖² = ‖x‖²·(1 − 2gρ + g²).
enum SignalIdentities {
    /// SNR in dB of an output with amplitude ratio `gain` and correlation `correlation`; +inf for a perfect copy.
    static func snr(gain: Double, correlation: Double) -> Double {
        -10 * log10(max(0, 1 - 2 * gain * correlation + gain * gain))
    }

    /// The least amplitude ratio an output with that SNR in dB can have (triangle inequality); 0 above −6.02 dB.
    static func leastGain(snr: Double) -> Double { max(0, pow(10, -snr / 20) - 1) }

    /// A ratio of amplitudes in dB.
    static func decibels(_ ratio: Double) -> Double { 20 * log10(ratio) }
}

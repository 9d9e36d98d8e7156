import Foundation

/// What SNR, level and correlation of two signals say about each other.
///
/// With output y, input x (zero mean), amplitude ratio g = rms(y)/rms(x) and correlation ρ = mean(x·y)/(rms(x)·rms(y)),
/// the error's power is mean((y − x)²) = rms(x)²·(1 − 2gρ + g²), hence SNR(g, ρ) = −10·log10(1 − 2gρ + g²) dB.
/// Everything here follows from that one identity. NaN in, NaN out.
public enum SignalAlgebra {
    /// How far |ρ| may exceed 1 by rounding of the logged numbers and still count as 1.
    public static let roundingAllowance = 0.02

    /// SNR in dB at an amplitude ratio and a correlation; +∞ for a perfect copy.
    public static func snr(amplitudeRatio g: Double, correlation: Double) -> Double {
        -10 * log10(1 - 2 * g * correlation + g * g)
    }

    /// Correlation from SNR in dB and amplitude ratio: ρ = (1 + g² − 10^(−SNR/10)) / (2g).
    /// - Returns: ρ in −1…1; NaN where g is not positive and finite, the SNR is not finite, or |ρ| would exceed 1 by
    ///   more than `roundingAllowance` (the two numbers contradict each other).
    public static func correlation(snr: Double, amplitudeRatio g: Double) -> Double {
        let raw = rawCorrelation(snr: snr, amplitudeRatio: g)
        return abs(raw) <= 1 + roundingAllowance ? min(1, max(-1, raw)) : .nan
    }

    /// The same without limits: beyond ±1 SNR and amplitude cannot both be true of one pair of signals.
    public static func rawCorrelation(snr: Double, amplitudeRatio g: Double) -> Double {
        guard g > 0, g.isFinite, snr.isFinite else { return .nan }
        return (1 + g * g - pow(10, -snr / 10)) / (2 * g)
    }

    /// The best SNR in dB that any gain reaches at a correlation: −10·log10(1 − ρ²), at the gain g = ρ.
    ///
    /// For ρ < 0 a positive gain does no better than silence: 0 dB.
    public static func bestSNR(correlation: Double) -> Double {
        if correlation.isNaN { return .nan }
        return correlation <= 0 ? 0 : -10 * log10(max(0, 1 - correlation * correlation))
    }

    /// Scale-invariant SDR in dB at a correlation: 10·log10(ρ²/(1 − ρ²)).
    public static func siSDR(correlation: Double) -> Double {
        10 * log10(correlation * correlation / (1 - correlation * correlation))
    }

    /// The SNR change in dB that the amplitude alone explains: from `before` to `after` at an unchanged correlation.
    public static func snrChange(amplitudeRatio before: Double, to after: Double, correlation: Double) -> Double {
        snr(amplitudeRatio: after, correlation: correlation) - snr(amplitudeRatio: before, correlation: correlation)
    }

    /// The least amplitude ratio an SNR allows: g ≥ 10^(−SNR/20) − 1, since (1 − 2gρ + g²) ≤ (1 + g)².
    /// - Returns: a positive bound below 0 dB (above 1, louder than the input, below −6.02 dB), else 0: any level is possible.
    public static func leastAmplitudeRatio(snr: Double) -> Double {
        snr.isNaN ? .nan : max(0, pow(10, -snr / 20) - 1)
    }
}

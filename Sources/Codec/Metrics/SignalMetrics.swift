/// Measures of how far a degraded signal is from its reference, over plain samples.
///
/// All take two arrays and compare as many samples as the shorter has; sums are Float64. NaN in a sample makes the
/// result NaN. No input stops the program: what is undefined (0/0) is NaN, and what is beyond all bounds is infinite.
public enum SignalMetrics {
    /// Signal-to-noise ratio in dB: 10·log10(Σx² / Σ(x−y)²), sensitive to level, polarity and delay.
    ///
    /// +infinity when both are equal, −infinity for a silent reference, NaN when both are silent.
    /// With g = amplitude ratio and ρ = correlation of signals without mean it is −10·log10(1 − 2gρ + g²).
    public static func snr(reference: [Float], degraded: [Float]) -> Double {
        var (signal, error) = (0.0, 0.0)
        for (x, y) in zip(reference, degraded) {
            let (x, difference) = (Double(x), Double(x) - Double(y))
            signal += x * x
            error += difference * difference
        }
        return decibels(ofPower: signal / error)
    }

    /// Scale-invariant signal-to-distortion ratio in dB (Le Roux et al. 2019), means removed: a positive value is good.
    ///
    /// With x, y centred and a = ⟨x,y⟩/‖x‖², it is 10·log10(‖ax‖² / ‖y − ax‖²). It does not see gain or polarity.
    /// +infinity for a scaled copy, −infinity when y is constant or shares nothing with x, NaN for a constant reference.
    public static func siSDR(reference: [Float], degraded: [Float]) -> Double {
        let moments = PairMoments(reference, degraded)
        let residual = residualEnergy(reference, degraded, moments)
        return siSDR(moments, residualEnergy: residual)
    }

    /// `siSDR` after shifting the degraded signal back by the delay that `delay` finds; NaN when there is none.
    public static func alignedSISDR(reference: [Float], degraded: [Float], maximumDelay: Int) -> Double {
        guard let delay = delay(reference: reference, degraded: degraded, maximum: maximumDelay) else { return .nan }
        let (x, y) = aligned(reference, degraded, delay: delay)
        return siSDR(reference: x, degraded: y)
    }

    /// By how many samples the degraded signal lags: y[t + delay] belongs to x[t]. Negative when it comes early.
    ///
    /// The lag within ±`maximum` where the centred cross-correlation has its largest magnitude, so that an inverted
    /// copy is found too; of equal magnitudes the smallest lag. Nil when a signal is constant or holds NaN or infinity.
    /// Unrelated signals have some delay as well: look at the correlation after alignment.
    ///
    /// - Precondition: `maximum` is not negative.
    public static func delay(reference: [Float], degraded: [Float], maximum: Int) -> Int? {
        let length = min(reference.count, degraded.count)
        var search = DelaySearch(largestDelay: min(maximum, max(0, length - 1)))
        search.add([Array(reference.prefix(length))], [Array(degraded.prefix(length))])
        return search.best?.delay
    }

    /// The parts of both signals that belong together when the degraded one lags by `delay` samples.
    public static func aligned(_ reference: [Float], _ degraded: [Float], delay: Int) -> ([Float], [Float]) {
        let x = Array(reference.dropFirst(max(0, -delay)))
        let y = Array(degraded.dropFirst(max(0, delay)))
        let length = min(x.count, y.count)
        return (Array(x.prefix(length)), Array(y.prefix(length)))
    }

    /// std(y)/std(x): 1 is unchanged, 0 silent. NaN when both are constant, infinite when only the reference is.
    public static func amplitudeRatio(reference: [Float], degraded: [Float]) -> Double {
        PairMoments(reference, degraded).amplitudeRatio
    }

    /// Pearson's correlation of the samples, −1…1; NaN when one signal is constant.
    public static func correlation(reference: [Float], degraded: [Float]) -> Double {
        PairMoments(reference, degraded).correlation
    }

    /// The mean of |x − y|; NaN without samples.
    public static func meanAbsoluteDifference(reference: [Float], degraded: [Float]) -> Double {
        var (sum, count) = (0.0, 0)
        for (x, y) in zip(reference, degraded) {
            sum += abs(Double(x) - Double(y))
            count += 1
        }
        return sum / Double(count)
    }

    /// SI-SDR from the sums and the energy that the scaled reference leaves.
    static func siSDR(_ moments: PairMoments, residualEnergy: Double) -> Double {
        guard moments.referenceEnergy != 0 else { return .nan }
        guard moments.degradedEnergy != 0 else { return -.infinity }
        return decibels(ofPower: moments.projection * moments.sharedEnergy / residualEnergy)
    }

    /// `PairMoments.residualEnergy` from the samples themselves: exact also far below the rounding of the sums.
    private static func residualEnergy(_ reference: [Float], _ degraded: [Float], _ moments: PairMoments) -> Double {
        let (xMean, yMean) = (moments.x.value / Double(moments.count), moments.y.value / Double(moments.count))
        let factor = moments.projection
        var energy = 0.0
        for (x, y) in zip(reference, degraded) {
            let left = Double(y) - yMean - factor * (Double(x) - xMean)
            energy += left * left
        }
        return energy
    }
}

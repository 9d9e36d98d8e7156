/// Sums over pairs of samples, from which level, correlation and distortion follow.
///
/// x is the reference, y the degraded signal. Products of samples are exact in Float64 and their sums are compensated,
/// so that a distortion 140 dB under the signal is still seen; what is smaller counts as zero.
struct PairMoments: Sendable {
    var count = 0
    var x = CompensatedSum()
    var y = CompensatedSum()
    var xx = CompensatedSum()
    var yy = CompensatedSum()
    var xy = CompensatedSum()

    /// Relative size under which a difference of sums is rounding: −140 dB.
    private static let rounding = 1e-14

    init() {}

    /// The sums over these pairs; as many as the shorter has samples.
    init(_ reference: [Float], _ degraded: [Float]) {
        count = min(reference.count, degraded.count)
        for start in stride(from: 0, to: count, by: 256) {
            var (x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for index in start..<min(start + 256, count) {
                let (a, b) = (Double(reference[index]), Double(degraded[index]))
                x += a
                y += b
                xx += a * a
                yy += b * b
                xy += a * b
            }
            self.x += x
            self.y += y
            self.xx += xx
            self.yy += yy
            self.xy += xy
        }
    }

    static func += (total: inout PairMoments, more: PairMoments) {
        total.count += more.count
        total.x += more.x.value
        total.y += more.y.value
        total.xx += more.xx.value
        total.yy += more.yy.value
        total.xy += more.xy.value
    }

    /// Σ(x − x̄)².
    var referenceEnergy: Double { centred(xx.value, x.value, x.value, scale: xx.value) }
    /// Σ(y − ȳ)².
    var degradedEnergy: Double { centred(yy.value, y.value, y.value, scale: yy.value) }
    /// Σ(x − x̄)(y − ȳ).
    var sharedEnergy: Double { centred(xy.value, x.value, y.value, scale: (xx.value * yy.value).squareRoot()) }
    /// Σ(x − y)².
    var errorEnergy: Double { settled(xx.value - 2 * xy.value + yy.value, scale: max(xx.value, yy.value)) }

    /// The factor by which the reference comes closest to the degraded signal, both without their means.
    var projection: Double { sharedEnergy / referenceEnergy }

    /// What the scaled reference leaves of the degraded signal: Σ((y − ȳ) − projection·(x − x̄))².
    var residualEnergy: Double {
        settled(degradedEnergy - projection * sharedEnergy, scale: degradedEnergy)
    }

    /// std(y)/std(x); NaN when both are constant, infinite when only the reference is.
    var amplitudeRatio: Double { (degradedEnergy / referenceEnergy).squareRoot() }

    /// Pearson's correlation, −1…1; NaN when one of them is constant.
    var correlation: Double {
        let value = sharedEnergy / (referenceEnergy * degradedEnergy).squareRoot()
        return value.isNaN ? .nan : min(1, max(-1, value))
    }

    private func centred(_ products: Double, _ first: Double, _ second: Double, scale: Double) -> Double {
        guard count > 0 else { return 0 }
        let value = products - first * second / Double(count)
        return abs(value) <= Self.rounding * scale ? 0 : value
    }

    private func settled(_ value: Double, scale: Double) -> Double {
        value <= Self.rounding * scale ? 0 : value
    }
}

/// A sum that carries what rounding took from it (Neumaier 1974).
struct CompensatedSum: Sendable {
    private var sum = 0.0
    private var lost = 0.0

    /// The sum; NaN or infinite as a plain sum would be.
    var value: Double { sum.isFinite ? sum + lost : sum }

    static func += (total: inout CompensatedSum, term: Double) {
        let next = total.sum + term
        total.lost += abs(total.sum) >= abs(term) ? (total.sum - next) + term : (term - next) + total.sum
        total.sum = next
    }
}

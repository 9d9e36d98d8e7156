import Codec
import Foundation
import Testing

struct SignalMetricsTests {
    private let noise = TestSignals.noise(seed: 11, count: 20_000)

    @Test(arguments: [0.1, 0.85, 1, 1.136, 3], [-0.9, -0.02, 0, 0.5, 0.99])
    func snrFollowsFromAmplitudeAndCorrelation(gain: Double, correlation: Double) {
        // Two orthogonal sines of whole periods: any correlation can be mixed, and the mean is zero.
        let x = TestSignals.sine(200, sampleRate: 16_000, count: 16_000)
        let other = TestSignals.sine(300, sampleRate: 16_000, count: 16_000)
        let rest = (1 - correlation * correlation).squareRoot()
        let y = zip(x, other).map { Float(gain * (correlation * Double($0) + rest * Double($1))) }
        let g = SignalMetrics.amplitudeRatio(reference: x, degraded: y)
        let rho = SignalMetrics.correlation(reference: x, degraded: y)
        #expect(abs(g - gain) < 1e-6 && abs(rho - correlation) < 1e-6)
        let expected = -10 * log10(1 - 2 * g * rho + g * g)
        let snr = SignalMetrics.snr(reference: x, degraded: y)
        #expect(snr == expected || abs(snr - expected) < 1e-4, "\(snr) against \(expected)")
        let siSDR = SignalMetrics.siSDR(reference: x, degraded: y)
        #expect(correlation == 0 ? siSDR < -100 : abs(siSDR - 10 * log10(rho * rho / (1 - rho * rho))) < 1e-3)
    }

    @Test func noiseAtAKnownLevelGivesThatRatio() {
        let x = TestSignals.sine(440, sampleRate: 16_000, count: 20_000)
        let level = AudioSignal(mono: x, sampleRate: 16_000).rmsLevel
        let noiseLevel = AudioSignal(mono: noise, sampleRate: 16_000).rmsLevel
        for target in [-10.0, 0, 20, 60, 100] {
            let factor = pow(10, (level - noiseLevel - target) / 20)
            let y = zip(x, noise).map { Float(Double($0) + factor * Double($1)) }
            #expect(abs(SignalMetrics.snr(reference: x, degraded: y) - target) < 0.01)
        }
    }

    @Test func siSDRSeesNeitherGainNorPolarityNorOffset() {
        let degraded = zip(noise, TestSignals.noise(seed: 12, count: noise.count)).map { $0 + 0.1 * $1 }
        let plain = SignalMetrics.siSDR(reference: noise, degraded: degraded)
        #expect(abs(plain - 20) < 0.5)
        for change in [{ $0 * 0.01 }, { -$0 }, { $0 + 0.25 }, { 7 * $0 - 1 }] as [@Sendable (Float) -> Float] {
            #expect(abs(SignalMetrics.siSDR(reference: noise, degraded: degraded.map(change)) - plain) < 1e-3)
        }
    }

    @Test func limitsAreInfiniteAndWhatIsUndefinedIsNaN() {
        let silence = [Float](repeating: 0, count: noise.count)
        #expect(SignalMetrics.snr(reference: noise, degraded: noise) == .infinity)
        #expect(SignalMetrics.snr(reference: silence, degraded: noise) == -.infinity)
        #expect(SignalMetrics.snr(reference: silence, degraded: silence).isNaN)
        #expect(abs(SignalMetrics.snr(reference: noise, degraded: silence)) < 1e-9)
        #expect(SignalMetrics.siSDR(reference: noise, degraded: noise) == .infinity)
        #expect(SignalMetrics.siSDR(reference: noise, degraded: noise.map { $0 * 0.5 }) == .infinity)
        #expect(SignalMetrics.siSDR(reference: silence, degraded: noise).isNaN)
        #expect(SignalMetrics.siSDR(reference: noise, degraded: silence) == -.infinity)
        #expect(SignalMetrics.correlation(reference: noise, degraded: silence).isNaN)
        #expect(SignalMetrics.correlation(reference: noise, degraded: [Float](repeating: 0.1, count: 20_000)).isNaN)
        #expect(SignalMetrics.amplitudeRatio(reference: noise, degraded: silence) == 0)
        #expect(SignalMetrics.amplitudeRatio(reference: silence, degraded: noise) == .infinity)
        #expect(SignalMetrics.delay(reference: silence, degraded: noise, maximum: 10) == nil)
        #expect(SignalMetrics.meanAbsoluteDifference(reference: [], degraded: []).isNaN)
        for empty in [[], [Float(1)]] {
            #expect(SignalMetrics.siSDR(reference: empty, degraded: empty).isNaN)
            #expect(SignalMetrics.delay(reference: empty, degraded: empty, maximum: 10) == nil)
        }
    }

    @Test(arguments: [Float.nan, .infinity])
    func oneBrokenSampleIsSeenByEveryMeasure(value: Float) {
        var broken = noise
        broken[777] = value
        for (x, y) in [(noise, broken), (broken, noise)] {
            #expect(!SignalMetrics.snr(reference: x, degraded: y).isFinite)
            #expect(SignalMetrics.siSDR(reference: x, degraded: y).isNaN)
            #expect(SignalMetrics.correlation(reference: x, degraded: y).isNaN)
            #expect(!SignalMetrics.meanAbsoluteDifference(reference: x, degraded: y).isFinite)
            #expect(SignalMetrics.delay(reference: x, degraded: y, maximum: 100) == nil)
            #expect(SignalMetrics.alignedSISDR(reference: x, degraded: y, maximumDelay: 100).isNaN)
        }
    }

    @Test(arguments: [0, 1, -1, 8, -8, 137, -400, 400, 1_999])
    func delaysAreFoundWithTheirSign(delay: Int) {
        let shifted = AudioSignal(mono: noise, sampleRate: 1).segment(from: -delay, count: noise.count).channels[0]
        #expect(SignalMetrics.delay(reference: noise, degraded: shifted, maximum: 2_000) == delay)
        #expect(
            SignalMetrics.delay(reference: noise, degraded: shifted.map { -0.3 * $0 + 0.2 }, maximum: 2_000) == delay
        )
        let (x, y) = SignalMetrics.aligned(noise, shifted, delay: delay)
        #expect(x == y && x.count == noise.count - abs(delay))
    }

    @Test(arguments: [2, 3, 5, 40])
    func shortSignalsHaveDelaysToo(count: Int) {
        var x = [Float](repeating: 0, count: count)
        var y = x
        x[0] = 1
        y[1] = 1
        #expect(SignalMetrics.delay(reference: x, degraded: y, maximum: 1_000) == (count == 2 ? 0 : 1))
    }

    @Test func theDirectSearchAgrees() {
        let x = Array(noise.prefix(300))
        let y: [Float] = (0..<300).map { 0.4 * x[max(0, $0 - 5)] + 0.8 * noise[1_000 + $0] + 0.5 }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        func covariance(_ lag: Int) -> Double {
            let overlap = max(0, -lag)..<min(300, 300 - lag)
            let (a, b) = (overlap.map { Double(x[$0]) }, overlap.map { Double(y[$0 + lag]) })
            let means = (mean(a), mean(b))
            var sum = 0.0
            for (p, q) in zip(a, b) { sum += (p - means.0) * (q - means.1) }
            return abs(sum)
        }
        let direct = (-50...50).max { covariance($0) < covariance($1) }
        #expect(SignalMetrics.delay(reference: x, degraded: y, maximum: 50) == direct)
    }
}

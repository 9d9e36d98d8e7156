import Glibc

/// The frequency weighting of ITU-R BS.1770-4 for one channel: a shelf of +4 dB above 1.5 kHz, then a high pass at 38 Hz.
struct KWeightingFilter: Sendable {
    private var shelf: BiquadFilter
    private var highPass: BiquadFilter

    /// The filter at rest, for a sample rate in Hz.
    init(sampleRate: Double) {
        shelf = .highShelf(gain: 4, quality: 0.5.squareRoot(), frequency: 1500, sampleRate: sampleRate)
        highPass = .highPass(quality: 0.5, frequency: 38, sampleRate: sampleRate)
    }

    /// Filters these samples and returns the sum of squares of the output.
    mutating func energy(of samples: [Float], in range: Range<Int>) -> Double {
        var (first, second) = (shelf, highPass)
        var energy = 0.0
        for frame in range {
            let value = second(first(Double(samples[frame])))
            energy += value * value
        }
        first.settle()
        second.settle()
        (shelf, highPass) = (first, second)
        return energy
    }
}

/// A second-order recursive filter, y[n] = b0·x[n] + b1·x[n−1] + b2·x[n−2] − a1·y[n−1] − a2·y[n−2], in Float64.
private struct BiquadFilter: Sendable {
    private let (b0, b1, b2): (Double, Double, Double)
    private let (a1, a2): (Double, Double)
    /// The two delayed values of the transposed direct form.
    private var (s1, s2) = (0.0, 0.0)

    /// Coefficients of R. Bristow-Johnson's audio equaliser cookbook, divided by a0 and rounded to Float32.
    ///
    /// audiotools filters with Float32 coefficients, which moves the high pass slightly; with the same rounding the
    /// loudness of low tones agrees to 0.0015 LU at 96 kHz instead of 0.005.
    private init(b: (Double, Double, Double), a: (Double, Double, Double)) {
        func rounded(_ value: Double) -> Double { Double(Float(value / a.0)) }
        (b0, b1, b2) = (rounded(b.0), rounded(b.1), rounded(b.2))
        (a1, a2) = (rounded(a.1), rounded(a.2))
    }

    /// Raises everything well above `frequency` Hz by `gain` dB.
    static func highShelf(gain: Double, quality: Double, frequency: Double, sampleRate: Double) -> BiquadFilter {
        let amplitude = pow(10, gain / 40)
        let angle = 2 * Double.pi * frequency / sampleRate
        let cosine = cos(angle)
        let width = amplitude.squareRoot() * sin(angle) / quality
        let (up, down) = (amplitude + 1, amplitude - 1)
        return BiquadFilter(
            b: (
                amplitude * (up + down * cosine + width),
                -2 * amplitude * (down + up * cosine),
                amplitude * (up + down * cosine - width)
            ),
            a: (up - down * cosine + width, 2 * (down - up * cosine), up - down * cosine - width)
        )
    }

    /// Removes everything well below `frequency` Hz.
    static func highPass(quality: Double, frequency: Double, sampleRate: Double) -> BiquadFilter {
        let angle = 2 * Double.pi * frequency / sampleRate
        let cosine = cos(angle)
        let width = sin(angle) / (2 * quality)
        return BiquadFilter(
            b: ((1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2),
            a: (1 + width, -2 * cosine, 1 - width)
        )
    }

    /// The next output.
    mutating func callAsFunction(_ x: Double) -> Double {
        let y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        return y
    }

    /// Sets a memory too small to be heard to zero, so that long silence does not end in slow subnormal numbers.
    mutating func settle() {
        if abs(s1) < 1e-30 { s1 = 0 }
        if abs(s2) < 1e-30 { s2 = 0 }
    }
}

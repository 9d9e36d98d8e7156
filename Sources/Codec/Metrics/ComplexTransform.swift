import Glibc

/// A discrete Fourier transform of a power of two of complex numbers in Float64 (Cooley and Tukey 1965, radix 2).
///
/// FFTW is linked in single precision; sums of products over an hour of samples need more digits than that, or a
/// residual 80 dB under the signal disappears in rounding.
struct ComplexTransform: Sendable {
    /// How many numbers are transformed.
    let count: Int
    private let cosines: [Double]
    private let sines: [Double]
    private let reversed: [Int32]

    /// - Precondition: `count` is a power of two, at least 2.
    init(count: Int) {
        precondition(count > 1 && count & (count - 1) == 0, "The transform's length is a power of two, not \(count).")
        self.count = count
        cosines = (0..<(count / 2)).map { cos(2 * .pi * Double($0) / Double(count)) }
        sines = (0..<(count / 2)).map { -sin(2 * .pi * Double($0) / Double(count)) }
        let bits = count.trailingZeroBitCount
        var reversed = [Int32](repeating: 0, count: count)
        for index in 1..<count {
            reversed[index] = reversed[index >> 1] >> 1 | Int32(index & 1) << Int32(bits - 1)
        }
        self.reversed = reversed
    }

    /// Replaces both parts by Σ_t z[t]·exp(−2πi·f·t/count).
    func forward(_ real: inout [Double], _ imaginary: inout [Double]) {
        precondition(real.count == count && imaginary.count == count, "The transform takes \(count) numbers.")
        for index in 0..<count where index < Int(reversed[index]) {
            real.swapAt(index, Int(reversed[index]))
            imaginary.swapAt(index, Int(reversed[index]))
        }
        var half = 1
        while half < count {
            let step = count / (2 * half)
            for start in stride(from: 0, to: count, by: 2 * half) {
                for offset in 0..<half {
                    let (upper, lower) = (start + offset, start + offset + half)
                    let (c, s) = (cosines[offset &* step], sines[offset &* step])
                    let re = real[lower] * c - imaginary[lower] * s
                    let im = real[lower] * s + imaginary[lower] * c
                    real[lower] = real[upper] - re
                    imaginary[lower] = imaginary[upper] - im
                    real[upper] += re
                    imaginary[upper] += im
                }
            }
            half *= 2
        }
    }
}

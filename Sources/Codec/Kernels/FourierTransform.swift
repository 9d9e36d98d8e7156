/// The discrete Fourier transform of real signals of one length, in float32.
///
/// A spectrum is an array of `2·(length/2 + 1)` numbers: real and imaginary part of each bin from 0 to half the sample rate.
/// NaN or infinity anywhere makes all results NaN.
public struct FourierTransform: Sendable {
    private let plan: FourierTransformPlan

    /// The number of samples.
    public var length: Int { plan.length }
    /// The number of complex bins, `length/2 + 1`.
    public var binCount: Int { plan.binCount }

    /// A transform of `length` samples, 1 … 2³⁰; fastest when it is a product of small primes.
    public init(length: Int) {
        plan = .ofLength(length)
    }

    /// X[k] = Σ x[t]·exp(−2πikt/length), not scaled. Takes exactly ``length`` samples.
    public func forward(_ samples: [Float]) -> [Float] {
        precondition(samples.count == length, "the transform takes \(length) samples, but got \(samples.count)")
        let (input, output) = (TensorStorage(samples), TensorStorage(count: 2 * binCount))
        plan.forward(input.mutablePointer, into: output.mutablePointer)
        return output.values
    }

    /// The signal of a spectrum, scaled so that it undoes ``forward(_:)``. Imaginary parts of the first bin and,
    /// for an even length, of the last are ignored.
    public func inverse(_ spectrum: [Float]) -> [Float] {
        precondition(
            spectrum.count == 2 * binCount,
            "a spectrum has \(2 * binCount) numbers, but got \(spectrum.count)"
        )
        let (input, output) = (TensorStorage(spectrum), TensorStorage(count: length))
        plan.inverse(input.mutablePointer, into: output.mutablePointer)
        let scale = 1 / Float(length)
        return output.values.map { $0 * scale }
    }

    /// Σ_t a[t]·b[t + lag] for every lag of the range, in order; samples outside the arrays are 0.
    ///
    /// The lag of the largest value says by how many samples `b` is later than `a`. Works in blocks, so that time and memory
    /// grow no faster than the arrays and the range.
    public static func crossCorrelation(of a: [Float], with b: [Float], lags: ClosedRange<Int>) -> [Float] {
        let (lowest, highest) = (max(lags.lowerBound, 1 - a.count), min(lags.upperBound, b.count - 1))
        guard !a.isEmpty, !b.isEmpty, lowest <= highest else { return [Float](repeating: 0, count: lags.count) }
        return [Float](repeating: 0, count: lowest - lags.lowerBound)
            + overlapping(a, b, lags: lowest...highest)
            + [Float](repeating: 0, count: lags.upperBound - highest)
    }

    /// The cross-correlation at lags that leave some overlap: products of spectra, summed over blocks of `a`.
    private static func overlapping(_ a: [Float], _ b: [Float], lags: ClosedRange<Int>) -> [Float] {
        let wanted = min(a.count + lags.count - 1, max(4 * lags.count, 1 << 16))
        let transform = FourierTransform(length: powerOfTwo(atLeast: wanted))
        let length = transform.length
        let block = length - lags.count + 1
        var sum = [Float](repeating: 0, count: 2 * transform.binCount)
        for start in stride(from: 0, to: a.count, by: block) {
            let x = transform.forward(slice(of: a, from: start, count: block, paddedTo: length))
            let y = transform.forward(slice(of: b, from: start + lags.lowerBound, count: length, paddedTo: length))
            for k in stride(from: 0, to: sum.count, by: 2) {
                sum[k] += x[k] * y[k] + x[k + 1] * y[k + 1]
                sum[k + 1] += x[k] * y[k + 1] - x[k + 1] * y[k]
            }
        }
        return Array(transform.inverse(sum).prefix(lags.count))
    }

    private static func slice(of samples: [Float], from start: Int, count: Int, paddedTo length: Int) -> [Float] {
        var result = [Float](repeating: 0, count: length)
        let (lower, upper) = (max(0, start), min(samples.count, start + count))
        guard lower < upper else { return result }
        result.replaceSubrange((lower - start)..<(upper - start), with: samples[lower..<upper])
        return result
    }

    private static func powerOfTwo(atLeast count: Int) -> Int {
        count <= 1 ? 1 : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
    }
}

/// Σ_t x[t]·y[t+k] for every lag |k| ≤ `largestLag`, over streams of any length in constant memory.
///
/// Each block of x meets y from `largestLag` before to `largestLag` after it; their spectra are multiplied and added
/// up over all blocks, and turned back into lags once at the end.
struct CrossCorrelation: Sendable {
    let largestLag: Int
    private let transform: ComplexTransform
    private let blockLength: Int
    /// x from the beginning of the next block on.
    private var x: [Float] = []
    /// y from `largestLag` before the beginning of the next block on.
    private var y: [Float]
    /// Σ conj(X)·Y at the non-negative frequencies.
    private var real: [Double]
    private var imaginary: [Double]

    init(largestLag: Int) {
        self.largestLag = largestLag
        var size = 4_096
        while size < 8 * largestLag { size *= 2 }
        transform = ComplexTransform(count: size)
        blockLength = size - 2 * largestLag
        y = [Float](repeating: 0, count: largestLag)
        real = [Double](repeating: 0, count: size / 2 + 1)
        imaginary = real
    }

    /// Takes the next samples of both streams, equally many.
    mutating func add(_ nextX: [Float], _ nextY: [Float]) {
        x += nextX
        y += nextY
        var begin = 0
        while y.count - begin >= transform.count {
            correlate(from: begin)
            begin += blockLength
        }
        x.removeFirst(begin)
        y.removeFirst(begin)
    }

    private mutating func correlate(from begin: Int) {
        var a = [Double](repeating: 0, count: transform.count)
        var b = a
        for index in 0..<max(0, min(blockLength, x.count - begin)) { a[index] = Double(x[begin + index]) }
        for index in 0..<max(0, min(transform.count, y.count - begin)) { b[index] = Double(y[begin + index]) }
        // Two real signals in one complex transform: X and Y are its even and odd parts.
        transform.forward(&a, &b)
        for frequency in real.indices {
            let mirrored = (transform.count - frequency) & (transform.count - 1)
            let (xRe, xIm) = (a[frequency] + a[mirrored], b[frequency] - b[mirrored])
            let (yRe, yIm) = (b[frequency] + b[mirrored], a[mirrored] - a[frequency])
            real[frequency] += (xRe * yRe + xIm * yIm) / 4
            imaginary[frequency] += (xRe * yIm - xIm * yRe) / 4
        }
    }

    /// The sums so far, for lags −`largestLag`…`largestLag` in order; all NaN when a sample was NaN or infinite.
    var values: [Double] {
        var rest = self
        var begin = 0
        while begin < x.count {
            rest.correlate(from: begin)
            begin += blockLength
        }
        // The forward transform of the conjugate is the conjugate of the inverse, and the result is real.
        let size = transform.count
        var a = [Double](repeating: 0, count: size)
        var b = a
        for frequency in rest.real.indices {
            a[frequency] = rest.real[frequency]
            b[frequency] = -rest.imaginary[frequency]
            if frequency > 0 {
                a[size - frequency] = rest.real[frequency]
                b[size - frequency] = rest.imaginary[frequency]
            }
        }
        transform.forward(&a, &b)
        return a.prefix(2 * largestLag + 1).map { $0 / Double(size) }
    }
}

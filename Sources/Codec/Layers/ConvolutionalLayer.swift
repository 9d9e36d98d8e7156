/// A layer that slides a window over time and may pad its input.
protocol ConvolutionalLayer: Layer {
    /// Whether the input is padded (or, transposed, the output cropped).
    var usesPadding: Bool { get set }
    /// Zeros added on both sides together, now.
    var paddedSamples: Int { get }
    /// Samples out for `length` samples in, now.
    func outputLength(_ length: Int) -> Int
    /// Samples out for `length` samples in when nothing is padded; may be negative for lengths shorter than the window.
    func unpaddedLength(_ length: Int) -> Int
    /// Samples in for `length` samples out when nothing is padded.
    func neededLength(_ length: Int) -> Int
}

/// The quotient rounded towards −∞; `divisor` is positive.
func floorDivision(_ dividend: Int, _ divisor: Int) -> Int {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
}

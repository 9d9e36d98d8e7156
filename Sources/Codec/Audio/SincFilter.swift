import Foundation

/// The windowed sinc with which `julius.resample_frac`, and so audiotools, changes sample rates: 24 zero crossings, 94.5 % of the
/// lower rate's band, a cos² window (Smith 1984).
struct SincFilter {
    /// Hz, both divided by their greatest common divisor.
    let inputStep: Int, outputStep: Int
    /// Samples before the one an output begins at; one more is used behind it.
    let reach: Int
    private let band: Double
    private static let zeroCrossings = 24.0
    private static let rolloff = 0.945

    init(from inputRate: Int, to outputRate: Int) {
        precondition(
            inputRate > 0 && outputRate > 0,
            "sample rates are positive, but got \(inputRate) and \(outputRate) Hz"
        )
        var (divisor, rest) = (inputRate, outputRate)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        inputStep = inputRate / divisor
        outputStep = outputRate / divisor
        band = Double(min(inputStep, outputStep)) * Self.rolloff
        reach = Int((Self.zeroCrossings * Double(inputStep) / band).rounded(.up))
    }

    /// Weights of one output.
    var tapCount: Int { 2 * reach + 2 }

    /// Outputs of so many inputs: ⌊inputs · output rate / input rate⌋, where julius rounds the quotient to float32 first.
    func outputCount(of inputCount: Int) -> Int {
        Int(Float(Double(outputStep) * Double(inputCount) / Double(inputStep)).rounded(.down))
    }

    /// The sample an output begins at.
    func center(of output: Int) -> Int { output * inputStep / outputStep }

    /// The weights of the samples from ``reach`` before to ``reach`` + 1 behind an output's ``center(of:)``; they add up to 1 and
    /// repeat after ``outputStep`` outputs.
    ///
    /// Computed in float32 step by step as julius does: where rates have no common divisor, its rounding changes the fifth digit.
    func weights(of output: Int) -> [Float] {
        let phase = output % outputStep
        let first = center(of: phase) - reach
        let (shift, zeros) = (-Float(Double(phase) / Double(outputStep)), Float(Self.zeroCrossings))
        let weights = (0..<tapCount).map { tap -> Float in
            let crossings = (Float(first + tap) / Float(inputStep) + shift) * Float(band)
            let t = min(max(crossings, -zeros), zeros) * Float.pi
            let window = cos(t / zeros / 2)
            return (t == 0 ? 1 : sin(t) / t) * (window * window)
        }
        let sum = Float(weights.reduce(0) { $0 + Double($1) })
        return weights.map { $0 / sum }
    }
}

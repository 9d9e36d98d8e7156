import Foundation

/// Changes the sample rate as audiotools does (`julius.resample_frac`): a windowed sinc of 24 zero crossings with 94.5 % of the lower
/// rate's band (Smith 1984), of blocks that arrive one after the other.
///
/// DAC's `compress` and `decompress` use it, so files exchanged with the `dac` package need it; everything else is better served by
/// ``Resampler``. The signal continues at both ends with its first and last sample. A NaN reaches what its window covers.
public struct SincResampler {
    /// Hz, both divided by their greatest common divisor.
    private let inputStep: Int, outputStep: Int
    private static let zeroCrossings = 24.0
    private static let rolloff = 0.945
    /// Taps on either side of the sample an output begins at.
    private let reach: Int
    private var kernels: [Int: [Float]] = [:]
    /// The input from `firstKept` on, per channel.
    private var kept: [[Float]]
    private var firstKept = 0
    private var inputCount = 0
    private var outputCount = 0

    /// A resampler of `channelCount` channels. Both rates are positive, in Hz.
    public init(from inputRate: Int, to outputRate: Int, channelCount: Int) {
        precondition(inputRate > 0 && outputRate > 0 && channelCount > 0)
        var (divisor, rest) = (inputRate, outputRate)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        inputStep = inputRate / divisor
        outputStep = outputRate / divisor
        let band = Double(min(inputStep, outputStep)) * Self.rolloff
        reach = Int((Self.zeroCrossings * Double(inputStep) / band).rounded(.up))
        kept = [[Float]](repeating: [], count: channelCount)
    }

    /// What can be computed after this block, one array per channel.
    public mutating func process(_ block: [[Float]]) -> [[Float]] {
        guard inputStep != outputStep else { return block }
        append(block)
        // The last tap of output j is at ⌊j·in/out⌋ + reach + 1.
        let available = inputCount - reach - 1
        return emit(upTo: available > 0 ? (available * outputStep - 1) / inputStep + 1 : 0)
    }

    /// The rest: in all, ⌊samples · outputRate / inputRate⌋ have come out, where julius rounds the quotient to float32 first.
    public mutating func finish() -> [[Float]] {
        guard inputStep != outputStep else { return kept }
        let quotient = Float(Double(outputStep) * Double(inputCount) / Double(inputStep))
        return emit(upTo: Int(quotient.rounded(.down)))
    }

    private mutating func append(_ block: [[Float]]) {
        precondition(block.count == kept.count, "the resampler expects \(kept.count) channels, not \(block.count)")
        for channel in block.indices { kept[channel] += block[channel] }
        inputCount += block[0].count
    }

    private mutating func emit(upTo end: Int) -> [[Float]] {
        var result = [[Float]](repeating: [], count: kept.count)
        guard end > outputCount else { return result }
        for channel in result.indices { result[channel].reserveCapacity(end - outputCount) }
        for output in outputCount..<end {
            let position = output * inputStep
            let (center, phase) = (position / outputStep, position % outputStep)
            let taps = kernel(phase)
            let first = center - reach - firstKept
            for channel in kept.indices {
                result[channel].append(Self.product(taps, kept[channel], from: first))
            }
        }
        outputCount = end
        dropUsed()
        return result
    }

    /// Σ taps · samples, where samples outside the array are its first or last one.
    private static func product(_ taps: [Float], _ samples: [Float], from first: Int) -> Float {
        var sum: Float = 0
        if first >= 0, first + taps.count <= samples.count {
            for index in taps.indices { sum += taps[index] * samples[first + index] }
        } else {
            for index in taps.indices { sum += taps[index] * samples[min(max(first + index, 0), samples.count - 1)] }
        }
        return sum
    }

    private mutating func dropUsed() {
        let next = outputCount * inputStep / outputStep - reach
        // The first sample stays as long as it continues the signal to the left.
        let unused = min(next - firstKept, kept[0].count - 1)
        guard unused > 65_536 else { return }
        for channel in kept.indices { kept[channel].removeFirst(unused) }
        firstKept += unused
    }

    /// The weights of the samples from `reach` before to `reach + 1` behind, for an output `phase / outputStep` behind a sample.
    /// They add up to 1.
    private mutating func kernel(_ phase: Int) -> [Float] {
        if let known = kernels[phase] { return known }
        let band = Double(min(inputStep, outputStep)) * Self.rolloff
        let offset = Double(phase) / Double(outputStep)
        let weights = (-reach...(reach + 1)).map { tap -> Double in
            let crossings = (Double(tap) - offset) / Double(inputStep) * band
            let t = min(max(crossings, -Self.zeroCrossings), Self.zeroCrossings) * Double.pi
            let window = cos(t / Self.zeroCrossings / 2)
            return (t == 0 ? 1 : sin(t) / t) * window * window
        }
        let sum = weights.reduce(0, +)
        let kernel = weights.map { Float($0 / sum) }
        if outputStep <= 4096 { kernels[phase] = kernel }
        return kernel
    }
}

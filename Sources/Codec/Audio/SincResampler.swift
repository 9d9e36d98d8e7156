/// Changes the sample rate as audiotools does (`julius.resample_frac`, ``SincFilter``), of blocks that arrive one after the other.
///
/// DAC's `compress` and `decompress` use it, so files exchanged with the `dac` package need it; everything else is better served by
/// ``Resampler``. The signal continues at both ends with its first and last sample. A NaN reaches what its window covers.
public struct SincResampler {
    private let filter: SincFilter
    private var kernels: [Int: [Float]] = [:]
    /// The input from `firstKept` on, per channel.
    private var kept: [[Float]]
    private var firstKept = 0
    private var inputCount = 0
    private var outputCount = 0

    /// A resampler of `channelCount` channels. Both rates are positive, in Hz.
    public init(from inputRate: Int, to outputRate: Int, channelCount: Int) {
        precondition(channelCount > 0, "a resampler needs at least one channel")
        filter = SincFilter(from: inputRate, to: outputRate)
        kept = [[Float]](repeating: [], count: channelCount)
    }

    /// What can be computed after this block, one array per channel.
    public mutating func process(_ block: [[Float]]) -> [[Float]] {
        guard filter.inputStep != filter.outputStep else { return block }
        append(block)
        // The last tap of output j is at ⌊j·in/out⌋ + reach + 1.
        let available = inputCount - filter.reach - 1
        return emit(upTo: available > 0 ? (available * filter.outputStep - 1) / filter.inputStep + 1 : 0)
    }

    /// The rest: in all, ⌊samples · outputRate / inputRate⌋ have come out.
    public mutating func finish() -> [[Float]] {
        guard filter.inputStep != filter.outputStep else { return kept }
        return emit(upTo: filter.outputCount(of: inputCount))
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
            let taps = kernel(output)
            let first = filter.center(of: output) - filter.reach - firstKept
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
        let next = filter.center(of: outputCount) - filter.reach
        // The first sample stays as long as it continues the signal to the left.
        let unused = min(next - firstKept, kept[0].count - 1)
        guard unused > 65_536 else { return }
        for channel in kept.indices { kept[channel].removeFirst(unused) }
        firstKept += unused
    }

    private mutating func kernel(_ output: Int) -> [Float] {
        let phase = output % filter.outputStep
        if let known = kernels[phase] { return known }
        let kernel = filter.weights(of: phase)
        if filter.outputStep <= 4096 { kernels[phase] = kernel }
        return kernel
    }
}

public import Codec
import Foundation

/// Batches of random segments. A batch depends on the seed and the step alone, so that a resumed run sees what it would have seen.
public struct SpeechBatches: Sendable {
    /// Where segments come from.
    public let clips: [SpeechClip]
    /// Items per batch.
    public let batchSize: Int
    /// Samples per item.
    public let segmentLength: Int
    /// Level of every item's RMS in dBFS (origin: −16); `nil` leaves levels alone.
    public let level: Double?
    /// Decides which segments a step gets.
    public let seed: UInt64

    /// Batches of segments of clips.
    public init(clips: [SpeechClip], batchSize: Int, segmentLength: Int, level: Double? = nil, seed: UInt64) {
        precondition(!clips.isEmpty && batchSize > 0 && segmentLength > 0, "a batch needs clips, items and samples")
        self.clips = clips
        self.batchSize = batchSize
        self.segmentLength = segmentLength
        self.level = level
        self.seed = seed
    }

    /// The batch of a step, `[B, 1, T]`. Clips are drawn in proportion to their length; one shorter than a segment is followed by zeros.
    public func batch(step: Int) -> Tensor {
        var values: [Float] = []
        values.reserveCapacity(batchSize * segmentLength)
        let lengths = clips.map { max(1, $0.samples.count - segmentLength + 1) }
        let total = lengths.reduce(0, +)
        for item in 0..<batchSize {
            var random = RandomSource(seed: seed &+ UInt64(step &* batchSize &+ item) &* 0x9E37_79B9_7F4A_7C15)
            var place = Int(random.next() % UInt64(total))
            var index = 0
            while place >= lengths[index] {
                place -= lengths[index]
                index += 1
            }
            let samples = clips[index].samples
            let piece = samples[place..<min(samples.count, place + segmentLength)]
            values += levelled(Array(piece))
            values += [Float](repeating: 0, count: segmentLength - piece.count)
        }
        return Tensor(values, shape: [batchSize, 1, segmentLength])
    }

    private func levelled(_ samples: [Float]) -> [Float] {
        guard let level else { return samples }
        let square = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))
        let rms = square.squareRoot()
        guard rms > 1e-8 else { return samples }
        let gain = pow(10, level / 20) / rms
        let peak = samples.reduce(0.0) { max($0, abs(Double($1))) } * gain
        let factor = Float(peak > 1 ? gain * 0.95 / peak : gain)
        return samples.map { $0 * factor }
    }
}

public import Codec

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

    /// For each clip the number of samples in it and all before it.
    private let ends: [Int]

    /// Batches of segments of clips.
    public init(clips: [SpeechClip], batchSize: Int, segmentLength: Int, level: Double? = nil, seed: UInt64) {
        precondition(!clips.isEmpty && batchSize > 0 && segmentLength > 0, "a batch needs clips, items and samples")
        self.clips = clips
        self.batchSize = batchSize
        self.segmentLength = segmentLength
        self.level = level
        self.seed = seed
        var end = 0
        ends = clips.map { clip in
            end += max(1, clip.sampleCount)
            return end
        }
    }

    /// The batch of a step, `[B, 1, T]`, the same on every machine and with any number of threads.
    ///
    /// Clips are drawn in proportion to their length, then a place in the clip, every one alike; a clip shorter than a segment is
    /// followed by zeros. Silence may be drawn. Throws ``SpeechDataError`` when a file has vanished or changed.
    public func batch(step: Int) throws(SpeechDataError) -> Tensor {
        Tensor(try values(step: step), shape: [batchSize, 1, segmentLength])
    }

    /// The batch's samples, item after item.
    func values(step: Int) throws(SpeechDataError) -> [Float] {
        precondition(step >= 0, "steps are counted from 0, but got \(step)")
        var values: [Float] = []
        values.reserveCapacity(batchSize * segmentLength)
        for item in 0..<batchSize {
            let (clip, range) = segment(step: step, item: item)
            let samples = try clips[clip].samples(in: range)
            values += level.map { SpeechLevel.rms($0).applied(to: samples) } ?? samples
            values += repeatElement(0, count: segmentLength - range.count)
        }
        return values
    }

    /// Which samples of which clip an item of a step is.
    func segment(step: Int, item: Int) -> (clip: Int, range: Range<Int>) {
        // The step's own generator makes a seed per item: neighbouring steps and items share no state.
        var seeds = RandomSource(seed: seed)
        var random = RandomSource(seed: seeds.next() ^ UInt64(step))
        random = RandomSource(seed: random.next() ^ UInt64(item))
        let place = Int(random.next() % UInt64(ends[ends.count - 1]))
        var (low, high) = (0, clips.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if place < ends[middle] { high = middle } else { low = middle + 1 }
        }
        let count = clips[low].sampleCount
        let start = Int(random.next() % UInt64(max(1, count - segmentLength + 1)))
        return (low, start..<min(count, start + segmentLength))
    }
}

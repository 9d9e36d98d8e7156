/// Codebook indices of a residual quantiser: one number per item, stage and frame.
///
/// Values are row-major in the order `[batch, stage, frame]`, as DAC's `codes` tensor. A value, safe to hand to other tasks.
public struct Codes: Sendable, Equatable, Hashable, Codable {
    /// The number of items (or channels).
    public let batch: Int
    /// The number of quantiser stages (codebooks).
    public let stages: Int
    /// The number of frames.
    public let frames: Int
    /// The indices, row-major `[batch, stage, frame]`, each in `0..<codebookSize`.
    public let values: [Int32]

    /// Wraps exactly `batch · stages · frames` indices.
    public init(batch: Int, stages: Int, frames: Int, values: [Int32]) {
        precondition(batch >= 0 && stages >= 0 && frames >= 0, "codes have no negative sizes")
        precondition(
            values.count == batch * stages * frames,
            "\(values.count) indices do not fill [\(batch), \(stages), \(frames)]"
        )
        self.batch = batch
        self.stages = stages
        self.frames = frames
        self.values = values
    }

    /// Puts together the indices of each stage, each row-major `[batch, frame]`.
    public init(batch: Int, frames: Int, stages: [[Int32]]) {
        var values: [Int32] = []
        values.reserveCapacity(batch * frames * stages.count)
        for item in 0..<batch {
            for stage in stages { values += stage[(item * frames)..<((item + 1) * frames)] }
        }
        self.init(batch: batch, stages: stages.count, frames: frames, values: values)
    }

    /// The sizes `[batch, stages, frames]`.
    public var shape: [Int] { [batch, stages, frames] }

    /// One index.
    public subscript(item: Int, stage: Int, frame: Int) -> Int32 {
        values[(item * stages + stage) * frames + frame]
    }

    /// The indices of one stage, row-major `[batch, frame]`.
    public func stage(_ stage: Int) -> [Int32] {
        var indices: [Int32] = []
        indices.reserveCapacity(batch * frames)
        for item in 0..<batch {
            let start = (item * stages + stage) * frames
            indices += values[start..<(start + frames)]
        }
        return indices
    }

    /// The first `count` stages, or all when there are not more.
    public func firstStages(_ count: Int) -> Codes {
        let kept = min(count, stages)
        return kept == stages ? self : Codes(batch: batch, frames: frames, stages: (0..<kept).map { stage($0) })
    }

    /// A range of frames.
    public func frames(_ range: Range<Int>) -> Codes {
        var kept: [Int32] = []
        kept.reserveCapacity(batch * stages * range.count)
        for row in 0..<(batch * stages) {
            kept += values[(row * frames + range.lowerBound)..<(row * frames + range.upperBound)]
        }
        return Codes(batch: batch, stages: stages, frames: range.count, values: kept)
    }

    /// These codes followed in time by `other`, of the same batch and stages.
    public func appending(_ other: Codes) -> Codes { Codes.joined([self, other]) }

    /// Codes of equal batch and stages, one after the other in time. An empty list gives empty codes.
    public static func joined(_ parts: [Codes]) -> Codes {
        guard let first = parts.first else { return Codes(batch: 0, stages: 0, frames: 0, values: []) }
        precondition(
            parts.allSatisfy { $0.batch == first.batch && $0.stages == first.stages },
            "codes joined in time need equal batch and stages"
        )
        let frames = parts.reduce(0) { $0 + $1.frames }
        var values: [Int32] = []
        values.reserveCapacity(first.batch * first.stages * frames)
        for row in 0..<(first.batch * first.stages) {
            for part in parts { values += part.values[(row * part.frames)..<((row + 1) * part.frames)] }
        }
        return Codes(batch: first.batch, stages: first.stages, frames: frames, values: values)
    }

    /// The first index outside `0..<codebookSize`, if any, as files may contain it.
    public func firstIndex(outside codebookSize: Int) -> Int32? {
        values.first { $0 < 0 || Int($0) >= codebookSize }
    }
}

public import Codec

/// The audio a discriminator is measured with: equally long segments of speech, two kinds of imitations of each, noise and silence.
///
/// Every real segment has the level of the origin's training data: RMS 0.158 (−16 dBFS), or less where the peak would exceed full scale.
/// Training and held-out segments share no sample.
public struct ProbeAudio: Sendable {
    /// Segments and their imitations; equal indices belong together.
    public struct Split: Sendable {
        /// Speech.
        public let real: [[Float]]
        /// What an untrained codec of the origin's shape makes of the speech: unrelated to it, without offset, at 0.85 of its level, as in the
        /// origin's log. Easy to tell from speech.
        public let decoded: [[Float]]
        /// The speech with the damage a bad codec does, at the same level: phases lost, magnitudes rough, high frequencies gone. Hard to
        /// tell from speech. See ``SpeechDegradation``.
        public let degraded: [[Float]]
    }

    /// Hz.
    public let sampleRate: Int
    /// Samples per segment.
    public let segmentLength: Int
    /// To train with.
    public let training: Split
    /// To judge with.
    public let heldOut: Split
    /// White noise at the speech's level, as many segments as there is held-out speech.
    public let noise: [[Float]]
    /// A segment of zeros.
    public var silence: [Float] { [Float](repeating: 0, count: segmentLength) }

    /// Segments as a batch `[B, 1, length]`: `length` samples of each from `start`. Where a segment is shorter it begins again, so that nets
    /// that need longer items get some.
    public static func batch(_ segments: [[Float]], from start: Int = 0, length: Int) -> Tensor {
        Tensor(segments.flatMap { piece(of: $0, from: start, length: length) }, shape: [segments.count, 1, length])
    }

    /// `length` samples of a segment from `start`, from its beginning again where it ends.
    static func piece(of segment: [Float], from start: Int, length: Int) -> [Float] {
        if start + length <= segment.count { return Array(segment[start..<(start + length)]) }
        return (start..<(start + length)).map { segment[$0 % segment.count] }
    }
}

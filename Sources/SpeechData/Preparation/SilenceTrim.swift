/// How silence at both ends of a recording is found.
///
/// Sound is every stretch of 20 ms whose RMS lies above `threshold` dB relative to the loudest stretch of the recording: clicks
/// of a switch are short and count little, and the recording's level does not matter.
public struct SilenceTrim: Codable, Hashable, Sendable {
    /// dB below the loudest 20 ms, negative.
    public var threshold: Double
    /// Seconds kept before the first and behind the last sound, for soft beginnings and ends of words.
    public var margin: Double

    /// A trim at −40 dB with a margin of 0.1 s unless told otherwise.
    public init(threshold: Double = -40, margin: Double = 0.1) {
        self.threshold = threshold
        self.margin = margin
    }
}

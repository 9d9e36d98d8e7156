/// One recording, mono, at its dataset's sample rate.
public struct SpeechClip: Sendable {
    /// Where it comes from: a file's path inside its folder, or a shipped clip's name.
    public let name: String
    /// Who speaks; empty when unknown.
    public let speaker: String
    /// The samples, full scale at ±1.
    public let samples: [Float]

    /// A clip in memory.
    public init(name: String, speaker: String = "", samples: [Float]) {
        self.name = name
        self.speaker = speaker
        self.samples = samples
    }
}

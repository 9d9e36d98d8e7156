/// One recording, mono, at its dataset's sample rate: in memory, or a file that is read piece by piece.
public struct SpeechClip: Sendable {
    /// Where it comes from: a file's path inside its folder, or a shipped clip's name.
    public let name: String
    /// Who speaks; empty when unknown.
    public let speaker: String
    /// How many samples it has.
    public let sampleCount: Int

    private enum Source {
        case memory([Float])
        case file(SpeechFile)
    }
    private let source: Source

    /// A clip in memory; full scale is ±1.
    public init(name: String, speaker: String = "", samples: [Float]) {
        self.name = name
        self.speaker = speaker
        sampleCount = samples.count
        source = .memory(samples)
    }

    /// A clip that stays in its file.
    init(name: String, speaker: String, file: SpeechFile) {
        self.name = name
        self.speaker = speaker
        sampleCount = file.sampleCount
        source = .file(file)
    }

    /// The samples of a range, full scale at ±1; exactly as many as the range has.
    ///
    /// A file is opened anew each time, so that one that vanished, shrank or was replaced is an error and never a crash.
    /// Throws ``SpeechDataError``.
    ///
    /// - Precondition: the range lies inside `0..<sampleCount`.
    public func samples(in range: Range<Int>) throws(SpeechDataError) -> [Float] {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= sampleCount,
            "samples \(range) do not lie in a clip of \(sampleCount)"
        )
        return switch source {
        case .memory(let samples): Array(samples[range])
        case .file(let file): try file.samples(in: range)
        }
    }
}

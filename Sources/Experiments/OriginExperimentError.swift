/// Why the origin experiment cannot run on a dataset.
public enum OriginExperimentError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Speech at another rate than the origin's codec takes.
    case sampleRate(found: Int)
    /// Nothing to train on.
    case noTrainingSpeech
    /// Nothing to validate on: without held-out speech most symptoms cannot be judged.
    case noHeldOutSpeech

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .sampleRate(let found):
            "the origin's codec works at 16000 Hz, but the speech has \(found) Hz; `codec-doctor prepare` resamples it"
        case .noTrainingSpeech: "the dataset has no speech to train on"
        case .noHeldOutSpeech:
            "the dataset holds no speech out, so that signals cannot be judged; give it at least two recordings"
        }
    }
}

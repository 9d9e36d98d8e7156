/// How a run ended.
public struct RunOutcome: Sendable, Hashable {
    /// Why it ended.
    public enum Ending: Sendable, Hashable {
        /// All steps are done.
        case finished
        /// A signal of that number asked it to stop; it can be resumed.
        case interrupted(signal: Int32)
        /// The check called it dead; `reason` is its sentence. It can be resumed.
        case ended(reason: String)
    }

    /// The validation with the smallest mel distance.
    public struct Best: Sendable, Hashable, Codable {
        /// Steps done.
        public let step: Int
        /// Its mel distance.
        public let melDistance: Double
    }

    /// What ending early saved.
    public struct Saving: Sendable, Hashable {
        /// Steps not done.
        public let steps: Int
        /// Seconds they would have taken at the pace of this session.
        public let seconds: Double
        /// What these would have cost; `nil` without a price.
        public let price: Double?
    }

    /// Why it ended.
    public let ending: Ending
    /// Steps done, in all sessions.
    public let step: Int
    /// Steps of the whole run.
    public let steps: Int
    /// Seconds of this session, validations and checkpoints included.
    public let seconds: Double
    /// Seconds per step in this session, validations and checkpoints included; `nil` when it did none.
    public let secondsPerStep: Double?
    /// The best validation, `nil` without any.
    public let best: Best?
    /// What was saved by not doing the rest; `nil` for a finished run and when no step was done.
    public let saving: Saving?

    /// What the process should exit with for the run itself: 0, or 128 + signal (130 for SIGINT, 143 for SIGTERM).
    public var exitStatus: Int32 {
        if case .interrupted(let signal) = ending { 128 + signal } else { 0 }
    }
}

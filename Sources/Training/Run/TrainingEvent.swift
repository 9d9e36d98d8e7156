public import TrainingMetrics

/// What a run tells while it runs, for progress on a screen.
public enum TrainingEvent: Sendable {
    /// It begins, or goes on, with `step` steps done of `steps`.
    case began(step: Int, steps: Int)
    /// Something a user should know: a damaged checkpoint that was passed over, a store that was filled again.
    case message(String)
    /// A step is done.
    case stepped(TrainingProgress)
    /// A validation is done.
    case validated(MeasuredStep, notes: [String])
    /// The check said this.
    case checked(diagnosis: String)
    /// A checkpoint was written.
    case saved(path: String, step: Int)
}

/// Where a run is after a step.
public struct TrainingProgress: Sendable {
    /// Steps done.
    public let step: Int
    /// Steps of the whole run.
    public let steps: Int
    /// The step's epoch, from 1.
    public let epoch: Int
    /// Epochs of the whole run.
    public let epochs: Int
    /// What the step measured.
    public let report: StepReport
    /// Seconds per step in this session, validations and checkpoints included.
    public let secondsPerStep: Double
    /// Seconds the rest takes at this pace.
    public var secondsLeft: Double { Double(steps - step) * secondsPerStep }
    /// What the last check said, `nil` without one.
    public let diagnosis: String?
}

/// What a check of a run says.
public struct RunVerdict: Sendable, Hashable {
    /// The diagnosis in one line.
    public var diagnosis: String
    /// Why the run should end now; `nil` to go on.
    public var stopReason: String?

    /// A verdict.
    public init(diagnosis: String, stopReason: String? = nil) {
        self.diagnosis = diagnosis
        self.stopReason = stopReason
    }
}

public import TrainingMetrics

/// What a rule may look at: one attempt of a run, the facts about it, and how long it has been silent.
public struct RunView: Sendable {
    /// The attempt to judge, logged and derived series.
    public var history: RunHistory
    /// Facts, each with its origin.
    public var facts: RunFacts
    /// Constants of the game, `nil` while the loss family is unknown.
    public var blind: BlindConstants?
    /// Expectations to compare with, `nil` when no profile was chosen.
    public var profile: ExpectationProfile?
    /// Seconds since the log last grew, `nil` when the log is not being written to as far as is known.
    public var silentSeconds: Double?
    /// What saved probes measured of the run's networks, the newest of each subject, newest first.
    public var probes: [ProbeEvidence]

    /// Creates a view; the blind constants follow from the facts.
    public init(
        history: RunHistory,
        facts: RunFacts,
        profile: ExpectationProfile? = nil,
        silentSeconds: Double? = nil,
        probes: [ProbeEvidence] = []
    ) {
        self.history = history
        self.facts = facts
        self.blind = BlindConstants(facts)
        self.profile = profile
        self.silentSeconds = silentSeconds
        self.probes = probes
    }

    /// The view as it was when `position` had just been logged.
    public func prefix(through position: Int64) -> RunView {
        RunView(history: history.prefix(through: position), facts: facts, profile: profile, probes: probes)
    }
}

public import HealthRules

/// What the rules made of one run of the matrix.
public struct FaultOutcome: Sendable, Codable {
    /// How well a fault was diagnosed.
    public enum Verdict: String, Sendable, Codable {
        /// A right rule fired, and the first cause named first is right.
        case caught
        /// A right rule fired; another cause was named first.
        case misnamed
        /// No right rule fired although numbers show the fault.
        case missed
        /// It cannot be seen, and nothing was called an error.
        case invisible
        /// A run without a visible fault was called an error.
        case falseAlarm = "false-alarm"
        /// A healthy run without errors.
        case silent
    }

    /// A finding with the step at which it could first be seen.
    public struct Sighting: Sendable, Codable {
        /// The rule.
        public let rule: RuleID
        /// Its name.
        public let name: String
        /// Its severity at the end.
        public let severity: Severity
        /// Steps done when it could first be seen; `nil` where it was not on the timeline.
        public let firstStep: Int64?
        /// What it says.
        public let message: String

        /// A sighting.
        public init(rule: RuleID, name: String, severity: Severity, firstStep: Int64?, message: String) {
            self.rule = rule
            self.name = name
            self.severity = severity
            self.firstStep = firstStep
            self.message = message
        }
    }

    /// Name of the fault or variation.
    public let name: String
    /// What is done, as a sentence.
    public let summary: String
    /// The run's seed.
    public let seed: UInt64
    /// How well it was diagnosed.
    public let verdict: Verdict
    /// Errors and warnings, in the order in which they could first be seen.
    public let sightings: [Sighting]
    /// The rule of the first root.
    public let rootRule: RuleID?
    /// The cause that is named first for it.
    public let rootCause: String
    /// For an invisible fault, the metric that would show it.
    public let missingMetric: String
    /// Optimisation steps done.
    public let steps: Int
    /// Seconds, validation included and judging not.
    public let seconds: Double
    /// Last values of what tells a healthy run, by name.
    public let lastValues: [NamedValue]

    /// An outcome.
    public init(
        name: String,
        summary: String,
        seed: UInt64,
        verdict: Verdict,
        sightings: [Sighting],
        rootRule: RuleID?,
        rootCause: String,
        missingMetric: String,
        steps: Int,
        seconds: Double,
        lastValues: [NamedValue]
    ) {
        self.name = name
        self.summary = summary
        self.seed = seed
        self.verdict = verdict
        self.sightings = sightings
        self.rootRule = rootRule
        self.rootCause = rootCause
        self.missingMetric = missingMetric
        self.steps = steps
        self.seconds = seconds
        self.lastValues = lastValues
    }

    /// A number with its name.
    public struct NamedValue: Sendable, Codable, Equatable {
        /// Name as logged, with the split of validation.
        public let name: String
        /// The number as text: NaN and infinities are values.
        public let value: String
    }

    /// The finding that could be seen first.
    public var first: Sighting? { sightings.first }
    /// How many findings are errors.
    public var errorCount: Int { sightings.count { $0.severity == .error } }
}

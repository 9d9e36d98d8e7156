public import TrainingMetrics

/// The stretch of a run in which a rule's condition held.
public struct Episode: Hashable, Sendable, Codable {
    /// First position of it, on the run's axis.
    public var firstPosition: Int64
    /// Last position of it.
    public var lastPosition: Int64
    /// Epoch at its beginning, where the log has epochs.
    public var firstEpoch: Double?
    /// Epoch at its end.
    public var lastEpoch: Double?
    /// Whether it still holds at the end of what was logged.
    public var isOngoing: Bool

    /// Creates an episode.
    public init(
        firstPosition: Int64,
        lastPosition: Int64,
        firstEpoch: Double? = nil,
        lastEpoch: Double? = nil,
        isOngoing: Bool
    ) {
        self.firstPosition = firstPosition
        self.lastPosition = lastPosition
        self.firstEpoch = firstEpoch
        self.lastEpoch = lastEpoch
        self.isOngoing = isOngoing
    }
}

/// A number a finding rests on, with what it should be.
public struct Evidence: Hashable, Sendable, Codable {
    /// What was measured (`discriminator loss, median of the last 6 epochs`).
    public var label: String
    /// The measured value; NaN and infinities are allowed.
    public var value: Double
    /// Unit (`dB`, `%`, `steps`), empty for a plain number.
    public var unit: String
    /// What a healthy run would show (`below 1.90`), as text; empty when there is nothing to compare with.
    public var expected: String

    /// Creates evidence.
    public init(_ label: String, _ value: Double, unit: String = "", expected: String = "") {
        self.label = label
        self.value = value
        self.unit = unit
        self.expected = expected
    }
}

/// The metric whose curve shows a finding, with the band it should be in: what reports draw.
public struct FindingCurve: Hashable, Sendable, Codable {
    /// Name of the series as logged, or the derived series' name.
    public var metric: String
    /// Its split.
    public var split: Split
    /// Lower edge of the healthy band, `nil` when there is none.
    public var lower: Double?
    /// Upper edge of the healthy band, `nil` when there is none.
    public var upper: Double?

    /// Creates a curve description for a series.
    public init(_ series: MetricSeries, lower: Double? = nil, upper: Double? = nil) {
        metric = series.name
        split = series.split
        self.lower = lower
        self.upper = upper
    }
}

/// What a rule found: a value, comparable across runs.
public struct Finding: Hashable, Sendable, Codable {
    /// The rule.
    public var rule: RuleID
    /// The rule's name.
    public var name: String
    /// How bad it is here (a rule may raise or lower its default by the evidence).
    public var severity: Severity
    /// How sure it is.
    public var confidence: Confidence
    /// When.
    public var episode: Episode
    /// One sentence with the numbers, in the field's words, plain text.
    public var message: String
    /// The numbers, most telling first.
    public var evidence: [Evidence]
    /// The curve to draw, `nil` when no single curve shows it.
    public var curve: FindingCurve?
    /// Possible causes in this run, most likely first. Empty: those of the rule's description.
    public var causes: [String]
    /// What to do in this run, in order. Empty: that of the rule's description.
    public var advice: [String]
    /// Which of several findings of the same rule (`stage 3`, `mel`): part of the identity; empty otherwise.
    public var subject: String

    /// Creates a finding of a rule.
    public init(
        _ rule: RuleDescription,
        severity: Severity? = nil,
        confidence: Confidence = .medium,
        episode: Episode,
        message: String,
        evidence: [Evidence],
        curve: FindingCurve? = nil,
        causes: [String] = [],
        advice: [String] = [],
        subject: String = ""
    ) {
        self.rule = rule.id
        self.name = rule.name
        self.severity = severity ?? rule.severity
        self.confidence = confidence
        self.episode = episode
        self.message = message
        self.evidence = evidence
        self.curve = curve
        self.causes = causes
        self.advice = advice
        self.subject = subject
    }
}

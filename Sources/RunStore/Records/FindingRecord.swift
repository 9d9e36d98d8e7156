/// A finding as the store keeps it: the columns people query, and the whole as JSON.
public struct FindingRecord: Hashable, Sendable {
    /// Identifier of the rule (`ADV001`).
    public var rule: String
    /// First position of the episode.
    public var firstStep: Int64
    /// Last position of the episode.
    public var lastStep: Int64
    /// `info`, `warning` or `error`.
    public var severity: String
    /// One sentence.
    public var message: String
    /// The evidence, JSON text.
    public var evidence: String

    /// Creates a record.
    public init(
        rule: String,
        firstStep: Int64,
        lastStep: Int64,
        severity: String,
        message: String,
        evidence: String
    ) {
        self.rule = rule
        self.firstStep = firstStep
        self.lastStep = lastStep
        self.severity = severity
        self.message = message
        self.evidence = evidence
    }
}

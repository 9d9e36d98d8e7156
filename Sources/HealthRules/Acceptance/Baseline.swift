/// The findings of an earlier check: what is in it is known, and only what is new, or worse, is reported.
///
/// A finding is known by its fingerprint (rule and subject), so a baseline holds while the run goes on, and for other
/// runs of the same project.
public struct Baseline: Sendable, Equatable {
    /// A known finding.
    public struct Entry: Hashable, Sendable, Codable {
        /// The rule.
        public var rule: RuleID
        /// Which of several findings of the rule; empty for the only one.
        public var subject: String
        /// How bad it was.
        public var severity: Severity

        /// Creates an entry.
        public init(rule: RuleID, subject: String, severity: Severity) {
            self.rule = rule
            self.subject = subject
            self.severity = severity
        }

        /// What makes it the same finding in another report.
        public var fingerprint: FindingFingerprint { FindingFingerprint(rule: rule, subject: subject) }
    }

    /// Known findings, sorted by rule and subject; of two with one fingerprint the worse.
    public let entries: [Entry]
    private let severities: [FindingFingerprint: Severity]

    /// A baseline of entries in any order.
    public init(_ entries: some Sequence<Entry>) {
        var worst: [FindingFingerprint: Entry] = [:]
        for entry in entries {
            if let other = worst[entry.fingerprint], other.severity >= entry.severity { continue }
            worst[entry.fingerprint] = entry
        }
        self.entries = worst.values.sorted { ($0.rule.rawValue, $0.subject) < ($1.rule.rawValue, $1.subject) }
        severities = worst.mapValues(\.severity)
    }

    /// The baseline that makes all of these findings known.
    public init(_ findings: some Sequence<Finding>) {
        self.init(findings.map { Entry(rule: $0.rule, subject: $0.subject, severity: $0.severity) })
    }

    /// Whether a finding is known and no worse than it was.
    public func knows(_ finding: Finding) -> Bool {
        severities[finding.fingerprint].map { $0 >= finding.severity } ?? false
    }

    /// The entries that none of these findings is about any more.
    public func gone(from findings: [Finding]) -> [Entry] {
        let present = Set(findings.map(\.fingerprint))
        return entries.filter { !present.contains($0.fingerprint) }
    }
}

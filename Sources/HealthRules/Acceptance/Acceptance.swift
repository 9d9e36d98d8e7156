/// What somebody has decided about a run's findings before they are reported: suppressions of the configuration, and a
/// baseline of known ones.
public struct Acceptance: Sendable, Equatable {
    /// Suppressions, in the order of the configuration file.
    public var suppressions: [Suppression]
    /// Known findings, `nil` for no baseline.
    public var baseline: Baseline?
    /// Name of the run.
    public var runName: String
    /// The day by which suppressions expire; without one none does.
    public var today: CalendarDay?

    /// Creates a decision; without arguments nothing is accepted.
    public init(
        suppressions: [Suppression] = [],
        baseline: Baseline? = nil,
        runName: String = "",
        today: CalendarDay? = nil
    ) {
        self.suppressions = suppressions
        self.baseline = baseline
        self.runName = runName
        self.today = today
    }

    /// Takes what is accepted out of findings. The first suppression that fits a finding counts; what is suppressed is
    /// not looked up in the baseline.
    public func applied(to findings: [Finding]) -> AcceptedFindings {
        let own = suppressions.filter { $0.isAbout(run: runName) }
        let expired = own.filter { suppression in today.map { suppression.isExpired(on: $0) } ?? false }
        let valid = own.filter { !expired.contains($0) }
        var result = AcceptedFindings()
        var used: Set<Suppression> = []
        for finding in findings {
            let fitting = valid.filter { $0.matches(finding) }
            used.formUnion(fitting)
            if let suppression = fitting.first {
                result.suppressed.append(.init(finding: finding, suppression: suppression))
            } else if baseline?.knows(finding) ?? false {
                result.known.append(finding)
            } else {
                result.reported.append(finding)
            }
        }
        result.expired = expired
        result.unused = valid.filter { !used.contains($0) }
        result.gone = baseline?.gone(from: findings) ?? []
        result.hasBaseline = baseline != nil
        return result
    }
}

/// Findings sorted by what somebody decided about them.
public struct AcceptedFindings: Sendable, Equatable {
    /// A finding and why it is not reported.
    public struct Suppressed: Sendable, Equatable {
        /// The finding.
        public let finding: Finding
        /// The suppression that fits it.
        public let suppression: Suppression
    }

    /// What is left to report, in the order given.
    public internal(set) var reported: [Finding] = []
    /// Suppressed ones.
    public internal(set) var suppressed: [Suppressed] = []
    /// Those the baseline knows.
    public internal(set) var known: [Finding] = []
    /// What the baseline knows and is not there any more.
    public internal(set) var gone: [Baseline.Entry] = []
    /// Suppressions of this run whose last day is over; they suppress nothing.
    public internal(set) var expired: [Suppression] = []
    /// Suppressions of this run that fit no finding.
    public internal(set) var unused: [Suppression] = []
    /// Whether there was a baseline.
    public internal(set) var hasBaseline = false

    /// Nothing found, nothing accepted.
    public init() {}

    /// All findings that are not reported.
    public var accepted: [Finding] { suppressed.map(\.finding) + known }

    /// What a reader should know about it, sentences; empty when nothing was accepted and nothing is stale.
    public var notes: [String] {
        var notes = suppressed.map { item in
            let until = item.suppression.until.map { " until \($0)" } ?? ""
            return "\(Self.name(item.finding.rule, item.finding.subject)) (\(item.finding.severity.rawValue)) is "
                + "suppressed\(until): \(item.suppression.reason)"
        }
        if hasBaseline {
            notes.append(
                known.isEmpty
                    ? "None of the findings is in the baseline."
                    : "\(Wording.count(known.count, "finding")) in the baseline \(known.count == 1 ? "is" : "are") not "
                        + "shown: \(Wording.list(known.map { Self.name($0.rule, $0.subject) }))."
            )
        }
        if !gone.isEmpty {
            notes.append(
                "The baseline holds \(Wording.count(gone.count, "finding")) that \(gone.count == 1 ? "is" : "are") not "
                    + "there any more: \(Wording.list(gone.map { Self.name($0.rule, $0.subject) }))."
            )
        }
        notes += expired.map {
            "The suppression of \($0) expired on \($0.until.map(\.description) ?? "") and does not hold: \($0.reason)"
        }
        notes += unused.map { "The suppression of \($0) fits no finding; it can be removed: \($0.reason)" }
        return notes
    }

    private static func name(_ rule: RuleID, _ subject: String) -> String {
        subject.isEmpty ? rule.rawValue : "\(rule.rawValue) [\(subject)]"
    }
}

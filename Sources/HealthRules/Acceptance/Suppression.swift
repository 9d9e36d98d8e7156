import TrainingMetrics

/// A finding somebody knows of and accepts, why, and until when. The finding stays visible, does not make a check fail
/// and is no root cause.
public struct Suppression: Hashable, Sendable {
    /// The rule.
    public var rule: RuleID
    /// Subject of the finding (`stage 3`), `*` for anything; `nil` fits every subject.
    public var subject: String?
    /// Name of the metric whose curve shows the finding, `*` for anything; `nil` fits every metric.
    public var metric: String?
    /// Name of the run, `*` for anything; `nil` fits every run.
    public var run: String?
    /// Why, in the user's words.
    public var reason: String
    /// The last day on which it holds; `nil` for ever.
    public var until: CalendarDay?
    /// Line of the configuration file, 0 when it does not come from one.
    public var line: Int

    /// Creates a suppression.
    public init(
        rule: RuleID,
        subject: String? = nil,
        metric: String? = nil,
        run: String? = nil,
        reason: String,
        until: CalendarDay? = nil,
        line: Int = 0
    ) {
        self.rule = rule
        self.subject = subject
        self.metric = metric
        self.run = run
        self.reason = reason
        self.until = until
        self.line = line
    }

    /// Whether it is about a run of that name.
    public func isAbout(run name: String) -> Bool { Self.fits(run, name) }

    /// Whether it is about a finding, whatever the run and the day.
    public func matches(_ finding: Finding) -> Bool {
        finding.rule == rule && Self.fits(subject, finding.subject)
            && (metric == nil || Self.fits(metric, finding.curve?.metric ?? ""))
    }

    /// Whether its last day is over.
    public func isExpired(on day: CalendarDay) -> Bool { until.map { $0 < day } ?? false }

    private static func fits(_ pattern: String?, _ text: String) -> Bool {
        pattern.map { NamePattern($0).matches(text) } ?? true
    }
}

extension Suppression: CustomStringConvertible {
    /// What it is about, for a sentence: `SIG010 [mel] (line 7)`.
    public var description: String {
        var text = rule.rawValue
        if let subject { text += " [\(subject)]" }
        if let metric { text += " on \(metric)" }
        if let run { text += " in \(run)" }
        return line > 0 ? text + " (line \(line))" : text
    }
}

import HealthReport
import HealthRules

/// What a check in the middle of a run says, short enough for one line.
struct RunningDiagnosis: Equatable, Sendable {
    /// The first root cause.
    struct Cause: Equatable, Sendable {
        let rule: String
        let name: String
        let severity: Severity
        let since: Int64
        let message: String
    }

    /// Steps done when the run was checked.
    let step: Int
    let verdict: Verdict
    /// The root cause named first, of warnings and errors.
    let first: Cause?
    /// How many other warnings and errors there are.
    let others: Int
    /// How many rules had enough to judge.
    let judged: Int

    /// What a check of the run so far says.
    init(_ check: RunCheck.Result, step: Int) {
        self.step = step
        verdict = check.verdict
        first = check.roots.first.map { finding in
            Cause(
                rule: finding.rule.rawValue,
                name: finding.name,
                severity: finding.severity,
                since: finding.episode.firstPosition,
                message: TerminalText.escaped(finding.message)
            )
        }
        let findings = check.results.findings
        others = max(0, findings.count { $0.severity > .info } - (first == nil ? 0 : 1))
        judged = check.results.passed.count + Set(findings.map(\.rule)).count
    }

    init(step: Int, verdict: Verdict, first: Cause?, others: Int, judged: Int) {
        (self.step, self.verdict, self.first, self.others, self.judged) = (step, verdict, first, others, judged)
    }

    /// `failing: ADV001 discriminator-blind since step 40, and 2 more: D's loss …`
    var sentence: String {
        guard let first else {
            return verdict == .healthy
                ? "healthy so far, \(judged) rules judged" : "nothing wrong so far, too early to call it healthy"
        }
        let more = others == 0 ? "" : ", and \(others) more"
        let word = verdict == .failing ? "failing" : "\(first.severity.rawValue)"
        return "\(word): \(first.rule) \(first.name) since step \(first.since)\(more): \(first.message)"
    }

    /// What of it is news when it changes: the verdict and the cause, not the numbers.
    var gist: [String] { [verdict.rawValue, first?.rule ?? "", first?.severity.rawValue ?? "", String(others)] }

    /// Its colour.
    var tone: ANSIStyle.Tone {
        if verdict == .failing { return .red }
        return first != nil ? .yellow : verdict == .healthy ? .green : .dim
    }
}

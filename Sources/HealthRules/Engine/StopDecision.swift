import TrainingMetrics

/// Whether what was found is reason enough to end a run that cannot be got back. Pure; stricter than the verdict, because a wrong
/// verdict costs a look and a wrong end costs the run.
///
/// A finding is reason enough when all of this holds:
/// - it has the wanted severity, and its rule is not in preview, not about a probe and not somebody's expectation;
/// - its confidence is medium or better: several points agree, or an identity does;
/// - it still holds at the end of what was logged;
/// - the run is past its beginning: behind the grace period of its plan (1000 steps when the plan is unknown), with ten logged
///   positions, or with five epochs where a position is an epoch;
/// - it was found by so many checks in a row, each of more of the run than the one before.
public struct StopDecision: Sendable, Equatable {
    /// From which severity on.
    public var severity: Severity
    /// Checks in a row that must have found it; 0 where the count does not matter.
    public var checks: Int

    /// An error that two checks found.
    public init(severity: Severity = .error, checks: Int = 2) {
        self.severity = severity
        self.checks = max(0, checks)
    }

    /// Positions of the run, and epochs where a position is one, before which nothing ends it.
    private static let leastPositions = 10
    private static let leastEpochs = 5

    /// The finding that is reason enough, roots first; `nil` to let the run go on. `diagnosis` is what a check of `run` found, `checks`
    /// says in how many checks in a row a finding was there.
    public func reason(in diagnosis: Diagnosis, of run: RunView, checks: (Finding) -> Int) -> Finding? {
        guard Self.isPastBeginning(run) else { return nil }
        let rules = Dictionary(RuleRegistry.all.map { ($0.description.id, $0.description) }) { first, _ in first }
        let roots = diagnosis.roots
        let others = diagnosis.nodes.indices.filter { !roots.contains($0) }
        return (roots + others).map { diagnosis.nodes[$0].finding }.first { finding in
            guard let rule = rules[finding.rule], !rule.isPreview, rule.group != .probe, rule.group != .expectation
            else {
                return false
            }
            return finding.severity >= severity && finding.confidence >= .medium && finding.episode.isOngoing
                && checks(finding) >= self.checks
        }
    }

    /// Whether enough of a run was logged for anything to be worth its end.
    public static func isPastBeginning(_ run: RunView) -> Bool {
        let history = run.history
        let logged = history.series.filter { !$0.isDerived && $0.role != .progress }
        guard let longest = logged.map({ positions(of: $0) }).max(), let last = history.lastPosition else {
            return false
        }
        if history.axis == .epoch { return longest >= leastEpochs }
        guard longest >= leastPositions else { return longest >= leastEpochs && isByEpoch(logged) }
        return history.axis != .step || last - (history.firstPosition ?? 0) >= JudgedWindow.grace(run)
    }

    /// How many positions a series has, ten at most; they never decrease.
    private static func positions(of series: MetricSeries) -> Int {
        var count = 0
        var latest: Int64?
        for position in series.positions where position != latest {
            (count, latest) = (count + 1, position)
            if count == leastPositions { break }
        }
        return count
    }

    /// Whether every metric is logged at most once an epoch: a position then stands for a whole epoch.
    private static func isByEpoch(_ series: [MetricSeries]) -> Bool {
        series.allSatisfy { series in
            let epochs = series.epochs.filter { !$0.isNaN }
            guard let first = epochs.first, let last = epochs.last else { return false }
            return Double(series.count) <= last - first + 1
        }
    }
}

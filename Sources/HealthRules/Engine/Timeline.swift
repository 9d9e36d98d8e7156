import TrainingMetrics

/// When each finding could first have been seen, found by judging the run again as it was at earlier points.
public struct Timeline: Sendable, Equatable {
    /// A point at which the diagnosis changed.
    public struct Entry: Sendable, Equatable {
        /// Position of the point.
        public let position: Int64
        /// Epoch there, where the log has epochs.
        public let epoch: Double?
        /// Findings that are new there, or more severe than before; wording and numbers are those of that point.
        public let appeared: [Finding]
    }

    /// The points, in order.
    public let entries: [Entry]

    /// Where the first error would have been reported, `nil` when there is none.
    public var firstError: Entry? {
        entries.first { entry in entry.appeared.contains { $0.severity == .error } }
    }

    /// Where a finding would first have been reported, at that severity or worse.
    public func firstSight(of finding: Finding, atLeast severity: Severity = .info) -> Entry? {
        entries.first { entry in
            entry.appeared.contains {
                $0.rule == finding.rule && $0.subject == finding.subject && $0.severity >= severity
            }
        }
    }

    /// Judges the run again at earlier points: only the rules that have a finding now, at every position where one of
    /// the losses or signals was logged, thinned evenly to `points`.
    /// - Parameter view: makes the view of the run up to a position.
    public init(
        of results: RuleResults,
        positions: [Int64],
        engine: RuleEngine,
        points: Int,
        view: (Int64) -> RunView
    ) {
        let rules = Set(results.findings.filter { $0.severity > .info }.map(\.rule))
        guard !rules.isEmpty, !positions.isEmpty else {
            entries = []
            return
        }
        let stride = max(1, (positions.count + points - 1) / points)
        var chosen = positions.indices.filter { $0.isMultiple(of: stride) }.map { positions[$0] }
        if chosen.last != positions.last, let last = positions.last { chosen.append(last) }
        var worst: [String: Severity] = [:]
        entries = chosen.compactMap { position in
            let run = view(position)
            let appeared = engine.evaluate(run, only: rules).findings.filter { finding in
                guard finding.severity > .info else { return false }
                let key = "\(finding.rule) \(finding.subject)"
                if let known = worst[key], known >= finding.severity { return false }
                worst[key] = finding.severity
                return true
            }
            guard !appeared.isEmpty else { return nil }
            return Entry(position: position, epoch: run.history.lastEpoch, appeared: appeared)
        }
    }
}

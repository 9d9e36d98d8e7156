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

    /// How earlier points are chosen.
    public enum Density: Sendable {
        /// Evenly, that many at most.
        case even(Int)
        /// The whole, half of it, a quarter and so on, which costs no more than judging twice; where the first error
        /// appears, the stretch before is halved that many times.
        case halves(refinements: Int)
    }

    /// Judges the run again at earlier points: only the rules that have a finding now, at some of the positions where a
    /// loss or a signal was logged. What a probe found has no place in the log and does not appear, nor does what `except`
    /// names. `view` makes the view of the run up to a position.
    public init(
        of results: RuleResults,
        positions: [Int64],
        engine: RuleEngine,
        except: Set<FindingFingerprint> = [],
        density: Density,
        view: (Int64) -> RunView
    ) {
        let probing = Set(RuleRegistry.all.map(\.description).filter { $0.group == .probe }.map(\.id))
        let rules = Set(results.findings.filter { $0.severity > .info }.map(\.rule)).subtracting(probing)
        guard !rules.isEmpty, !positions.isEmpty else {
            entries = []
            return
        }
        var known: [Int: Judged] = [:]
        func judged(at index: Int) -> Judged {
            if let judged = known[index] { return judged }
            let run = view(positions[index])
            let findings = engine.evaluate(run, only: rules).findings
                .filter { $0.severity > .info && !except.contains($0.fingerprint) }
            let judged = Judged(findings: findings, epoch: run.history.lastEpoch)
            known[index] = judged
            return judged
        }
        var points = Self.points(among: positions.count, density)
        if case .halves(let refinements) = density,
            let failing = points.indices.first(where: { judged(at: points[$0]).hasError })
        {
            var low = failing == 0 ? -1 : points[failing - 1]
            var high = points[failing]
            for _ in 0..<refinements where high - low > 1 {
                let middle = (low + high) / 2
                if judged(at: middle).hasError { high = middle } else { low = middle }
            }
            points = Set(points + [high]).sorted()
        }
        var worst: [String: Severity] = [:]
        entries = points.compactMap { index in
            let judged = judged(at: index)
            let appeared = judged.findings.filter { finding in
                let key = "\(finding.rule) \(finding.subject)"
                if let severity = worst[key], severity >= finding.severity { return false }
                worst[key] = finding.severity
                return true
            }
            return appeared.isEmpty ? nil : Entry(position: positions[index], epoch: judged.epoch, appeared: appeared)
        }
    }

    /// What the rules say at a point.
    private struct Judged {
        let findings: [Finding]
        let epoch: Double?
        var hasError: Bool { findings.contains { $0.severity == .error } }
    }

    /// Indices of the points to judge at, ascending, ending with the last.
    private static func points(among count: Int, _ density: Density) -> [Int] {
        switch density {
        case .even(let points):
            let stride = max(1, (count + points - 1) / points)
            let even = (0..<count).filter { $0.isMultiple(of: stride) }
            return even.last == count - 1 ? even : even + [count - 1]
        case .halves:
            var lengths: [Int] = []
            var length = count
            while length > 0, lengths.count < 12 {
                lengths.append(length)
                length /= 2
            }
            return lengths.reversed().map { $0 - 1 }
        }
    }
}

/// What became of a finding from one run to another. The rule and the subject make it the same finding.
public struct FindingChange: Sendable, Equatable {
    /// What became of it.
    public enum Kind: String, Sendable, CaseIterable {
        /// Not in the first run, which was judged, and in the second.
        case appeared
        /// In both, more severe in the second.
        case worse
        /// Found in the second; the first could not be judged for it.
        case newlyJudged
        /// In both, equally severe.
        case same
        /// In both, less severe in the second.
        case milder
        /// Found in the first; the second could not be judged for it, so nothing says that it is gone.
        case noLongerJudged
        /// In the first, and not in the second, which was judged.
        case gone
    }

    /// What became of it.
    public let kind: Kind
    /// The finding in the first run, `nil` when it is not there.
    public let before: Finding?
    /// The finding in the second run, `nil` when it is not there.
    public let after: Finding?

    /// The finding, as it is in the second run if it is there.
    public var finding: Finding? { after ?? before }

    /// All changes, errors and warnings before infos, what appeared before what is gone.
    static func all(_ first: Checkup, _ second: Checkup) -> [FindingChange] {
        let identity = { (finding: Finding) in finding.fingerprint }
        let before = Dictionary(first.results.findings.map { (identity($0), $0) }) { kept, _ in kept }
        let after = Dictionary(second.results.findings.map { (identity($0), $0) }) { kept, _ in kept }
        let order = first.results.findings + second.results.findings.filter { before[identity($0)] == nil }
        let unjudged = (unjudgedRules(first.results), unjudgedRules(second.results))
        let changes = order.map { finding -> FindingChange in
            let (old, new) = (before[identity(finding)], after[identity(finding)])
            return FindingChange(kind: kind(old, new, finding.rule, unjudged), before: old, after: new)
        }
        func rank(_ change: FindingChange, _ offset: Int) -> (Int, Int, Int) {
            let severity = max(change.before?.severity ?? .info, change.after?.severity ?? .info)
            return (severity == .info ? 1 : 0, Kind.allCases.firstIndex(of: change.kind) ?? 0, offset)
        }
        return changes.enumerated()
            .sorted { rank($0.element, $0.offset) < rank($1.element, $1.offset) }
            .map(\.element)
    }

    private static func unjudgedRules(_ results: RuleResults) -> Set<RuleID> {
        Set(results.unmeasured.map(\.rule) + results.tooShort.map(\.rule))
    }

    private static func kind(
        _ old: Finding?,
        _ new: Finding?,
        _ rule: RuleID,
        _ unjudged: (before: Set<RuleID>, after: Set<RuleID>)
    ) -> Kind {
        switch (old, new) {
        case (let old?, let new?): new.severity > old.severity ? .worse : new.severity < old.severity ? .milder : .same
        case (nil, _): unjudged.before.contains(rule) ? .newlyJudged : .appeared
        case (_, nil): unjudged.after.contains(rule) ? .noLongerJudged : .gone
        }
    }
}

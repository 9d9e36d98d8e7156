/// What changes from one check of a growing run to the next. Infos are left out.
public struct FindingTracker: Sendable {
    /// What makes a finding the same in two checks.
    public struct Identity: Hashable, Sendable {
        /// The rule.
        public let rule: RuleID
        /// Which of the rule's findings.
        public let subject: String

        /// The identity of a finding.
        public init(_ finding: Finding) { (rule, subject) = (finding.rule, finding.subject) }
    }

    /// A change that is worth a line.
    public enum Change: Sendable, Equatable {
        /// It was not there before.
        case appeared(Finding)
        /// It was there, less severe.
        case worsened(Finding, from: Severity)
        /// It was there, more severe.
        case eased(Finding, from: Severity)
        /// It was there, and two checks did not find it any more; as it was when it was last found.
        case gone(Finding)

        /// The finding.
        public var finding: Finding {
            switch self {
            case .appeared(let finding), .worsened(let finding, _), .eased(let finding, _), .gone(let finding): finding
            }
        }
    }

    private struct Known: Sendable {
        var finding: Finding
        /// The severity that was told.
        var told: Severity
        /// Checks in a row, each of more of the run than the one before, that found it at error severity.
        var errorChecks = 0
        /// Checks in a row that did not find it.
        var missed = 0
    }

    private var known: [Identity: Known] = [:]
    /// In the order they appeared.
    private var order: [Identity] = []
    private var lastExtent = -1

    /// A tracker that has seen no check.
    public init() {}

    /// Takes the findings of a check of a run that held `extent` samples.
    /// - Returns: the changes: what came or grew worse in the order of the findings, then what eased or went.
    public mutating func note(_ findings: [Finding], extent: Int) -> [Change] {
        let hasGrown = extent > lastExtent
        lastExtent = extent
        var (news, reliefs): ([Change], [Change]) = ([], [])
        var seen: Set<Identity> = []
        for finding in findings where finding.severity > .info {
            let identity = Identity(finding)
            // Of several findings of one identity the first, which is the most severe, counts.
            guard seen.insert(identity).inserted else { continue }
            var entry = known[identity] ?? Known(finding: finding, told: finding.severity)
            if known[identity] == nil {
                order.append(identity)
                news.append(.appeared(finding))
            } else if finding.severity > entry.told {
                news.append(.worsened(finding, from: entry.told))
            } else if finding.severity < entry.told {
                reliefs.append(.eased(finding, from: entry.told))
            }
            entry.finding = finding
            entry.told = finding.severity
            entry.missed = 0
            if finding.severity < .error {
                entry.errorChecks = 0
            } else if hasGrown || entry.errorChecks == 0 {
                entry.errorChecks += 1
            }
            known[identity] = entry
        }
        for identity in order where !seen.contains(identity) {
            guard var entry = known[identity] else { continue }
            entry.missed += 1
            entry.errorChecks = 0
            if entry.missed >= 2 {
                reliefs.append(.gone(entry.finding))
                known[identity] = nil
            } else {
                known[identity] = entry
            }
        }
        order.removeAll { known[$0] == nil }
        return news + reliefs
    }

    /// How many checks in a row, each of more of the run than the one before, found it at error severity.
    public func errorChecks(of finding: Finding) -> Int { known[Identity(finding)]?.errorChecks ?? 0 }

    /// The findings that hold, in the order they appeared.
    public var standing: [Finding] { order.compactMap { known[$0]?.finding } }
}

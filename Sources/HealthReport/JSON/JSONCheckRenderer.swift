import HealthRules
import TrainingMetrics

/// Writes a check as JSON for other tools: `docs/report-schema.md` describes it, `schemaVersion` counts its changes.
public enum JSONCheckRenderer {
    /// Version of the document's shape. A field is never renamed or removed without raising it.
    public static let schemaVersion = 1

    /// The document, keys sorted, two blanks indentation.
    public static func render(_ report: CheckReport) throws -> String {
        try JSONText.render(EncodedCheck(report))
    }
}

/// The document's shape, apart from the types it is made from.
private struct EncodedCheck: Encodable {
    struct Run: Encodable {
        let id: Int64
        let name: String
        let axis: String
        let attempt: Int
        let attempts: Int
        let epochs: Double?
        let steps: Int64?
        let lastPosition: Int64?
    }
    struct EncodedFact: Encodable {
        let key: String
        let value: String
        let origin: String
        let evidence: String
    }
    struct EncodedEvidence: Encodable {
        let label: String
        let value: JSONNumber
        let unit: String
        let expected: String
    }
    struct Cause: Encodable {
        let rule: String
        let subject: String
        let mechanism: String
    }
    struct Sight: Encodable {
        let severity: String
        let step: Int64
        let epoch: Double?
    }
    struct EncodedFinding: Encodable {
        let rule: String
        let name: String
        let subject: String
        let fingerprint: String
        let severity: String
        let confidence: String
        let firstStep: Int64
        let lastStep: Int64
        let firstEpoch: Double?
        let lastEpoch: Double?
        let ongoing: Bool
        let message: String
        let evidence: [EncodedEvidence]
        let causes: [String]
        let advice: [String]
        let causedBy: [Cause]
        let root: Bool
        let visibleSince: [Sight]
    }
    struct Unmeasured: Encodable {
        let rule: String
        let name: String
        let needs: [RuleOutcome.Need]
    }
    struct TooShort: Encodable {
        let rule: String
        let name: String
        let missing: String
    }
    struct Unlock: Encodable {
        let need: RuleOutcome.Need
        let rules: [String]
    }
    struct TimelineEntry: Encodable {
        struct Appearance: Encodable {
            let rule: String
            let subject: String
            let severity: String
            let confidence: String
            let message: String
        }
        let step: Int64
        let epoch: Double?
        let appeared: [Appearance]
    }
    struct Objective: Encodable {
        struct Term: Encodable {
            let name: String
            let term: String?
            let weight: JSONNumber?
            let weightOrigin: String?
            let share: JSONNumber?
        }
        let total: String
        let verdict: String
        let residual: JSONNumber?
        let rows: Int
        let evidence: String
        let terms: [Term]
    }
    struct Cost: Encodable {
        let total: JSONNumber
        let afterFirstError: JSONNumber?
        let currency: String
        let pricePerHour: JSONNumber
        let hours: JSONNumber
        let basis: String
    }

    let schemaVersion = JSONCheckRenderer.schemaVersion
    let run: Run
    let verdict: String
    let facts: [EncodedFact]
    let findings: [EncodedFinding]
    let passed: [String]
    let unmeasured: [Unmeasured]
    let tooShort: [TooShort]
    let unlock: Unlock?
    let timeline: [TimelineEntry]
    let objective: Objective?
    let cost: Cost?
    let probes: [EncodedProbe]
    let notes: [String]
    let suppressed: [EncodedAcceptance.Suppressed]
    let known: [EncodedAcceptance.Known]

    init(_ report: CheckReport) {
        let checkup = report.checkup
        let history = checkup.run.history
        run = Run(
            id: report.runID,
            name: report.runName,
            axis: history.axis.rawValue,
            attempt: history.attempt,
            attempts: history.attemptCount,
            epochs: history.lastEpoch,
            steps: history.axis == .step ? history.lastPosition : nil,
            lastPosition: history.lastPosition
        )
        verdict = checkup.verdict.rawValue
        facts = checkup.run.facts.all.map {
            EncodedFact(key: $0.key.rawValue, value: $0.value, origin: $0.origin.rawValue, evidence: $0.evidence)
        }
        let nodes = checkup.diagnosis.nodes
        findings = nodes.map { node in Self.encoded(node, among: nodes, timeline: checkup.timeline) }
        probes = checkup.run.probes.map { EncodedProbe($0) }
        notes = report.notes
        suppressed = checkup.accepted.suppressed.map { EncodedAcceptance.Suppressed($0) }
        known = checkup.accepted.known.map { EncodedAcceptance.Known($0) }
        passed = checkup.results.passed.map(\.rawValue)
        unmeasured = checkup.results.unmeasured.map {
            Unmeasured(rule: $0.rule.rawValue, name: $0.name, needs: $0.needs)
        }
        tooShort = checkup.results.tooShort.map {
            TooShort(rule: $0.rule.rawValue, name: $0.name, missing: $0.missing)
        }
        unlock = checkup.results.bestUnlock.map { Unlock(need: $0.need, rules: $0.rules.map(\.rawValue)) }
        timeline = checkup.timeline.entries.map { entry in
            TimelineEntry(
                step: entry.position,
                epoch: entry.epoch,
                appeared: entry.appeared.map {
                    TimelineEntry.Appearance(
                        rule: $0.rule.rawValue,
                        subject: $0.subject,
                        severity: $0.severity.rawValue,
                        confidence: $0.confidence.rawValue,
                        message: $0.message
                    )
                }
            )
        }
        objective = checkup.objective.map { objective in
            Objective(
                total: objective.total,
                verdict: objective.verdict.rawValue,
                residual: objective.residual.map { JSONNumber($0) },
                rows: objective.rowCount,
                evidence: objective.evidence,
                terms: objective.terms.map { term in
                    Objective.Term(
                        name: term.name,
                        term: term.kind?.rawValue,
                        weight: term.weight.map { JSONNumber($0) },
                        weightOrigin: term.origin?.rawValue,
                        share: term.share?.values.last { $0.isFinite }.map { JSONNumber($0) }
                    )
                }
            )
        }
        cost = checkup.cost.map {
            Cost(
                total: JSONNumber($0.total),
                afterFirstError: $0.afterFirstError.map { JSONNumber($0) },
                currency: $0.currency,
                pricePerHour: JSONNumber($0.pricePerHour),
                hours: JSONNumber($0.hours),
                basis: $0.basis
            )
        }
    }

    private static func encoded(_ node: Diagnosis.Node, among nodes: [Diagnosis.Node], timeline: Timeline)
        -> EncodedFinding
    {
        let finding = node.finding
        let advice = RuleAdvice(finding)
        return EncodedFinding(
            rule: finding.rule.rawValue,
            name: finding.name,
            subject: finding.subject,
            fingerprint: finding.fingerprint.text,
            severity: finding.severity.rawValue,
            confidence: finding.confidence.rawValue,
            firstStep: finding.episode.firstPosition,
            lastStep: finding.episode.lastPosition,
            firstEpoch: finding.episode.firstEpoch,
            lastEpoch: finding.episode.lastEpoch,
            ongoing: finding.episode.isOngoing,
            message: finding.message,
            evidence: finding.evidence.map {
                EncodedEvidence(label: $0.label, value: JSONNumber($0.value), unit: $0.unit, expected: $0.expected)
            },
            causes: advice.causes,
            advice: advice.steps,
            causedBy: node.causes.map {
                let cause = nodes[$0.node].finding
                return Cause(rule: cause.rule.rawValue, subject: cause.subject, mechanism: $0.mechanism)
            },
            root: node.isRoot,
            visibleSince: [Severity.warning, .error].compactMap { severity in
                timeline.firstSight(of: finding, atLeast: severity).map {
                    Sight(severity: severity.rawValue, step: $0.position, epoch: $0.epoch)
                }
            }
        )
    }
}

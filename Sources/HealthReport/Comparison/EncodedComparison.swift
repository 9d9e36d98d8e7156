import HealthRules
import TrainingMetrics

/// The JSON of `compare` (`docs/report-schema.md`).
struct EncodedComparison: Encodable {
    struct Run: Encodable {
        let id: Int64
        let name: String
        let verdict: String
        let axis: String
        let lastPosition: Int64?
        let epochs: Double?
        let cost: JSONNumber?
    }
    struct Change: Encodable {
        let change: String
        let rule: String
        let name: String
        let subject: String
        let before: String?
        let after: String?
        let message: String
    }
    struct Base: Encodable {
        let scale: String
        let points: [JSONNumber]
        let currency: String?
        let metrics: [Metric]
    }
    struct Metric: Encodable {
        let role: String
        let part: String
        let split: String
        let firstName: String
        let secondName: String
        let first: [JSONNumber?]
        let second: [JSONNumber?]
        let caveats: [String]
    }
    struct Best: Encodable {
        struct Value: Encodable {
            let value: JSONNumber
            let position: Int64
            let epoch: Double?
        }
        let role: String
        let part: String
        let split: String
        let better: String
        let first: Value
        let second: Value
    }
    struct FactChange: Encodable {
        let key: String
        let first: Fact?
        let second: Fact?
    }
    struct Lone: Encodable {
        let name: String
        let role: String
        let split: String
    }

    let schemaVersion = JSONCheckRenderer.schemaVersion
    let first: Run
    let second: Run
    let findings: [Change]
    let atEqualProgress: Base?
    let atEqualCost: Base?
    let best: [Best]
    let facts: [FactChange]
    let onlyFirst: [Lone]
    let onlySecond: [Lone]
    let missing: [String]

    init(_ report: ComparisonReport) {
        let comparison = report.comparison
        first = Self.run(report.first)
        second = Self.run(report.second)
        findings = comparison.findings.compactMap { change in
            change.finding.map {
                Change(
                    change: change.kind.rawValue,
                    rule: $0.rule.rawValue,
                    name: $0.name,
                    subject: $0.subject,
                    before: change.before?.severity.rawValue,
                    after: change.after?.severity.rawValue,
                    message: $0.message
                )
            }
        }
        atEqualProgress = comparison.progress.map { Self.base($0, comparison.progressRows) }
        atEqualCost = comparison.cost.map { Self.base($0, comparison.costRows) }
        best = comparison.shared.compactMap(Self.best)
        facts = comparison.facts.map { FactChange(key: $0.key.rawValue, first: $0.first, second: $0.second) }
        onlyFirst = comparison.onlyFirst.compactMap { $0.first.map(Self.lone) }
        onlySecond = comparison.onlySecond.compactMap { $0.second.map(Self.lone) }
        missing = comparison.missing
    }

    private static func run(_ report: CheckReport) -> Run {
        let history = report.checkup.run.history
        return Run(
            id: report.runID,
            name: report.runName,
            verdict: report.checkup.verdict.rawValue,
            axis: history.axis.rawValue,
            lastPosition: history.lastPosition,
            epochs: history.lastEpoch,
            cost: report.checkup.cost.map { JSONNumber($0.total) }
        )
    }

    private static func base(_ base: ComparisonBase, _ rows: [RunComparison.Row]) -> Base {
        Base(
            scale: base.scale.rawValue,
            points: base.points.map { JSONNumber($0) },
            currency: base.scale == .cost ? base.currency : nil,
            metrics: rows.map { row in
                Metric(
                    role: row.pair.role.rawValue,
                    part: row.pair.part,
                    split: row.pair.split.rawValue,
                    firstName: row.pair.first?.name ?? "",
                    secondName: row.pair.second?.name ?? "",
                    first: row.first.map { $0.map { JSONNumber($0) } },
                    second: row.second.map { $0.map { JSONNumber($0) } },
                    caveats: row.caveats
                )
            }
        )
    }

    private static func best(_ pair: MetricPair) -> Best? {
        guard let one = pair.first, let other = pair.second, let better = pair.better, let old = pair.best(of: one),
            let new = pair.best(of: other)
        else { return nil }
        func value(_ best: (value: Double, position: Int64, epoch: Double?)) -> Best.Value {
            Best.Value(value: JSONNumber(best.value), position: best.position, epoch: best.epoch)
        }
        return Best(
            role: pair.role.rawValue,
            part: pair.part,
            split: pair.split.rawValue,
            better: better.rawValue,
            first: value(old),
            second: value(new)
        )
    }

    private static func lone(_ series: MetricSeries) -> Lone {
        Lone(name: series.name, role: series.role.rawValue, split: series.split.rawValue)
    }
}

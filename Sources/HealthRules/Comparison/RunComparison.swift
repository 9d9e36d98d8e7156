public import TrainingMetrics

/// Two runs beside each other: what was found in each, their numbers at equal progress and at equal cost, what is known of
/// them that differs. Pure; says where it has no base.
public struct RunComparison: Sendable {
    /// The numbers of a metric at the points of a base.
    public struct Row: Sendable {
        /// The metric.
        public let pair: MetricPair
        /// Values of the first run at the points, `nil` where it had none.
        public let first: [Double?]
        /// Values of the second run.
        public let second: [Double?]
        /// Why the numbers may not mean the same, sentences; empty when nothing speaks against comparing them.
        public let caveats: [String]
    }

    /// A fact that differs.
    public struct FactChange: Sendable, Equatable {
        /// Which fact.
        public let key: FactKey
        /// In the first run, `nil` when unknown there.
        public let first: Fact?
        /// In the second run.
        public let second: Fact?
    }

    /// What became of every finding.
    public let findings: [FindingChange]
    /// Facts that differ, in the order of `FactKey`.
    public let facts: [FactChange]
    /// Metrics of both runs.
    public let shared: [MetricPair]
    /// Metrics only the first run has, and only the second.
    public let onlyFirst: [MetricPair], onlySecond: [MetricPair]
    /// The base of equal progress, and the rows at it.
    public let progress: ComparisonBase?, progressRows: [Row]
    /// The base of equal cost, and the rows at it.
    public let cost: ComparisonBase?, costRows: [Row]
    /// What could not be compared and why, sentences.
    public let missing: [String]

    /// Compares two examinations.
    public init(_ first: Checkup, _ second: Checkup) {
        let (one, other) = (first.run, second.run)
        findings = FindingChange.all(first, second)
        facts = FactKey.allCases.compactMap { key in
            let (old, new) = (one.facts[key], other.facts[key])
            return old?.value == new?.value ? nil : FactChange(key: key, first: old, second: new)
        }
        let pairs = MetricPair.all(one.history, other.history)
        let shared = pairs.filter { $0.first != nil && $0.second != nil }
        self.shared = shared
        onlyFirst = pairs.filter { $0.second == nil }
        onlySecond = pairs.filter { $0.first == nil }
        var missing: [String] = []
        if shared.isEmpty { missing.append("The runs have no metric in common, so their numbers cannot be compared.") }
        func rows(_ base: ComparisonBase) -> [Row] {
            shared.map { pair in
                Row(
                    pair: pair,
                    first: base.values(pair.first, axis: one.history.axis, isFirst: true),
                    second: base.values(pair.second, axis: other.history.axis, isFirst: false),
                    caveats: MetricCaveats.all(pair, one, other)
                )
            }.filter { row in zip(row.first, row.second).contains { $0 != nil && $1 != nil } }
        }
        func base(_ result: Result<ComparisonBase, ComparisonBase.Missing>) -> ComparisonBase? {
            switch result {
            case .success(let base): return base
            case .failure(let reason):
                if !shared.isEmpty { missing.append(reason.description) }
                return nil
            }
        }
        progress = base(ComparisonBase.equalProgress(shared, one.history, other.history))
        progressRows = progress.map(rows) ?? []
        cost = base(ComparisonBase.equalCost(first, second))
        costRows = cost.map(rows) ?? []
        if progress != nil, progressRows.isEmpty, !shared.isEmpty {
            missing.append("No metric has a value in both runs at the points they have in common.")
        }
        self.missing = missing
    }
}

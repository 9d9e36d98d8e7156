public import TrainingMetrics

/// A metric that both runs logged, or one of them only.
public struct MetricPair: Sendable {
    /// What it is; `unknown` for metrics paired by their names.
    public let role: MetricRole
    /// Which one of several; empty for the whole.
    public let part: String
    /// The data it was measured on.
    public let split: Split
    /// The series of the first run, `nil` when it has none.
    public let first: MetricSeries?
    /// The series of the second run, `nil` when it has none.
    public let second: MetricSeries?

    /// Which values are better, `nil` where neither side is by itself (the losses of a game, weighted totals).
    public var better: Direction? { Direction(role) }

    /// Which values of a metric are better.
    public enum Direction: String, Sendable {
        /// Higher ones.
        case higher
        /// Lower ones.
        case lower
        /// Those nearer to 1.
        case nearerOne

        init?(_ role: MetricRole) {
            switch role {
            case .reconstructionLoss: self = .lower
            case .snr, .siSDR, .siSDRAligned, .correlation, .perplexity, .codebookUsage: self = .higher
            case .amplitudeRatio: self = .nearerOne
            default: return nil
            }
        }

        /// Whether one finite value is better than another.
        public func prefers(_ value: Double, to other: Double) -> Bool {
            switch self {
            case .higher: value > other
            case .lower: value < other
            case .nearerOne: abs(value - 1) < abs(other - 1)
            }
        }
    }

    /// The best finite value of a series and where it was, `nil` where no value is better than another.
    public func best(of series: MetricSeries) -> (value: Double, position: Int64, epoch: Double?)? {
        guard let better else { return nil }
        var best: (value: Double, position: Int64, epoch: Double?)?
        for offset in 0..<series.count {
            let sample = series[offset]
            guard sample.value.isFinite else { continue }
            if let known = best, !better.prefers(sample.value, to: known.value) { continue }
            best = (sample.value, sample.position, sample.epoch)
        }
        return best
    }

    /// Pairs of all metrics that are more than a counter: by role, part and split; unknown ones by name and split.
    /// Of several series of one role the one that stands for it (`RunHistory.series`) or the longest.
    static func all(_ first: RunHistory, _ second: RunHistory) -> [MetricPair] {
        struct Identity: Hashable {
            let role: MetricRole
            let part: String
            let split: Split
            let name: String
        }
        func table(_ history: RunHistory) -> [Identity: MetricSeries] {
            var table: [Identity: MetricSeries] = [:]
            for series in history.series where !series.isEmpty && series.role != .progress {
                let isNamed = series.role == .unknown || series.role == .otherLoss
                let key = Identity(
                    role: series.role,
                    part: series.interpretation.part,
                    split: series.split,
                    name: isNamed ? series.name : ""
                )
                if let known = table[key],
                    (known.isDerived ? 0 : 1, known.count) >= (series.isDerived ? 0 : 1, series.count)
                {
                    continue
                }
                table[key] = series
            }
            return table
        }
        let (firsts, seconds) = (table(first), table(second))
        let order = MetricRole.allCases
        let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.rawValue, $0) })
        let keys = Set(firsts.keys).union(seconds.keys).sorted { one, other in
            let key = { (identity: Identity) in
                (ranks[identity.role.rawValue] ?? 0, identity.split.rawValue, identity.part, identity.name)
            }
            return key(one) < key(other)
        }
        return keys.map {
            MetricPair(role: $0.role, part: $0.part, split: $0.split, first: firsts[$0], second: seconds[$0])
        }
    }
}

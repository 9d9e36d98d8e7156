import TrainingMetrics

/// The share of the quantiser's loss in the objective over time, however the log lets it be known.
struct QuantizerShare {
    /// Shares 0…1.
    let series: MetricSeries
    /// The logged or derived series it comes from, to draw.
    let logged: MetricSeries
    /// What had to be assumed, as the end of a sentence; empty when nothing was.
    let assumption: String

    /// The roles of a quantiser's loss: the whole, or its two halves.
    static let roles: [MetricRole] = [.vqLoss, .commitmentLoss, .codebookLoss]

    /// From derived shares where there are any, else from the loss, its weight and the total.
    init?(_ run: RunView) {
        if let share = run.history.series(.lossShare(.vq)) {
            self.init(series: share, logged: share, assumption: "")
            return
        }
        let halves: [MetricRole.LossTerm] = [.commitment, .codebook]
        let shares = halves.compactMap { run.history.series(.lossShare($0)) }
        if let first = shares.first {
            let sum = shares.count == 2 ? Self.combine(first, shares[1]) { $0 + $1 } : first
            self.init(series: sum, logged: first, assumption: "")
            return
        }
        self.init(from: run)
    }

    /// w·q / (w·q + |total − w·q|): the plain share while every term is positive, and still one when a term such as a
    /// negative SI-SDR makes the total small.
    private init?(from run: RunView) {
        guard let total = run.history.series(.generatorLoss) ?? run.history.series(.totalLoss),
            let loss = run.history.series(.vqLoss, split: total.split), loss.split == total.split
        else { return nil }
        let isWeightedAlready = run.facts[.loggedTerms]?.value == "weighted"
        let known = isWeightedAlready ? 1 : run.facts.number(.vqWeight)
        let logged = run.history.series(.lossWeight(.vq), split: total.split)
        let weighted: MetricSeries
        if known == nil, let logged, !logged.isEmpty {
            weighted = Self.combine(loss, logged) { $0 * $1 }
        } else {
            let weight = known ?? 1
            weighted = Self.combine(loss, loss) { value, _ in weight * value }
        }
        let isAssumed = known == nil && logged == nil
        // Assumed parts that exceed their whole are not parts of it.
        if isAssumed {
            let rest = Self.combine(total, weighted) { $0 - $1 }
            guard RobustStatistics.median(rest.values) >= 0 else { return nil }
        }
        let share = Self.combine(weighted, total) { part, whole in
            part > 0 ? part / (part + abs(whole - part)) : part == 0 ? 0 : .nan
        }
        guard !share.isEmpty else { return nil }
        self.init(
            series: share,
            logged: loss,
            assumption: isAssumed ? ", if it enters with weight 1 (its weight is not in the log)" : ""
        )
    }

    private init(series: MetricSeries, logged: MetricSeries, assumption: String) {
        self.series = series
        self.logged = logged
        self.assumption = assumption
    }

    /// Combines values at the same positions. O(n).
    private static func combine(
        _ first: MetricSeries,
        _ second: MetricSeries,
        _ operation: (Double, Double) -> Double
    ) -> MetricSeries {
        var positions: [Int64] = []
        var epochs: [Double] = []
        var values: [Double] = []
        var other = 0
        for offset in 0..<first.count {
            let sample = first[offset]
            while other < second.count, second[other].position < sample.position { other += 1 }
            guard other < second.count else { break }
            guard second[other].position == sample.position else { continue }
            positions.append(sample.position)
            epochs.append(sample.epoch ?? .nan)
            values.append(operation(sample.value, second[other].value))
        }
        return MetricSeries(
            key: first.key,
            interpretation: MetricInterpretation(role: first.role),
            isDerived: true,
            positions: positions[...],
            epochs: epochs[...],
            values: values[...]
        )
    }
}

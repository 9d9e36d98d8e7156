import TrainingMetrics

/// Series that the log splits into parts, put together again.
enum CombinedSeries {
    /// The series of a role as a whole; where only parts are logged, their sum or mean at common positions.
    static func whole(_ role: MetricRole, in run: RunView, reduction: LossReduction) -> MetricSeries? {
        if let whole = run.history.series(role) { return whole }
        let parts = run.history.all(role).filter { !$0.isEmpty }
        guard let split = parts.map(\.split).min(by: { rank($0) < rank($1) }) else { return nil }
        let ofSplit = parts.filter { $0.split == split }
        let factor = reduction == .mean ? 1 / Double(ofSplit.count) : 1
        return sum(ofSplit, times: factor)
    }

    /// The sum of several series at the positions all of them have, times a factor; `nil` of none.
    static func sum(_ parts: [MetricSeries], times factor: Double = 1) -> MetricSeries? {
        guard var total = parts.first else { return nil }
        for part in parts.dropFirst() { total = added(total, part) }
        return total.isEmpty ? nil : factor == 1 ? total : total.scaled(by: factor)
    }

    private static func rank(_ split: Split) -> Int { Split.allCases.firstIndex(of: split) ?? 0 }

    private static func added(_ first: MetricSeries, _ second: MetricSeries) -> MetricSeries {
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
            values.append(sample.value + second[other].value)
            other += 1
        }
        return first.replacing(positions: positions, epochs: epochs, values: values)
    }
}

extension MetricSeries {
    /// The series with every value multiplied.
    func scaled(by factor: Double) -> MetricSeries {
        replacing(positions: Array(positions), epochs: Array(epochs), values: values.map { $0 * factor })
    }

    /// A derived series of the same kind with other samples.
    fileprivate func replacing(positions: [Int64], epochs: [Double], values: [Double]) -> MetricSeries {
        let isWithoutEpochs = epochs.allSatisfy(\.isNaN)
        return MetricSeries(
            key: key,
            interpretation: interpretation,
            isDerived: true,
            positions: positions[...],
            epochs: isWithoutEpochs ? [] : epochs[...],
            values: values[...]
        )
    }
}

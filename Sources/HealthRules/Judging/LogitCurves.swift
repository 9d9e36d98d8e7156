import TrainingMetrics

/// Mean logits of the discriminator on real and on decoded audio at the positions both were logged, after its start.
struct LogitCurves {
    /// Common positions; the leading metric is the one on real audio.
    let rows: AlignedSamples
    /// Mean logits on real audio.
    var real: [Double] { rows.baseValues }
    /// Mean logits on decoded audio.
    var decoded: [Double] { rows.columns[0] }
    /// Standard deviations of the logits on real audio, at those positions; `nil` when not logged with them.
    let realSpread: [Double]?
    /// The same on decoded audio.
    let decodedSpread: [Double]?

    /// The curves of a split; `nil` without common positions.
    init?(_ run: RunView, onlyIn split: Split) {
        func series(_ role: MetricRole) -> MetricSeries? {
            let found = run.history.all(role).filter {
                $0.split == split && !$0.isEmpty && $0.interpretation.part.isEmpty
            }
            return found.max { $0.count < $1.count }
        }
        guard let real = series(.discriminatorRealLogit), let decoded = series(.discriminatorFakeLogit) else {
            return nil
        }
        var begin = 0
        if let loss = run.history.series(.discriminatorLoss) {
            guard case .since(let start) = DiscriminatorStart(loss, in: run) else { return nil }
            begin = real.offset(atOrAfter: start)
        }
        let lead = real.slice(begin..<real.count)
        rows = AlignedSamples(lead, [decoded])
        guard rows.count > 0 else { return nil }
        let base = rows
        func spread(_ role: MetricRole) -> [Double]? {
            guard let found = series(role) else { return nil }
            let joined = AlignedSamples(lead, [decoded, found])
            return joined.offsets == base.offsets ? joined.columns[1] : nil
        }
        realSpread = spread(.discriminatorRealLogitSpread)
        decodedSpread = spread(.discriminatorFakeLogitSpread)
    }

    /// Number of common positions.
    var count: Int { rows.count }

    /// The first of the rows up to the end that meet a condition, with up to a tenth of exceptions; `nil` when fewer than
    /// nine of ten of the last `window` do.
    func onset(last window: Int, where condition: (Int) -> Bool) -> Int? {
        let recent = max(0, count - window)..<count
        guard recent.count > 0, Double(recent.count(where: condition)) >= 0.9 * Double(recent.count) else { return nil }
        var onset: Int?
        var met = 0
        for row in (0..<count).reversed() where condition(row) {
            met += 1
            if Double(met) >= 0.9 * Double(count - row) { onset = row }
        }
        return onset
    }

    /// The episode from a row to the end.
    func episode(from row: Int, axis: StepAxis) -> Episode { rows.base.episode(from: rows.offsets[row], axis: axis) }
}

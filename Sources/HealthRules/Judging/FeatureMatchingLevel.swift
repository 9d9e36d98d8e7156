import TrainingMetrics

/// How strong feature matching is, judged by its share of the objective or, where the discriminator is blind anyway,
/// by its size alone. The size by itself says little: it depends on layers, reduction and weights.
struct FeatureMatchingLevel {
    /// What the numbers say.
    enum Verdict { case tiny, alive, unknown }

    /// The judged stretch.
    let window: JudgedWindow
    /// Median in the window.
    let level: Double
    /// How many sub-discriminators' distances are added up; 1 for a mean.
    let terms: Double
    /// Share of the objective in the window, 0…1; `nil` when it cannot be worked out.
    let share: Double?
    /// Whether it grew by more than a fifth between the first and the last third.
    let isRising: Bool

    /// The level in a run; `nil` when feature matching was not logged or never was anything but 0.
    init?(_ run: RunView) {
        guard let series = run.history.series(.featureMatchingLoss), let start = series.start else { return nil }
        // Steps before the discriminator starts log exactly 0.
        window = JudgedWindow(series, in: run, since: start)
        guard window.maturity > .none else { return nil }
        level = RobustStatistics.median(window.values)
        terms = run.facts.summedTerms
        share = Self.share(run, level: level, since: series[window.window.lowerBound].position)
        isRising = (Trend.change(window.judgedValues) ?? 0) > 0.2
    }

    /// What the numbers say, given thresholds.
    func verdict(isBlind: Bool, tinyShare: Double = 0.005, tinyLevel: Double = 0.05) -> Verdict {
        if isBlind, level < tinyLevel * terms { return .tiny }
        if let share, share < tinyShare { return isRising ? .unknown : .tiny }
        return share != nil || level >= tinyLevel * terms ? .alive : .unknown
    }

    /// Weighted share of the objective: the derived series, or weight · term / total where the weight is known.
    private static func share(_ run: RunView, level: Double, since position: Int64) -> Double? {
        func recent(_ role: MetricRole) -> Double? {
            guard let series = run.history.series(role) else { return nil }
            let tail = series.slice(series.offset(atOrAfter: position)..<series.count)
            let median = RobustStatistics.median(tail.values)
            return median.isFinite ? median : nil
        }
        let isWeighted = run.facts[.loggedTerms]?.value == "weighted"
        // A term that is switched off has no share, whatever the features are like.
        if !isWeighted, run.facts.number(.featureMatchingWeight) == 0 { return nil }
        // A weight fitted to 0 says that another logged term holds this one, not that it has no share.
        if let share = recent(.lossShare(.featureMatching)) { return share > 0 ? share : nil }
        let known = recent(.lossWeight(.featureMatching)) ?? run.facts.number(.featureMatchingWeight)
        guard let weight = isWeighted ? 1 : known, let total = recent(.generatorLoss) ?? recent(.totalLoss), total > 0
        else { return nil }
        return weight * level / total
    }
}

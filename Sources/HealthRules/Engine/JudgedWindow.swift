import TrainingMetrics

/// The part of a series a rule judges: what was logged after the grace of the beginning, and the window at its end in
/// which a condition must hold.
struct JudgedWindow {
    /// The whole series.
    let series: MetricSeries
    /// What its positions count.
    let axis: StepAxis
    /// Offsets behind the grace period.
    let judged: Range<Int>
    /// The last max(50, 5 %) of them; all of them when there are fewer.
    let window: Range<Int>
    /// Offset at which what is judged began, in front of the grace period.
    let started: Int
    /// Position at which the grace period ends.
    let graceEnd: Int64
    /// Whether a sample stands for a whole epoch; such samples need no grace.
    let isEpochMean: Bool

    /// How many points there are to judge by, weighed by what a point is: a batch or the mean of an epoch.
    enum Maturity: Comparable {
        /// Nothing behind the grace period.
        case none
        /// One or two points: enough for a hint of low confidence.
        case hint
        /// Three to nine batches.
        case some
        /// Ten batches, or three epoch means.
        case plenty
    }

    /// Cuts a series: `start` is the position at which what is judged began (the discriminator's start; 0 when `nil`),
    /// `graced` whether a grace period follows it.
    init(_ series: MetricSeries, in run: RunView, since start: Int64? = nil, graced: Bool = true) {
        self.series = series
        axis = run.history.axis
        let begin = start ?? 0
        isEpochMean = Self.isEpochMean(series, axis)
        let grace = graced && !isEpochMean ? Self.grace(run) : 0
        graceEnd = begin + grace
        started = start == nil ? 0 : series.offset(atOrAfter: begin)
        let first = start == nil && grace == 0 ? 0 : series.offset(atOrAfter: graceEnd)
        judged = first..<series.count
        let length = max(50, (judged.count + 19) / 20)
        window = max(judged.lowerBound, series.count - length)..<series.count
    }

    /// Steps in which a young network may still be at its starting point: max(1000, 2 % of the plan), 10 000 at most; a
    /// sixth of a plan that is shorter than 6000 steps. 0 on other axes: an epoch is longer than that, and what a record is, is unknown.
    static func grace(_ run: RunView) -> Int64 {
        guard run.history.axis == .step else { return 0 }
        guard let plan = run.facts.number(.plannedSteps), plan > 0 else { return 1000 }
        return Int64(min(max(min(1000, plan / 6), 0.02 * plan), 10_000))
    }

    /// The values in the window.
    var values: ArraySlice<Double> { slice(window) }
    /// All values behind the grace period.
    var judgedValues: ArraySlice<Double> { slice(judged) }
    /// The values at those offsets.
    func slice(_ offsets: Range<Int>) -> ArraySlice<Double> { series.slice(offsets).values }

    /// Whether a sample stands for a whole epoch: logged by epoch, or at most once in each of several.
    private static func isEpochMean(_ series: MetricSeries, _ axis: StepAxis) -> Bool {
        if axis == .epoch || series.key.axis == .epoch { return true }
        guard series.count > 2, let first = series.epochs.first(where: { !$0.isNaN }),
            let last = series.epochs.last(where: { !$0.isNaN })
        else { return false }
        return Double(series.count) <= last - first + 1
    }

    /// How much there is to judge by. Only finite values count.
    var maturity: Maturity {
        var count = 0
        for value in judgedValues where value.isFinite {
            count += 1
            if count == 10 { break }
        }
        return switch count {
        case 0: .none
        case 1, 2: .hint
        case 3...9: isEpochMean ? .plenty : .some
        default: .plenty
        }
    }

    /// What is missing until there are `count` values, as a phrase (`2 more epochs`).
    func shortage(until count: Int) -> String {
        if judged.isEmpty, axis == .step, let last = series.positions.last, last < graceEnd {
            return "\(graceEnd - last) more steps"
        }
        let missing = max(1, count - judged.count)
        let unit = isEpochMean ? "epoch" : "logged value"
        return "\(missing) more \(unit)\(missing == 1 ? "" : "s")"
    }

    /// Share of the window's values that meet a condition, 0…1; NaN meets none. 0 for an empty window.
    func share(where condition: (Double) -> Bool) -> Double {
        guard !window.isEmpty else { return 0 }
        var count = 0
        for value in values where condition(value) { count += 1 }
        return Double(count) / Double(window.count)
    }

    /// Whether at least 90 % of the window meets a condition.
    func holds(where condition: (Double) -> Bool) -> Bool {
        !window.isEmpty && share(where: condition) >= 0.9
    }

    /// Offset from which a condition has held until the end without interruption, `nil` when it does not hold there. One
    /// that held when the grace period ended began as early as it held within it.
    /// In a long series up to a tenth of a window of exceptions in a row is noise, not an interruption.
    func onset(where condition: (Double) -> Bool) -> Int? {
        let patience = window.count < 50 ? 0 : window.count / 10
        let base = series.values.startIndex
        var onset: Int?
        var exceptions = 0
        for offset in judged.reversed() {
            if condition(series.values[base + offset]) {
                onset = offset
                exceptions = 0
            } else {
                exceptions += 1
                if exceptions > patience { break }
            }
        }
        guard var first = onset, first == judged.lowerBound else { return onset }
        while first > started, condition(series.values[base + first - 1]) { first -= 1 }
        return first
    }

    /// The episode from one offset to another, to the end when `nil`.
    func episode(from first: Int, through last: Int? = nil) -> Episode {
        series.episode(from: first, through: last, axis: axis)
    }
}

extension MetricSeries {
    /// The first offset whose position is at or behind `position`; `count` when there is none. Binary search.
    func offset(atOrAfter position: Int64) -> Int {
        position == .min ? 0 : prefix(through: position - 1).count
    }

    /// The episode from one offset to another, to the end (and ongoing) when `nil`.
    func episode(from first: Int, through last: Int? = nil, axis: StepAxis) -> Episode {
        let start = self[first]
        let end = self[last ?? count - 1]
        func epoch(_ sample: (position: Int64, epoch: Double?, value: Double)) -> Double? {
            sample.epoch ?? (axis == .epoch ? Double(sample.position) : nil)
        }
        return Episode(
            firstPosition: start.position,
            lastPosition: end.position,
            firstEpoch: epoch(start),
            lastEpoch: epoch(end),
            isOngoing: last == nil || last == count - 1
        )
    }
}

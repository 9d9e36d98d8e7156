import TrainingMetrics

/// The rows of a profile about one role, as a range that depends on the epoch or on the step.
struct ExpectedRange {
    /// The role.
    let role: MetricRole
    /// What the rows are stated by.
    let axis: StepAxis
    /// Its rows in order.
    let rows: [ExpectationProfile.Row]

    /// A range at one epoch.
    struct Range {
        /// Lower edge, `nil` for none.
        let lower: Double?
        /// Upper edge, `nil` for none.
        let upper: Double?
        /// The row it comes from, the nearest of two.
        let row: ExpectationProfile.Row

        /// Whether a value is outside. NaN is no value to compare; infinities are outside.
        func excludes(_ value: Double) -> Bool {
            lower.map { value < $0 } ?? false || upper.map { value > $0 } ?? false
        }

        /// How far outside a value is; 0 inside.
        func distance(of value: Double) -> Double {
            max(0, (lower ?? value) - value, value - (upper ?? value))
        }

        /// The range in a sentence.
        var text: String {
            switch (lower, upper) {
            case (let lower?, let upper?): "\(PlainNumber.text(lower)) to \(PlainNumber.text(upper))"
            case (let lower?, nil): "at least \(PlainNumber.text(lower))"
            case (nil, let upper?): "at most \(PlainNumber.text(upper))"
            case (nil, nil): "anything"
            }
        }
    }

    /// The ranges of a profile, in the order its roles first appear; rows by epoch and rows by step apart.
    static func all(of profile: ExpectationProfile) -> [ExpectedRange] {
        profile.roles.flatMap { name in
            [StepAxis.epoch, .step].compactMap { axis in
                let rows = profile.rows.filter { $0.role == name && $0.place.axis == axis }
                guard let role = MetricRole(rawValue: name), !rows.isEmpty else { return nil }
                return ExpectedRange(
                    role: role,
                    axis: axis,
                    rows: rows.sorted { $0.place.number < $1.place.number }
                )
            }
        }
    }

    /// The range at an epoch or step: linear between two rows, that of the nearest row beyond them. An edge that only one of
    /// the two rows has does not hold between them.
    func range(at place: Double) -> Range {
        let after = rows.firstIndex { $0.place.number >= place } ?? rows.count - 1
        let upperRow = rows[after]
        guard after > 0, upperRow.place.number > place else {
            return Range(lower: upperRow.lower, upper: upperRow.upper, row: upperRow)
        }
        let lowerRow = rows[after - 1]
        let part = (place - lowerRow.place.number) / (upperRow.place.number - lowerRow.place.number)
        func between(_ first: Double?, _ second: Double?) -> Double? {
            guard let first, let second else { return nil }
            return first + part * (second - first)
        }
        return Range(
            lower: between(lowerRow.lower, upperRow.lower),
            upper: between(lowerRow.upper, upperRow.upper),
            row: part < 0.5 ? lowerRow : upperRow
        )
    }

    /// The series to compare. `reconstructionLoss` without a kind takes any single kind.
    func series(in run: RunView) -> MetricSeries? {
        let split: Split = [.snr, .siSDR, .amplitudeRatio, .correlation].contains(role) ? .validation : .train
        if let found = run.history.series(role, split: split) { return found }
        guard role == .reconstructionLoss(.unspecified) else { return nil }
        return run.history.series(.reconstructionLoss(.waveform), split: split)
    }
}

/// The newest values of a series with the epoch or step they belong to.
struct LatestLevel {
    /// The series.
    let series: MetricSeries
    /// What the place counts: epochs or steps.
    let axis: StepAxis
    /// Epoch or step of the last value.
    let place: Double
    /// The last value where a value is an epoch's; the median of the last epoch's values otherwise, or of the last 5 %,
    /// 50 at most, where steps count.
    let value: Double
    private let runAxis: StepAxis

    /// Reads the end of a series by epochs or by steps; `nil` when it knows none, or has no number there.
    init?(_ series: MetricSeries, by axis: StepAxis, in history: RunHistory) {
        self.series = series
        self.axis = axis
        runAxis = history.axis
        guard !series.isEmpty, let last = Self.place(of: series.count - 1, in: series, axis, history.axis) else {
            return nil
        }
        place = last
        var first = series.count - 1
        if axis == .step {
            first = max(0, series.count - min(50, max(1, series.count / 20)))
        } else {
            while first > 0, let earlier = Self.place(of: first - 1, in: series, axis, history.axis),
                earlier.rounded(.down) == last.rounded(.down)
            {
                first -= 1
            }
        }
        let newest = series.slice(first..<series.count).values
        value = newest.count == 1 ? newest[newest.startIndex] : RobustStatistics.median(newest)
        guard !value.isNaN else { return nil }
    }

    /// First offset from which every value meets a condition on place and value.
    func onset(where condition: (_ place: Double, _ value: Double) -> Bool) -> Int {
        var first = series.count - 1
        while first > 0, let place = Self.place(of: first - 1, in: series, axis, runAxis),
            condition(place, series[first - 1].value)
        {
            first -= 1
        }
        return first
    }

    private static func place(
        of offset: Int,
        in series: MetricSeries,
        _ axis: StepAxis,
        _ runAxis: StepAxis
    ) -> Double? {
        let sample = series[offset]
        if axis == .step { return runAxis == .step ? Double(sample.position) : nil }
        return sample.epoch ?? (runAxis == .epoch ? Double(sample.position) : nil)
    }
}

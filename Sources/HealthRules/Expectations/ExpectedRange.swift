import TrainingMetrics

/// The rows of a profile about one role, as a range that depends on the epoch.
struct ExpectedRange {
    /// The role.
    let role: MetricRole
    /// Its rows by epoch.
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

    /// The ranges of a profile, in the order its roles first appear.
    static func all(of profile: ExpectationProfile) -> [ExpectedRange] {
        var order: [String] = []
        for row in profile.rows where !order.contains(row.role) { order.append(row.role) }
        return order.compactMap { name in
            MetricRole(rawValue: name).map { role in
                let rows = profile.rows.filter { $0.role == name }
                return ExpectedRange(role: role, rows: rows.sorted { $0.epoch < $1.epoch })
            }
        }
    }

    /// The range at an epoch: linear between two rows, that of the nearest row beyond them. An edge that only one of
    /// the two rows has does not hold between them.
    func range(at epoch: Double) -> Range {
        let after = rows.firstIndex { $0.epoch >= epoch } ?? rows.count - 1
        let upperRow = rows[after]
        guard after > 0, upperRow.epoch > epoch else {
            return Range(lower: upperRow.lower, upper: upperRow.upper, row: upperRow)
        }
        let lowerRow = rows[after - 1]
        let part = (epoch - lowerRow.epoch) / (upperRow.epoch - lowerRow.epoch)
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

    /// The series to compare, one that knows its epochs. `reconstructionLoss` without a kind takes any single kind.
    func series(in run: RunView) -> MetricSeries? {
        let split: Split = [.snr, .siSDR, .amplitudeRatio, .correlation].contains(role) ? .validation : .train
        if let found = run.history.series(role, split: split) { return found }
        guard role == .reconstructionLoss(.unspecified) else { return nil }
        return run.history.series(.reconstructionLoss(.waveform), split: split)
    }
}

/// The newest values of a series with the epoch they belong to.
struct LatestLevel {
    /// The series.
    let series: MetricSeries
    /// What its positions count.
    let axis: StepAxis
    /// Epoch of the last value.
    let epoch: Double
    /// The last value where a value is an epoch's; the median of the last epoch's values otherwise.
    let value: Double

    /// Reads the end of a series; `nil` when it has no epoch or no number there.
    init?(_ series: MetricSeries, axis: StepAxis) {
        self.series = series
        self.axis = axis
        guard !series.isEmpty, let last = Self.epoch(of: series.count - 1, in: series, axis) else { return nil }
        var first = series.count - 1
        while first > 0, let earlier = Self.epoch(of: first - 1, in: series, axis),
            earlier.rounded(.down) == last.rounded(.down)
        {
            first -= 1
        }
        epoch = last
        let newest = series.slice(first..<series.count).values
        value = newest.count == 1 ? newest[newest.startIndex] : RobustStatistics.median(newest)
        guard !value.isNaN else { return nil }
    }

    /// First offset from which every value meets a condition on epoch and value.
    func onset(where condition: (_ epoch: Double, _ value: Double) -> Bool) -> Int {
        var first = series.count - 1
        while first > 0, let epoch = Self.epoch(of: first - 1, in: series, axis),
            condition(epoch, series[first - 1].value)
        {
            first -= 1
        }
        return first
    }

    private static func epoch(of offset: Int, in series: MetricSeries, _ axis: StepAxis) -> Double? {
        let sample = series[offset]
        return sample.epoch ?? (axis == .epoch ? Double(sample.position) : nil)
    }
}

import TrainingMetrics

/// What two runs are compared at: points of a common scale, and how a series is read there.
public struct ComparisonBase: Sendable {
    /// The scale.
    public enum Scale: String, Sendable {
        /// Ends of epochs.
        case epoch
        /// Steps: the last value at or before a step.
        case step
        /// Money spent.
        case cost
        /// Hours of training.
        case hours
    }

    /// The scale.
    public let scale: Scale
    /// Points, ascending; not empty.
    public let points: [Double]
    /// Currency of the points of `cost`, else empty.
    public let currency: String
    private let spending: (first: RunSpending, second: RunSpending)?

    /// The value of a series at every point; `nil` where it had none yet, none in that epoch, or none that is newer than
    /// at the point before.
    func values(_ series: MetricSeries?, axis: StepAxis, isFirst: Bool) -> [Double?] {
        guard let series, !series.isEmpty else { return points.map { _ in nil } }
        switch scale {
        case .epoch:
            let values = EpochValues(series, axis: axis)
            return points.map { values.value(at: $0) }
        case .step: return Self.latest(series, at: points)
        case .cost, .hours:
            let spending = isFirst ? spending?.first : spending?.second
            return Self.latest(series, at: points.map { point in spending.flatMap { $0.position(at: point) } })
        }
    }

    /// The last value at or before each position; `nil` where there is none that is not told at an earlier one already.
    private static func latest(_ series: MetricSeries, at positions: [Double?]) -> [Double?] {
        var told = 0
        return positions.map { position in
            guard let position else { return nil }
            let count = series.prefix(through: Int64((position + 1e-6).rounded(.down))).count
            guard count > told else { return nil }
            told = count
            return series[count - 1].value
        }
    }

    /// Ends of epochs that both runs have, else steps of both; or why there is no such base, a sentence.
    static func equalProgress(_ pairs: [MetricPair], _ first: RunHistory, _ second: RunHistory) -> Result<
        ComparisonBase, Missing
    > {
        func epochs(_ series: [MetricSeries?], _ axis: StepAxis) -> Set<Double> {
            Set(series.compactMap { $0 }.flatMap { EpochValues($0, axis: axis).epochs })
        }
        let common = epochs(pairs.map(\.first), first.axis).intersection(epochs(pairs.map(\.second), second.axis))
            .sorted()
        if !common.isEmpty {
            return .success(ComparisonBase(scale: .epoch, points: thinned(common), currency: "", spending: nil))
        }
        guard first.axis == .step, second.axis == .step else {
            let why =
                first.axis == second.axis
                ? "the runs have no epoch in common"
                : "the first run counts \(first.axis.rawValue)s and the second \(second.axis.rawValue)s"
            return .failure(Missing("No comparison at equal progress: \(why)."))
        }
        guard let end = [first.lastPosition, second.lastPosition].compactMap({ $0 }).min(),
            let start = [first.firstPosition, second.firstPosition].compactMap({ $0 }).max(), start <= end
        else { return .failure(Missing("No comparison at equal progress: the runs have no step in common.")) }
        let shares = [0, 0.05, 0.1, 0.25, 0.5, 1]
        let points = Set(shares.map { (Double(start) + $0 * Double(end - start)).rounded() }).sorted()
        return .success(ComparisonBase(scale: .step, points: points, currency: "", spending: nil))
    }

    /// Equal money where both runs have a price, else equal time; or why there is no such base, a sentence.
    static func equalCost(_ first: Checkup, _ second: Checkup) -> Result<ComparisonBase, Missing> {
        let spending = (RunSpending(first.run), RunSpending(second.run))
        guard let one = spending.0, let other = spending.1 else {
            let which =
                spending.0 == nil
                ? spending.1 == nil ? "neither run has" : "the first run has no" : "the second run has no"
            let clock = which.hasSuffix("no") ? "clock" : "a clock"
            return .failure(
                Missing(
                    "No comparison at equal cost: \(which) \(clock); give --fact epoch-seconds=… when ingesting, or log times."
                )
            )
        }
        let isPriced = one.price != nil && other.price != nil && one.currency == other.currency
        let scale: Scale = isPriced ? .cost : .hours
        let totals =
            isPriced ? (one.hours * (one.price ?? 0), other.hours * (other.price ?? 0)) : (one.hours, other.hours)
        let end = min(totals.0, totals.1)
        guard end > 0 else {
            return .failure(Missing("No comparison at equal cost: one of the runs took no time by its clock."))
        }
        return .success(
            ComparisonBase(
                scale: scale,
                points: [0.1, 0.25, 0.5, 1].map { $0 * end },
                currency: isPriced ? one.currency : "",
                spending: isPriced ? (one, other) : (one.unpriced, other.unpriced)
            )
        )
    }

    /// At most eight points: the first and last, round ones between.
    private static func thinned(_ epochs: [Double]) -> [Double] {
        guard epochs.count > 8, let first = epochs.first, let last = epochs.last else { return epochs }
        let round: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
        let inside = round.filter { $0 > first && $0 < last && epochs.contains($0) }
        return [first] + inside.suffix(6) + [last]
    }

    /// Why there is no base, a sentence.
    public struct Missing: Error, Sendable, Hashable, CustomStringConvertible {
        /// The sentence.
        public let description: String
        init(_ description: String) { self.description = description }
    }
}

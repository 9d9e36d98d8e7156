/// Everything measured in one attempt of a run, as a value: what rules judge and reports draw.
///
/// A log that was restarted holds several attempts. A resume (the step falls back, but not to the beginning) continues
/// an attempt: what was logged after the resume point is replaced by what the resumed run logged.
public struct RunHistory: Sendable {
    /// Name of the run.
    public let name: String
    /// What `positions` of every series count.
    public let axis: StepAxis
    /// Metrics, logged and derived, ordered by role, name, split.
    public let series: [MetricSeries]
    /// Which attempt this is, starting at 1.
    public let attempt: Int
    /// How many attempts the log holds.
    public let attemptCount: Int
    /// Positions at which the log fell back to an earlier step within this attempt (a resume), with where it fell to.
    public let rewinds: [Rewind]

    /// A resume inside an attempt.
    public struct Rewind: Hashable, Sendable {
        /// Last position before the fall.
        public let from: Int64
        /// First position after it.
        public let to: Int64
        /// Creates a rewind.
        public init(from: Int64, to: Int64) {
            self.from = from
            self.to = to
        }
    }

    /// Creates a history.
    public init(
        name: String,
        axis: StepAxis,
        series: [MetricSeries],
        attempt: Int = 1,
        attemptCount: Int = 1,
        rewinds: [Rewind] = []
    ) {
        self.name = name
        self.axis = axis
        self.series = series
        self.attempt = attempt
        self.attemptCount = attemptCount
        self.rewinds = rewinds
    }

    /// All series of a role.
    public func all(_ role: MetricRole) -> [MetricSeries] { series.filter { $0.role == role } }

    /// The series that stands for a role as a whole: no part (or, failing that, the only part there is), the wanted
    /// split first, logged before derived, the longest first, of equals the one logged by epoch; `nil` when the role was
    /// not measured.
    public func series(_ role: MetricRole, split: Split = .train) -> MetricSeries? {
        let candidates = all(role).filter { !$0.isEmpty }
        let whole = candidates.filter { $0.interpretation.part.isEmpty }
        let pool = whole.isEmpty && Set(candidates.map(\.interpretation.part)).count == 1 ? candidates : whole
        let order = { (series: MetricSeries) in
            (
                series.split == split ? 0 : 1, series.isDerived ? 1 : 0, -series.count,
                series.key.axis == .epoch ? 0 : 1
            )
        }
        return pool.min { order($0) < order($1) }
    }

    /// The series of a role in exactly that split, `nil` when there is none.
    public func series(_ role: MetricRole, onlyIn split: Split) -> MetricSeries? {
        guard let found = series(role, split: split), found.split == split else { return nil }
        return found
    }

    /// Last position of any series, `nil` for an empty history.
    public var lastPosition: Int64? { series.compactMap(\.positions.last).max() }
    /// First position of any series, `nil` for an empty history.
    public var firstPosition: Int64? { series.compactMap(\.positions.first).min() }
    /// Largest epoch of any series, `nil` when the log has none.
    public var lastEpoch: Double? {
        let last = axis == .epoch ? lastPosition.map(Double.init) : nil
        return last ?? series.compactMap { $0.epochs.reversed().first { !$0.isNaN } }.max()
    }

    /// The same attempt with other series.
    public func with(_ series: [MetricSeries]) -> RunHistory {
        RunHistory(
            name: name,
            axis: axis,
            series: series,
            attempt: attempt,
            attemptCount: attemptCount,
            rewinds: rewinds
        )
    }

    /// The history as it was when `position` had just been logged. Costs nothing: series share storage.
    public func prefix(through position: Int64) -> RunHistory {
        RunHistory(
            name: name,
            axis: axis,
            series: series.map { $0.prefix(through: position) }.filter { !$0.isEmpty },
            attempt: attempt,
            attemptCount: attemptCount,
            rewinds: rewinds.filter { $0.from <= position }
        )
    }
}

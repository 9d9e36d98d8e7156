/// Makes histories of logged columns: one axis for all metrics, attempts told apart, resumed stretches replaced,
/// canonical units.
public enum RunHistoryBuilder {
    /// The attempts of a run, in the order they were logged; at least one, which may be empty.
    ///
    /// The common axis is the step where any metric has steps, else the epoch, else the record. Metrics on the epoch axis
    /// are placed at the step at which their epoch ended, metrics without a position where the log had them. A fall of
    /// the positions to the beginning starts an attempt; a fall to a later point replaces what had been logged from there
    /// on (see `RunClock`). Sources of one run are judged each for itself; their last attempts belong together.
    /// - Parameters:
    ///   - columns: metrics, each source of a metric separately.
    ///   - name: name of the run.
    /// - Returns: the attempts; numbers in them begin at 1.
    public static func attempts(of columns: [MetricColumns], name: String) -> [RunHistory] {
        let columns = columns.filter { !$0.values.isEmpty }
        let axes = Set(columns.map(\.key.axis))
        let axis: StepAxis = axes.contains(.step) ? .step : axes.contains(.epoch) ? .epoch : .record
        let sources = Set(columns.map(\.source)).sorted().map { source in
            SourceAttempts(columns.filter { $0.source == source }, axis: axis)
        }
        let main = sources.filter { $0.axis == axis }.max { $0.sampleCount < $1.sampleCount }
        let count = main?.attempts.count ?? 1
        return (0..<count).map { number in
            var pieces: [MetricPiece] = []
            var rewinds: [RunHistory.Rewind] = []
            for source in sources {
                for (index, attempt) in source.attempts.enumerated()
                where max(0, count - source.attempts.count + index) == number {
                    pieces += attempt.pieces
                    if source.axis == axis { rewinds += attempt.rewinds }
                }
            }
            return RunHistory(
                name: name,
                axis: axis,
                series: MetricPiece.series(of: pieces, axis: axis),
                attempt: number + 1,
                attemptCount: count,
                rewinds: rewinds
            )
        }
    }

    /// The attempt to judge: the last, unless it has hardly begun (fewer than 10 positions and fewer than a tenth of the
    /// longest); then the longest. `nil` when there is none.
    public static func judged(_ attempts: [RunHistory]) -> RunHistory? {
        func length(_ attempt: RunHistory) -> Int { attempt.series.map(\.count).max() ?? 0 }
        guard let last = attempts.last, let longest = attempts.map(length).max() else { return nil }
        guard length(last) < 10, length(last) * 10 < longest else { return last }
        return attempts.last { length($0) == longest }
    }
}

/// One source cut into attempts.
private struct SourceAttempts {
    struct Attempt {
        var pieces: [MetricPiece] = []
        var rewinds: [RunHistory.Rewind] = []
    }

    /// Axis of the clock.
    let axis: StepAxis
    let sampleCount: Int
    private(set) var attempts: [Attempt] = []

    init(_ columns: [MetricColumns], axis common: StepAxis) {
        let order: [StepAxis] = [common, .step, .epoch, .record]
        let own = order.first { axis in columns.contains { $0.key.axis == axis } } ?? common
        axis = own
        sampleCount = columns.reduce(0) { $0 + ($1.key.axis == own ? $1.values.count : 0) }
        let clock = RunClock(columns.filter { $0.key.axis == own })
        let restarts = clock.falls.filter { $0.kind == .restart }.map(\.order)
        for (start, end) in zip([Int64.min] + restarts, restarts + [Int64.max]) {
            let falls = clock.falls.filter { $0.kind != .restart && $0.order >= start && $0.order < end }
            var attempt = Attempt()
            for metric in columns {
                let lower = metric.order.partitioningIndex { $0 >= start }
                let upper = metric.order.partitioningIndex { $0 >= end }
                guard lower < upper else { continue }
                var piece = MetricPiece(metric, lower..<upper)
                if metric.key.axis != own || clock.runsAhead(of: metric) { piece.placeByLogOrder(on: clock) }
                piece.apply(falls)
                if !piece.positions.isEmpty { attempt.pieces.append(piece) }
            }
            attempt.rewinds = falls.filter { $0.kind == .resume }.map { RunHistory.Rewind(from: $0.from, to: $0.to) }
            attempts.append(attempt)
        }
    }
}

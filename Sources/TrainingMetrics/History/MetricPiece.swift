/// A stretch of one metric from one source, on its way into a history. Shares storage with the columns until something
/// has to be moved.
struct MetricPiece {
    let key: MetricKey
    let interpretation: MetricInterpretation
    private var order: ArraySlice<Int64>
    private(set) var positions: ArraySlice<Int64>
    private var epochs: ArraySlice<Double>
    private var times: ArraySlice<Double>
    private var values: ArraySlice<Double>

    init(_ columns: MetricColumns, _ range: Range<Int>) {
        key = columns.key
        interpretation = columns.interpretation
        order = columns.order[range]
        positions = columns.positions[range]
        epochs =
            !columns.epochs.isEmpty
            ? columns.epochs[range] : key.axis == .epoch ? ArraySlice(positions.map(Double.init)) : []
        times = columns.times.isEmpty ? [] : columns.times[range]
        values = columns.values[range]
    }

    /// Puts every sample where the clock stood when it was logged.
    mutating func placeByLogOrder(on clock: RunClock) {
        positions = ArraySlice(order.map { clock.position(at: $0) })
    }

    /// Applies rollovers and resumes of the clock.
    mutating func apply(_ falls: [RunClock.Fall]) {
        for fall in falls.reversed() {
            guard case .rollover(let offset) = fall.kind else { continue }
            let end = falls.first { $0.order > fall.order && $0.isRollover }?.order ?? .max
            positions = ArraySlice(
                zip(order, positions).map { $0 >= fall.order && $0 < end ? $1 + offset : $1 }
            )
        }
        for fall in falls where fall.kind == .resume {
            let stale = zip(order, positions).map { $0 < fall.order && $1 >= fall.to }
            guard stale.contains(true) else { continue }
            keep(stale.indices.filter { !stale[$0] })
        }
    }

    /// The series of all metrics of an attempt. Pieces of the same metric from several sources become one.
    static func series(of pieces: [MetricPiece], axis: StepAxis) -> [MetricSeries] {
        var merged: [MetricPiece] = []
        var places: [MetricKey: Int] = [:]
        for piece in pieces {
            var key = piece.key
            key.run = ""
            if let place = places[key] {
                merged[place].append(piece)
            } else {
                places[key] = merged.count
                merged.append(piece)
            }
        }
        let calendar = axis == .step ? EpochCalendar(merged) : nil
        return merged.map { piece in
            var piece = piece
            if let calendar, piece.key.axis == .epoch { piece.place(by: calendar) }
            piece.sortByPosition()
            return piece.series
        }.sorted { first, second in
            let order = { (series: MetricSeries) in
                (series.role.rawValue, series.name, series.split.rawValue, series.key.unit, series.key.axis.rawValue)
            }
            return order(first) < order(second)
        }
    }

    /// Puts an epoch's samples at the step at which that epoch ended.
    private mutating func place(by calendar: EpochCalendar) {
        positions = ArraySlice(epochs.map { calendar.end(of: $0) })
    }

    private mutating func append(_ other: MetricPiece) {
        func joined(_ first: ArraySlice<Double>, _ second: ArraySlice<Double>) -> ArraySlice<Double> {
            if first.isEmpty && second.isEmpty { return [] }
            let unknown = { (count: Int) in ArraySlice([Double](repeating: .nan, count: count)) }
            return (first.isEmpty ? unknown(values.count) : first)
                + (second.isEmpty ? unknown(other.values.count) : second)
        }
        epochs = joined(epochs, other.epochs)
        times = joined(times, other.times)
        order += other.order
        positions += other.positions
        values += other.values
    }

    private mutating func sortByPosition() {
        guard !zip(positions, positions.dropFirst()).allSatisfy({ $0 <= $1 }) else { return }
        let sorted = Array(positions)
        keep(sorted.indices.sorted { (sorted[$0], $0) < (sorted[$1], $1) })
    }

    /// Keeps the samples at those offsets, in that order.
    private mutating func keep(_ offsets: [Int]) {
        func pick<Element>(_ column: ArraySlice<Element>) -> ArraySlice<Element> {
            column.isEmpty ? column : ArraySlice(offsets.map { column[column.startIndex + $0] })
        }
        order = pick(order)
        positions = pick(positions)
        epochs = pick(epochs)
        times = pick(times)
        values = pick(values)
    }

    private var series: MetricSeries {
        let isRaw = interpretation.scale == 1 && !interpretation.isNegated
        return MetricSeries(
            key: key,
            interpretation: interpretation,
            positions: positions,
            epochs: epochs,
            times: times,
            values: isRaw ? values : ArraySlice(values.map(interpretation.canonical))
        )
    }

    /// At which step each epoch of an attempt ended.
    private struct EpochCalendar {
        private var steps: [Int64] = []
        private var epochs: [Double] = []

        /// From the metric with most samples that carry both; `nil` when there is none.
        init?(_ pieces: [MetricPiece]) {
            let witnesses = pieces.filter { $0.key.axis == .step && !$0.epochs.isEmpty }
            guard let witness = witnesses.max(by: { $0.values.count < $1.values.count }) else { return nil }
            // Only the last step of every epoch is kept: few, and in order.
            for (step, epoch) in zip(witness.positions, witness.epochs) where !epoch.isNaN {
                if let last = epochs.last, epoch <= last {
                    if epoch == last { steps[steps.count - 1] = max(steps[steps.count - 1], step) }
                } else {
                    epochs.append(epoch)
                    steps.append(max(step, steps.last ?? step))
                }
            }
            if epochs.isEmpty { return nil }
        }

        func end(of epoch: Double) -> Int64 { steps[max(epochs.partitioningIndex { $0 > epoch } - 1, 0)] }
    }
}

extension RunClock.Fall {
    fileprivate var isRollover: Bool {
        if case .rollover = kind { return true }
        return false
    }
}

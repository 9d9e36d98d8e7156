import TrainingMetrics

/// The evaluations of a signal metric behind the warm-up, and the recent ones that say how the run stands now.
///
/// Signal metrics are often measured a handful of times in a run, so a window of 50 points would always hold the
/// beginning: of few evaluations the last third counts, at least two.
struct SignalWindow {
    /// The whole series.
    let series: MetricSeries
    /// What its positions count.
    let axis: StepAxis
    /// Offsets behind the warm-up.
    let judged: Range<Int>
    /// The recent ones of them.
    let recent: Range<Int>

    /// The epoch from which a run whose positions are steps is judged even before its warm-up steps are over.
    private static let settledEpoch = 5.0

    /// The series of a role, held-out audio before training audio; `nil` when it was not measured.
    ///
    /// `warmUp` counts the steps in which a codec is not yet expected to carry the waveform; on the epoch axis that is
    /// the first epoch, on the record axis two records.
    init?(_ role: MetricRole, in run: RunView, warmUp: Double) {
        guard let series = run.history.series(role, split: .validation) else { return nil }
        self.init(series, in: run, warmUp: warmUp)
    }

    /// Cuts a series.
    init(_ series: MetricSeries, in run: RunView, warmUp: Double) {
        self.series = series
        axis = run.history.axis
        var first: Int
        switch axis {
        case .step:
            let planned = run.facts.number(.plannedSteps) ?? .infinity
            first = series.offset(atOrAfter: Int64(min(warmUp, 0.1 * planned)))
            if let settled = series.epochs.firstIndex(where: { $0 >= Self.settledEpoch }) {
                first = min(first, settled - series.epochs.startIndex)
            }
        case .epoch: first = series.offset(atOrAfter: 2)
        case .record: first = series.offset(atOrAfter: 3)
        }
        judged = first..<series.count
        let count = judged.count
        let length = count < 50 ? max(2, (count + 2) / 3) : max(50, count / 20)
        recent = max(first, series.count - length)..<series.count
    }

    /// The recent values.
    var values: ArraySlice<Double> { series.slice(recent).values }
    /// Their median over the finite ones.
    var median: Double { RobustStatistics.median(values) }
    /// Whether there are the two evaluations it takes to call something sustained.
    var isSustained: Bool { recent.count >= 2 }

    /// Whether at least 90 % of the recent values meet a condition; NaN meets none.
    func holds(_ condition: (Double) -> Bool) -> Bool {
        guard !recent.isEmpty else { return false }
        return Double(values.count { condition($0) }) >= 0.9 * Double(recent.count)
    }

    /// The earliest offset from which at least 90 % of the values meet a condition until the end, the warm-up included.
    func onset(_ condition: (Double) -> Bool) -> Int {
        var onset = recent.lowerBound
        var met = 0
        for offset in (0..<series.count).reversed() where condition(series[offset].value) {
            met += 1
            if Double(met) >= 0.9 * Double(series.count - offset) { onset = offset }
        }
        return onset
    }

    /// Confidence by number of evaluations: one is a hint, two agree, five are many.
    var confidence: Confidence { recent.count < 2 ? .low : judged.count < 5 ? .medium : .high }

    /// What is missing while nothing lies behind the warm-up, as a phrase.
    var shortage: String {
        switch axis {
        case .step: "an evaluation behind the warm-up of the first steps"
        case .epoch: "an evaluation after the first epoch"
        case .record: "a third record"
        }
    }

    /// The evaluations spelled as places: `epochs 5 and 10`.
    func places(from onset: Int) -> String { Wording.places(series, onset..<series.count, on: axis) }
}

extension RunView {
    /// Whether the run has no waveform to reproduce: a vocoder by its facts, or by a mel loss without a quantiser and
    /// without any loss or score on the waveform.
    var hasNoPhaseTarget: Bool {
        switch facts[.modelKind]?.value {
        case "vocoder": return true
        case "codec": return false
        default: break
        }
        let waveformRoles: [MetricRole] = [
            .reconstructionLoss(.waveform), .siSDR, .vqLoss, .commitmentLoss, .codebookLoss, .perplexity,
            .codebookUsage,
        ]
        return history.series(.reconstructionLoss(.mel)) != nil
            && waveformRoles.allSatisfy { history.all($0).isEmpty }
    }

    /// The value of a role at a position or the last one before it, `nil` when there is none.
    func value(of role: MetricRole, at position: Int64) -> Double? {
        history.series(role, split: .validation)?.prefix(through: position).values.last
    }
}

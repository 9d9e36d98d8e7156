import TrainingMetrics

/// How one codebook stands: its recent perplexity or usage, behind the quantiser's first steps.
struct CodebookStage {
    /// Perplexity or usage.
    let series: MetricSeries
    /// Offsets of the recent values; empty while the first steps are not over.
    let recent: Range<Int>
    /// Which codebook, as the log counts; empty for the whole.
    var name: String { series.interpretation.part }
    /// Whether it is a share of entries rather than a perplexity.
    var isUsage: Bool { series.role == .codebookUsage }
    /// Median of the recent values.
    let level: Double

    /// All codebooks of a run, held-out audio before training audio.
    static func all(_ run: RunView, warmUp: Double) -> [CodebookStage] {
        let roles: [MetricRole] = [.perplexity, .codebookUsage]
        return roles.flatMap { role -> [CodebookStage] in
            let logged = run.history.all(role).filter { !$0.isEmpty }
            let isHeldOut = logged.contains { $0.split == .validation }
            return logged.filter { $0.split == .validation || !isHeldOut }.map {
                CodebookStage($0, in: run, warmUp: warmUp)
            }
        }
    }

    private init(_ series: MetricSeries, in run: RunView, warmUp: Double) {
        self.series = series
        let judged = Self.judged(series, run, warmUp: Self.warmUp(warmUp, run))
        let length = judged.count < 50 ? max(2, (judged.count + 2) / 3) : max(50, judged.count / 20)
        recent = max(judged.lowerBound, judged.upperBound - length)..<judged.upperBound
        level = RobustStatistics.median(series.slice(recent).values)
    }

    /// The warm-up in steps: of a short run whose plan is known a fifth of it at most.
    static func warmUp(_ steps: Double, _ run: RunView) -> Int64 {
        Int64(min(steps, 0.2 * (run.facts.number(.plannedSteps) ?? .infinity)))
    }

    /// What lies behind the quantiser's first steps. A log that begins late in a run has them behind it.
    static func judged(_ series: MetricSeries, _ run: RunView, warmUp: Int64) -> Range<Int> {
        let isActive = { (value: Double) in value != 0 && !value.isNaN }
        guard let index = series.values.firstIndex(where: isActive) else { return 0..<0 }
        let first = index - series.values.startIndex
        let start = series[first].position
        let isLateEpoch = (series[first].epoch ?? 0) >= 5
        let joinedBefore = first == 0 && start == run.history.firstPosition && (start > 2 * warmUp || isLateEpoch)
        switch run.history.axis {
        case .step: return (joinedBefore ? 0 : series.offset(atOrAfter: start + warmUp))..<series.count
        case .epoch, .record: return min(first + 1, series.count)..<series.count
        }
    }
}

import TrainingMetrics

/// The worst jump of a loss above the level around it, and what came after.
struct LossJump {
    /// What became of the loss after its peak.
    enum Aftermath { case stayed, nonFinite, recurred, recovered, unknown }

    /// The loss.
    let series: MetricSeries
    /// Offset of the highest value.
    let peakOffset: Int
    /// The highest value.
    let peak: Double
    /// The level around it.
    let level: Double
    /// Peak over level, the level being no smaller than what matters for this kind of loss.
    let ratio: Double
    /// What came after.
    let aftermath: Aftermath
    /// Warning or error.
    let severity: Severity
    /// First offset behind it at which the loss is back, `nil` while it is not.
    private let recoveredAt: Int?

    /// Most blocks a series is cut into; shorter series keep every value.
    private static let blocks = 256
    /// Blocks on either side that give the level.
    private static let reach = 10

    /// Looks for the worst jump; `nil` when there is none worth a warning.
    init?(_ series: MetricSeries, in run: RunView, _ parameters: RuleParameters) {
        // Zeros in front are a term that was not switched on yet.
        let start = series.values.firstIndex { $0 != 0 } ?? series.values.endIndex
        let series = series.slice((start - series.values.startIndex)..<series.count)
        let kind = LossKind(series.role, run.blind)
        guard series.count >= 2, let found = Self.worst(in: series, kind, startsLate: run.startsLate(series)) else {
            return nil
        }
        let threshold = parameters[kind.isGame ? "game-warning" : "warning"]
        guard found.ratio >= threshold else { return nil }

        self.series = series
        peakOffset = found.offset
        peak = series[found.offset].value
        level = found.level
        ratio = found.ratio
        let after = series.slice((found.offset + 1)..<series.count).values
        let back = after.firstIndex { abs($0) <= 3 * found.level }
        recoveredAt = back.map { found.offset + 1 + ($0 - after.startIndex) }
        let next = after.prefix(Self.reach)
        // A peak that swallowed the level before it is high as well: judge by what is quiet in the whole log.
        if next.contains(where: { !$0.isFinite }) {
            aftermath = .nonFinite
        } else if next.isEmpty {
            aftermath = .unknown
        } else if next.count >= 3, RobustStatistics.quantile(next, 0.25) >= parameters["warning"] * found.level {
            aftermath = .stayed
        } else if Self.excursions(in: series, over: parameters["warning"], times: found.level) >= 2 {
            aftermath = .recurred
        } else {
            aftermath = recoveredAt == nil ? .unknown : .recovered
        }
        severity = Self.severity(
            found.ratio,
            aftermath,
            kind,
            isShort: series.count < 50,
            isNewPhase: found.isNewPhase,
            parameters
        )
    }

    private static func severity(
        _ ratio: Double,
        _ aftermath: Aftermath,
        _ kind: LossKind,
        isShort: Bool,
        isNewPhase: Bool,
        _ parameters: RuleParameters
    ) -> Severity {
        guard kind.canFail, !isNewPhase, ratio >= parameters["error"] else { return .warning }
        let explodes = ratio >= parameters["explosion"]
        if kind.isDiscriminator {
            return explodes && aftermath != .recovered || aftermath == .nonFinite ? .error : .warning
        }
        switch aftermath {
        case .stayed, .nonFinite, .recurred: return .error
        case .recovered, .unknown: return explodes && isShort ? .error : .warning
        }
    }

    /// Whether this is a total, which shows what a part of it did.
    var isWhole: Bool { series.role == .totalLoss || series.role == .generatorLoss }

    /// Whether another loss jumped within a few records of this one.
    func coincides(with other: LossJump) -> Bool {
        let interval = max(1, series.count > 1 ? series[1].position - series[0].position : 1)
        return abs(series[peakOffset].position - other.series[other.peakOffset].position) <= 2 * interval
    }

    /// From the peak to where the loss was back.
    func episode(on axis: StepAxis) -> Episode {
        var episode = series.episode(from: peakOffset, through: recoveredAt, axis: axis)
        episode.isOngoing = aftermath == .stayed || aftermath == .nonFinite || aftermath == .unknown
        return episode
    }

    // MARK: Level

    private typealias Jump = (offset: Int, level: Double, ratio: Double, isNewPhase: Bool)

    /// The highest value of each block against the medians of the blocks around it. O(n).
    private static func worst(in series: MetricSeries, _ kind: LossKind, startsLate: Bool) -> Jump? {
        let curve = BlockCurve(series, blocks: blocks)
        let length = curve.blockLength
        let medians = curve.medians.map { abs($0) }
        let noise = kind.isSigned(series) ? RobustStatistics.interquartileRange(series.values) : 0
        var worst: Jump?
        for block in medians.indices {
            let offsets = (block * length)..<min((block + 1) * length, series.count)
            let peak = highest(series.values, offsets)
            let before = quiet(medians[max(0, block - reach)..<block])
            let after = quiet(medians[(block + 1)..<min(medians.count, block + 1 + reach)])
            // What is high at the start of a run is falling, not jumping.
            guard before.isFinite || startsLate && after.isFinite else { continue }
            // A level that rises and stays is judged by where it came from, a peak by both of its sides.
            let isShift = before.isFinite && after >= 10 * before && medians[block] >= 10 * before
            let around = isShift ? before : max(before.isFinite ? before : 0, after.isFinite ? after : 0)
            let level = max(around, noise, kind.floor)
            let ratio = peak.size / level
            if ratio > worst?.ratio ?? 0 {
                worst = (peak.offset, level, ratio, isShift && before <= kind.floor && kind.joinsLate)
            }
        }
        return worst
    }

    /// The offset and size of the largest finite value by absolute value among some offsets.
    private static func highest(_ values: ArraySlice<Double>, _ offsets: Range<Int>) -> (offset: Int, size: Double) {
        var best = (offset: offsets.lowerBound, size: 0.0)
        let base = values.startIndex
        for (index, value) in values[(base + offsets.lowerBound)..<(base + offsets.upperBound)].enumerated() {
            let size = value.magnitude
            if size > best.size, size < .infinity { best = (offsets.lowerBound + index, size) }
        }
        return best
    }

    /// What is quiet among a few medians: their lower quartile.
    private static func quiet(_ medians: ArraySlice<Double>) -> Double { RobustStatistics.quantile(medians, 0.25) }

    /// How often a loss rises above a multiple of a level after having been below half of it.
    private static func excursions(in series: MetricSeries, over multiple: Double, times level: Double) -> Int {
        // Where peaks fill the log, the level around the highest is high too: what is quiet in all of it counts.
        let quietest = min(level, RobustStatistics.quantile(series.values.lazy.map { abs($0) }, 0.25))
        let high = multiple * (quietest > 0 ? quietest : level)
        var count = 0
        var isAbove = false
        for value in series.values where value.isFinite {
            if !isAbove, abs(value) > high {
                isAbove = true
                count += 1
            } else if isAbove, abs(value) <= high / 2 {
                isAbove = false
            }
        }
        return count
    }
}

/// What size of a loss matters, and what it is allowed to do.
private struct LossKind {
    /// Smallest level a jump is measured against.
    let floor: Double
    /// A term of the game, which spikes in healthy runs.
    let isGame: Bool
    let isDiscriminator: Bool
    /// Whether a jump of it can be an error.
    let canFail: Bool
    /// Whether it is usually switched on in the middle of a run.
    let joinsLate: Bool

    init(_ role: MetricRole, _ blind: BlindConstants?) {
        switch role {
        case .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss:
            floor = max(0.5, (blind?.discriminator ?? 0) / 2)
            (isGame, isDiscriminator, canFail, joinsLate) = (true, true, true, true)
        case .adversarialLoss, .featureMatchingLoss:
            floor = 0.05
            (isGame, isDiscriminator, canFail, joinsLate) = (true, false, true, true)
        case .vqLoss, .commitmentLoss, .codebookLoss:
            floor = 0.05
            (isGame, isDiscriminator, canFail, joinsLate) = (false, false, true, true)
        case .klLoss, .otherLoss:
            floor = 0.05
            (isGame, isDiscriminator, canFail, joinsLate) = (true, false, false, true)
        default:
            floor = 1e-4
            (isGame, isDiscriminator, canFail, joinsLate) = (false, false, true, false)
        }
    }

    /// Whether a loss takes both signs, so that its level may be near zero without meaning anything.
    func isSigned(_ series: MetricSeries) -> Bool { series.values.contains { $0 < 0 } }
}

extension RunView {
    /// Whether a log begins in the middle of a run, so that its first values are no warm-up.
    func startsLate(_ series: MetricSeries) -> Bool {
        guard series.count >= 2 else { return false }
        let first = series[0].position
        return switch history.axis {
        case .step: first > 1000 && first > 5 * (series[1].position - first)
        case .epoch: first > 5
        case .record: false
        }
    }
}

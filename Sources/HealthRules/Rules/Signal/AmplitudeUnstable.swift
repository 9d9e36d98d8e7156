import Foundation
import TrainingMetrics

extension HealthRule {
    /// The output level swings around the input's instead of settling.
    static let amplitudeUnstable = HealthRule(
        RuleDescription(
            id: "SIG006",
            name: "amplitude-unstable",
            group: .signal,
            severity: .error,
            summary: """
                The amplitude ratio keeps moving: its median absolute deviation exceeds 25 % of its median, or, of few \
                evaluations, successive ones differ by more than 2 dB across unity.
                """,
            rationale: """
                The level is the easiest thing to learn. A level that swings through the right value without staying is \
                not being learnt from the input: the generator oscillates, or the level is left free.
                """,
            causes: [
                "nothing ties the level to the input, because no information passes the bottleneck",
                "the generator oscillates: learning rate too high, no gradient clipping",
                "the losses are scale-invariant",
            ],
            advice: [
                "check the waveform correlation first: near 0 the level is only a symptom",
                "halve the generator's learning rate and clip its gradient",
                "evaluate an exponential moving average of the weights",
            ],
            parameters: [
                RuleParameter(
                    "deviation",
                    0.25,
                    "median absolute deviation over median, from 20 values on",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "swing",
                    2,
                    unit: "dB",
                    "change between successive evaluations, where there are fewer",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "overshoot",
                    0.5,
                    unit: "dB",
                    "how far both ends of the swing lie from unity",
                    source: "leaves out a level that merely arrives at the right value"
                ),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps left out; on the epoch axis the first epoch",
                    source: "the same as snr-negative"
                ),
            ],
            calibration: "No healthy labelled log logs an amplitude ratio; the limits were set on the failing ones.",
            references: ["SNR = -10 log10(1 - 2gr + g^2)"],
            examples: [
                RuleExample(
                    "through unity without staying, and uncorrelated",
                    [(.amplitudeRatio, "@5,10: 0.82 1.16"), (.correlation, "@5,10: -0.02 -0.02")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one swing, the correlation unknown",
                    [(.amplitudeRatio, "@5,10: 0.8 1.15")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "many points, all over the place",
                    [
                        (
                            .amplitudeRatio,
                            "0.9 1x4 0.4 1.6 0.5 1.7 0.4 1.5 0.6 1.8 0.3 1.4 0.5 1.6 0.4 1.7 0.5 1.5 0.4 1.6 0.5"
                        )
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "arrives at unity",
                    [(.amplitudeRatio, "@2,3,4: 0.6 1.01 1")],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample(
                    "climbs steadily, which is not a swing",
                    [(.amplitudeRatio, "0.2+0.04x25")],
                    expect: .passes
                ),
                RuleExample(
                    "swung early and settled",
                    [(.amplitudeRatio, "@2+1: 0.7 1.3 0.8 1.1 0.97 1 1 0.99 1 1")],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample(
                    "one evaluation",
                    [(.amplitudeRatio, "@5: 0.8")],
                    every: 1,
                    axis: .epoch,
                    expect: .tooShort
                ),
                RuleExample("no amplitude", [(.snr, "1x10")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let gain = SignalWindow(.amplitudeRatio, in: run, warmUp: parameters["warm-up"]) else {
            return .unmeasured(needs: [.role(.amplitudeRatio, "RMS of the output over RMS of the input")])
        }
        guard gain.isSustained else { return .tooShort("a second evaluation behind the warm-up") }
        let correlation = run.value(of: .correlation, at: .max)
        var isError = correlation.map { $0 < 0.5 } ?? false
        let first: Int
        let message: String
        var evidence: [Evidence] = []

        if gain.judged.count >= 20 {
            let spread = Spread(
                gain.series.slice(max(gain.judged.lowerBound, gain.series.count - 200)..<gain.series.count)
            )
            guard spread.deviation > parameters["deviation"], spread.isSwinging else { return .pass }
            isError = true
            first = max(gain.judged.lowerBound, gain.series.count - 200)
            message =
                "The amplitude ratio swings by \(PlainNumber.percent(spread.deviation)) around its median of "
                + "\(PlainNumber.text(spread.median)) instead of settling."
            evidence.append(
                Evidence("deviation over median", 100 * spread.deviation, unit: "%", expected: "below 25 %")
            )
        } else {
            let window = gain.series.count - min(gain.judged.count, gain.recent.count + 1)
            let swings = swings(
                in: gain.series,
                from: window,
                size: parameters["swing"],
                overshoot: parameters["overshoot"]
            )
            guard let last = swings.last, let start = swings.first else { return .pass }
            isError = isError || swings.count >= 2 && correlation == nil
            first = start - 1
            let from = gain.series[last - 1].value
            let to = gain.series[last].value
            let change = Level.decibels(to / from)
            message =
                "The output level swings through the input's: amplitude ratio \(PlainNumber.text(from)) and then "
                + "\(PlainNumber.text(to)) at \(Wording.places(gain.series, (last - 1)..<(last + 1), on: gain.axis)) "
                + "(\(change > 0 ? "+" : "")\(PlainNumber.text(change)) dB)."
            evidence.append(
                Evidence("change between successive evaluations", change, unit: "dB", expected: "settling near 0 dB")
            )
        }
        if let correlation { evidence.append(Evidence("waveform correlation", correlation, expected: "above 0.5")) }
        return .findings([
            Finding(
                rule,
                severity: isError ? .error : .warning,
                confidence: gain.confidence,
                episode: gain.series.episode(from: first, axis: gain.axis),
                message: message,
                evidence: evidence,
                curve: FindingCurve(gain.series, lower: 0.71, upper: 1.41)
            )
        ])
    }

    /// Offsets of evaluations that lie across unity from the one before, both ends clearly off it.
    private static func swings(in gain: MetricSeries, from start: Int, size: Double, overshoot: Double) -> [Int] {
        (start + 1..<max(gain.count, start + 1)).filter { offset in
            let before = Level.decibels(gain[offset - 1].value)
            let after = Level.decibels(gain[offset].value)
            return before * after < 0 && min(abs(before), abs(after)) > overshoot && abs(after - before) > size
        }
    }

    /// How much a series deviates from its median, and whether it goes back and forth.
    private struct Spread {
        let median: Double
        let deviation: Double
        let isSwinging: Bool

        init(_ series: MetricSeries) {
            median = RobustStatistics.median(series.values)
            deviation = RobustStatistics.medianAbsoluteDeviation(series.values) / abs(median)
            // A steady drift deviates as much; it does not turn round.
            let blocks = BlockCurve(series, blocks: 24).medians.filter(\.isFinite)
            let changes = zip(blocks.dropFirst(), blocks).map { $0 - $1 }
            let median = median
            let large = changes.filter { abs($0) > 0.1 * abs(median) }
            isSwinging = zip(large.dropFirst(), large).count { $0 * $1 < 0 } >= 3
        }
    }
}

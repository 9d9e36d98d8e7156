import Foundation
import TrainingMetrics

extension HealthRule {
    /// The output has a mean.
    static let dcOffset = HealthRule(
        RuleDescription(
            id: "SIG009",
            name: "dc-offset",
            group: .signal,
            severity: .warning,
            summary: "The mean of the decoded audio stays away from 0 by more than 0.001 of full scale (-60 dB).",
            rationale: """
                An offset is inaudible and poisons everything that is measured: SNR, correlation and levels. It is also \
                the first thing a discriminator learns to see, instead of the audio.
                """,
            causes: [
                "a bias in the last convolution that no loss sees",
                "spectral losses that leave out the bin at 0 Hz",
                "training audio with an offset",
            ],
            advice: [
                "remove the bias of the last convolution",
                "remove the mean of the training audio (high-pass at 20 Hz)",
                "add a waveform loss",
            ],
            parameters: [
                RuleParameter(
                    "offset",
                    0.001,
                    "absolute mean, full scale is 1",
                    source: "aask1357/hilcodec#1: 0.0034 gave a -50 dB floor"
                ),
                RuleParameter(
                    "gross-offset",
                    0.1,
                    "absolute mean that no audio has",
                    source: "a tenth of full scale"
                ),
                RuleParameter(
                    "relative-offset",
                    0.25,
                    "absolute mean over the input's RMS that is an error",
                    source: "an offset of a fourth of the level bounds the SNR at 12 dB"
                ),
                RuleParameter(
                    "error-share",
                    0.05,
                    "share of the error's power below which an offset does not matter, where SNR and input level are logged",
                    source: "without it the SNR would be 0.2 dB better"
                ),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps left out for small offsets, a tenth of them for gross ones; on the epoch axis the first epoch",
                    source: "the same as snr-negative"
                ),
            ],
            references: ["aask1357/hilcodec#1 (bias of the output layer)"],
            examples: [
                RuleExample("a constant offset", [(.outputMean, "0.004x14")], expect: .fires(.warning)),
                RuleExample("a huge one at the first evaluation", [(.outputMean, "-1.2")], expect: .fires(.error)),
                RuleExample(
                    "the mean of short batches goes either way",
                    [
                        (
                            .outputMean,
                            "0.002 -0.003 0.0015 -0.002 0.003 -0.0015 0.0004 -0.002 0.002 -0.001 0.001 -0.002 0.001"
                        )
                    ],
                    expect: .passes
                ),
                RuleExample(
                    "half as large as the signal",
                    [(.outputMean, "validation: 0.05x14"), (.inputLevel, "validation: 0.1x14")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a network that was never trained",
                    [(.outputMean, "@1+1: 0.4 0.3 0.2")],
                    facts: [.plannedSteps: "1000"],
                    expect: .tooShort
                ),
                RuleExample(
                    "an offset that is nothing beside the error",
                    [
                        (.outputMean, "validation: 0.004x14"), (.inputLevel, "validation: 0.1x14"),
                        (.snr, "validation: 7x14"),
                    ],
                    expect: .passes
                ),
                RuleExample("none", [(.outputMean, "0.00001x14")], expect: .passes),
                RuleExample("too early", [(.outputMean, "0.004 0.003")], expect: .tooShort),
                RuleExample("not logged", [(.snr, "1x12")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let window = SignalWindow(.outputMean, in: run, warmUp: parameters["warm-up"]) else {
            return .unmeasured(needs: [.role(.outputMean, "the mean of the decoded audio")])
        }
        let series = window.series
        // What was never trained may have any mean.
        let started = SignalWindow(series, in: run, warmUp: parameters["warm-up"] / 10).judged
        let newest = series.slice(max(started.lowerBound, series.count - 3)..<series.count).values
        let isGross = !newest.isEmpty && newest.allSatisfy { abs($0) > parameters["gross-offset"] && $0.isFinite }
        let last = series[series.count - 1].value
        guard isGross || !window.recent.isEmpty else { return .tooShort(window.shortage) }
        let level = isGross ? last : window.median
        guard isGross || abs(level) > parameters["offset"] else { return .pass }
        // Noise has either sign; an offset keeps one.
        let sameSign = { (value: Double) in value * level > 0 && abs(value) > parameters["offset"] / 2 }
        guard isGross || window.holds(sameSign) else { return .pass }
        let onset = isGross ? series.count - 1 : window.onset(sameSign)
        let input = run.history.series(.inputLevel, onlyIn: series.split).map { RobustStatistics.median($0.values) }
        let share = input.flatMap { shareOfError(level, input: $0, in: run, split: series.split) }
        if !isGross, let share, share < parameters["error-share"] { return .pass }
        let isLarge = input.map { $0 > 0 && abs(level) > parameters["relative-offset"] * $0 } ?? false
        return .findings([
            Finding(
                rule,
                severity: isGross || isLarge && window.judged.count >= 3 ? .error : .warning,
                confidence: isGross ? .medium : window.confidence,
                episode: series.episode(from: onset, axis: window.axis),
                message: "The decoded audio has a mean of \(PlainNumber.text(level)) instead of 0.",
                evidence: [Evidence("mean of the decoded audio", level, expected: "within 0.001 of 0")]
                    + (share.map { [Evidence("share of it in the error", 100 * min($0, 1), unit: "%")] } ?? []),
                curve: FindingCurve(series, lower: -parameters["offset"], upper: parameters["offset"]),
                causes: isGross || isLarge ? causes(run, series, level) : []
            )
        ])
    }

    /// Power of the offset over that of the whole error; `nil` when the SNR was not logged.
    private static func shareOfError(_ level: Double, input: Double, in run: RunView, split: Split) -> Double? {
        guard let snr = run.history.series(.snr, onlyIn: split)?.values.last(where: \.isFinite), input > 0 else {
            return nil
        }
        return level * level / (input * input * pow(10, -snr / 10))
    }

    /// An offset that training does not see is not the decoder's.
    private static func causes(_ run: RunView, _ series: MetricSeries, _ level: Double) -> [String] {
        guard series.split != .train, let training = run.history.series(.outputMean, onlyIn: .train) else { return [] }
        let mean = RobustStatistics.median(training.values.suffix(50))
        guard mean.isFinite, abs(mean) < abs(level) / 4 else { return [] }
        return [
            "something between the decoder and the evaluation adds an offset: in training the decoded audio has a mean of "
                + PlainNumber.text(mean)
        ]
    }
}

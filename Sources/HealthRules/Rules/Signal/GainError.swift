import Foundation
import TrainingMetrics

extension HealthRule {
    /// The output is much louder or quieter than the input.
    static let gainError = HealthRule(
        RuleDescription(
            id: "SIG005",
            name: "gain-error",
            group: .signal,
            severity: .warning,
            summary: """
                The amplitude ratio of output and input stays outside plus or minus 3 dB. Without it, an SNR below \
                -6.02 dB gives a lower bound: the output must be at least 10^(-SNR/20) - 1 times as loud as the input.
                """,
            rationale: """
                A level error costs SNR that no further training of the quantiser brings back, and an output several \
                times too loud clips when it is written.
                """,
            causes: [
                "no loss sees the level (scale-invariant or normalised losses only)",
                "input and output are normalised differently",
                "the output layer has no bounded activation and diverges",
            ],
            advice: [
                "compare the RMS of one input file with that of its output, before and after any normalisation",
                "add a waveform L1 or a log-mel loss on unnormalised audio",
                "bound the output (tanh) or lower the learning rate if it keeps growing",
            ],
            parameters: [
                RuleParameter(
                    "tolerance",
                    3,
                    unit: "dB",
                    "level difference that is still fine",
                    source: "kan-bayashi/ParallelWaveGAN#164; 3 dB is what listeners call clearly louder"
                ),
                RuleParameter(
                    "bound-error",
                    6,
                    unit: "dB",
                    "lower bound of the level from SNR alone that is an error, even at one evaluation; or a measured level beside an SNR below 0 dB",
                    source: "identity: the triangle inequality; twice the amplitude of the input"
                ),
                RuleParameter(
                    "gross",
                    12,
                    unit: "dB",
                    "level difference that is an error where the output follows the input",
                    source: "a fourth of the amplitude, or four times: a factor was lost"
                ),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps left out for the measured ratio",
                    source: "the same as snr-negative"
                ),
            ],
            references: [
                "|y| >= |y - x| - |x| gives g >= 10^(-SNR/20) - 1",
                "kan-bayashi/ParallelWaveGAN#164 (lower loudness)",
            ],
            examples: [
                RuleExample("half as loud", [(.amplitudeRatio, "0.3 0.5 0.55x14")], expect: .fires(.warning)),
                RuleExample(
                    "an SNR of -15 dB needs at least 4.6 times the amplitude, at one evaluation",
                    [(.snr, "@1: -15")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "twice as loud",
                    [(.amplitudeRatio, "@5,10: 1.9 2")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "three times as loud and worse than silence",
                    [(.amplitudeRatio, "1.8+0.1x14"), (.snr, "-6.4-0.1x14")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a tenth of the level, and otherwise right",
                    [(.amplitudeRatio, "0.09x15"), (.correlation, "0.8x15")],
                    expect: .fires(.error)
                ),
                RuleExample("right", [(.amplitudeRatio, "0.4 0.8 0.95x14")], expect: .passes),
                RuleExample(
                    "-5 dB bounds nothing",
                    [(.snr, "@5,10: -5 -5.5")],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample("loud before training, right later", [(.snr, "-18 -3 1 4x8")], expect: .passes),
                RuleExample("too early", [(.amplitudeRatio, "0.2 0.3")], expect: .tooShort),
                RuleExample("neither amplitude nor SNR", [(.totalLoss, "1x5")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        if let gain = SignalWindow(.amplitudeRatio, in: run, warmUp: parameters["warm-up"]) {
            guard gain.isSustained else { return .tooShort("a second evaluation behind the warm-up") }
            let isWrong = { (value: Double) in
                abs(Level.decibels(value)) > parameters["tolerance"]
            }
            let level = gain.median
            guard gain.holds(isWrong), isWrong(level) else { return .pass }
            let onset = gain.onset(isWrong)
            let error = Level.decibels(level)
            // Too loud by more than the bound, and the SNR agrees: what is heard is mostly not the input.
            let isLoud = error > parameters["bound-error"] && run.value(of: .snr, at: .max).map { $0 < 0 } ?? false
            // An output that follows the input at a fraction of its level has lost a factor, not the signal.
            let isScaled =
                abs(error) > parameters["gross"] && run.value(of: .correlation, at: .max).map { $0 > 0.5 } ?? false
            let isError = isLoud || isScaled
            return .findings([
                Finding(
                    rule,
                    severity: isError ? .error : .warning,
                    confidence: gain.confidence,
                    episode: gain.series.episode(from: onset, axis: gain.axis),
                    message:
                        "The output is \(PlainNumber.text(abs(error))) dB too \(error > 0 ? "loud" : "quiet") "
                        + "(amplitude ratio \(PlainNumber.text(level)) at \(gain.places(from: onset))).",
                    evidence: [Evidence("amplitude ratio, recent median", level, expected: "0.71 to 1.41")],
                    curve: FindingCurve(gain.series, lower: 0.71, upper: 1.41),
                    causes: isScaled
                        ? [
                            "a gain is applied on one side only: output and input are scaled or normalised differently",
                            "no loss sees the level (scale-invariant or normalised losses only)",
                        ] : []
                )
            ])
        }
        guard let snr = run.history.series(.snr, split: .validation), let last = snr.values.last else {
            return .unmeasured(needs: [.role(.amplitudeRatio, "RMS of the output over RMS of the input")])
        }
        // Position 0 of a step axis is the network before any training.
        let isUntrained = run.history.axis == .step && snr[snr.count - 1].position == 0
        let least = SignalAlgebra.leastAmplitudeRatio(snr: last)
        let bound = Level.decibels(least)
        guard !isUntrained, bound > parameters["tolerance"], bound.isFinite else { return .pass }
        let isError = bound > parameters["bound-error"]
        guard isError || snr.count > 1 else { return .pass }
        return .findings([
            Finding(
                rule,
                severity: isError ? .error : .warning,
                confidence: .high,
                episode: snr.episode(from: snr.count - 1, axis: run.history.axis),
                message:
                    "An SNR of \(Wording.decibels(last)) at \(Wording.place(snr, snr.count - 1, on: run.history.axis)) is "
                    + "only possible if the output is at least \(PlainNumber.text(least)) times as loud as the input.",
                evidence: [
                    Evidence("waveform SNR", last, unit: "dB", expected: "above 0 dB"),
                    Evidence("least possible amplitude ratio", least, expected: "0.71 to 1.41"),
                ],
                curve: FindingCurve(snr, lower: 0)
            )
        ])
    }
}

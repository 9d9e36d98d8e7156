import TrainingMetrics

extension HealthRule {
    /// SIG013: two evaluations of the same weights on the same audio differ.
    static let validationNotRepeatable = HealthRule(
        RuleDescription(
            id: "SIG013",
            name: "validation-not-repeatable",
            group: .signal,
            severity: .error,
            summary: "Evaluating the same weights on the same audio twice gives different numbers.",
            rationale: """
                A codec in evaluation mode is a function. One that is not has dropout, noise or updates of its codebooks \
                switched on, so that its scores are those of another codec than the one that is saved, and evaluating it \
                changes it.
                """,
            causes: [
                "validation runs in training mode: quantiser dropout, noise or codebook updates are on",
                "the evaluation draws other audio or other crops every time",
                "the codec draws random numbers when it is used",
            ],
            advice: [
                "switch both networks to evaluation mode before validating, and back afterwards",
                "evaluate the same weights twice: the largest difference must be 0",
                "fix the crops and the seed of the validation data",
            ],
            parameters: [
                RuleParameter(
                    "difference",
                    1e-4,
                    "largest difference that is no finding, full scale is 1",
                    source: "parallel sums in float32 differ by about 1e-6"
                )
            ],
            references: [
                "ZhangXInFD/SpeechTokenizer#27 (a mode that was never switched)",
                "thedeepchecker/thedeepchecker (train/eval consistency)",
            ],
            examples: [
                RuleExample(
                    "training mode",
                    [(.repeatDifference, "validation: 0.04 0.03 0.05")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "equal by chance at times",
                    [(.repeatDifference, "validation: 0.2 0.1 0.16 0.1 0 0.25 0 0.09 0")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "mended",
                    [(.repeatDifference, "validation: 0.2 0.1 0.16 0x5")],
                    expect: .passes
                ),
                RuleExample("the same", [(.repeatDifference, "validation: 0x6")], expect: .passes),
                RuleExample("rounding", [(.repeatDifference, "validation: 2e-6x6")], expect: .passes),
                RuleExample("not measured", [(.snr, "validation: 2x6")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let series = run.history.series(.repeatDifference, split: .validation) else {
            return .unmeasured(needs: [
                .role(
                    .repeatDifference,
                    "the largest difference of two evaluations of the same weights on the same audio"
                )
            ])
        }
        let differs = { (value: Double) in value > parameters["difference"] }
        // Quantiser dropout draws the full depth at times: two evaluations may be equal by chance, differ by chance they cannot.
        let window = series.values.suffix(max(5, series.count / 3))
        guard let first = series.firstOffset(where: differs), 10 * window.count(where: differs) >= 4 * window.count
        else {
            return .pass
        }
        let episode = series.episode(from: first, axis: run.history.axis)
        let level = RobustStatistics.median(window.filter(differs))
        return .findings([
            Finding(
                rule,
                confidence: series.count >= 2 ? .high : .medium,
                episode: episode,
                message:
                    "Two evaluations of the same weights on the same audio differ by up to \(PlainNumber.text(level)), "
                    + "\(episode.since(run.history.axis)).",
                evidence: [Evidence("largest difference, recent median", level, expected: "0")],
                curve: FindingCurve(series, upper: parameters["difference"])
            )
        ])
    }
}

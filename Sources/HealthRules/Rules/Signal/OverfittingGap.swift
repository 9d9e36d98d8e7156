import TrainingMetrics

extension HealthRule {
    /// Training gets better while held-out audio gets worse.
    static let overfittingGap = HealthRule(
        RuleDescription(
            id: "SIG011",
            name: "overfitting-gap",
            group: .signal,
            severity: .warning,
            summary: """
                For three evaluations the held-out reconstruction loss has been above its best and more than 10 % above \
                the training loss, which kept falling, and the gap has widened.
                """,
            rationale: """
                A constant gap is normal: held-out audio is often scored on whole files and training audio on segments. A \
                gap that widens because the held-out loss rises means the codec is learning its training set.
                """,
            causes: [
                "too little training audio for the size of the codec",
                "the training audio is not varied enough (speakers, levels, rooms)",
                "held-out audio of another kind than the training audio",
            ],
            advice: [
                "take the checkpoint with the best held-out loss",
                "add data or augmentation (gain, mixing, random crops)",
                "make the codec or the discriminator smaller",
            ],
            parameters: [
                RuleParameter(
                    "gap",
                    0.1,
                    "held-out over training loss, minus 1",
                    source: "SageMaker Debugger Overfit rule"
                ),
                RuleParameter(
                    "patience",
                    3,
                    unit: "evaluations",
                    "evaluations in a row",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "rise",
                    0.02,
                    "relative rise of the held-out loss above its best",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: "No labelled log overfits; the limits only keep the healthy ones silent.",
            references: ["SageMaker Debugger Overfit rule", "jik876/hifi-gan#107 (a constant gap is normal)"],
            examples: [
                RuleExample(
                    "held-out loss turns round",
                    [
                        (.reconstructionLoss(.mel), "1-0.05x16"),
                        (.reconstructionLoss(.mel), "validation: 1-0.05x8 0.66 0.7 0.75 0.8 0.85 0.9 0.95 1"),
                    ],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the same on waveform loss",
                    [
                        (.reconstructionLoss(.waveform), "0.1-0.004x20"),
                        (
                            .reconstructionLoss(.waveform),
                            "validation: @5,8,12,16,18,20: 0.08 0.07 0.06 0.065 0.07 0.075"
                        ),
                    ],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a constant gap",
                    [
                        (.reconstructionLoss(.mel), "1-0.04x16"),
                        (.reconstructionLoss(.mel), "validation: 1.3-0.04x16"),
                    ],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample(
                    "both rise when the discriminator joins",
                    [
                        (.reconstructionLoss(.mel), "1-0.05x8 0.7 0.72 0.72 0.71"),
                        (.reconstructionLoss(.mel), "validation: 1.1-0.05x8 0.8 0.82 0.82 0.81"),
                    ],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample(
                    "two evaluations",
                    [(.reconstructionLoss(.mel), "1 0.5"), (.reconstructionLoss(.mel), "validation: 1 1.2")],
                    every: 1,
                    axis: .epoch,
                    expect: .tooShort
                ),
                RuleExample("no held-out loss", [(.reconstructionLoss(.mel), "1-0.05x16")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let kinds: [MetricRole.ReconstructionKind] = [.mel, .stft, .waveform, .unspecified]
        let pairs = kinds.compactMap { kind -> (train: MetricSeries, heldOut: MetricSeries)? in
            guard let train = run.history.series(.reconstructionLoss(kind), onlyIn: .train),
                let heldOut = run.history.series(.reconstructionLoss(kind), onlyIn: .validation)
            else { return nil }
            return (train, heldOut)
        }
        guard let (train, heldOut) = pairs.first else {
            return .unmeasured(needs: [
                .role(.reconstructionLoss(.mel), "the same reconstruction loss on training and on validation audio")
            ])
        }
        let patience = Int(parameters["patience"])
        guard heldOut.count > patience else {
            return .tooShort(Wording.count(patience + 1 - heldOut.count, "more evaluation"))
        }
        let values = heldOut.values
        guard let best = values.indices.filter({ values[$0].isFinite }).min(by: { values[$0] < values[$1] }),
            values.endIndex - 1 - best >= patience
        else { return .pass }
        let bestOffset = best - values.startIndex

        let recent = (heldOut.count - patience)..<heldOut.count
        let trainThen = trainingLevel(train, around: heldOut[bestOffset].position)
        let trainNow = trainingLevel(train, around: heldOut[heldOut.count - 1].position)
        guard trainThen > 0, trainNow > 0, trainNow < trainThen else { return .pass }
        let gapThen = values[best] / trainThen - 1
        let isAbove = recent.allSatisfy { offset in
            let value = heldOut[offset].value
            let gap = value / trainingLevel(train, around: heldOut[offset].position) - 1
            return value > values[best] * (1 + parameters["rise"]) && gap > parameters["gap"]
        }
        let last = heldOut[heldOut.count - 1].value
        let gapNow = last / trainNow - 1
        guard isAbove, gapNow > gapThen + parameters["gap"] / 2 else { return .pass }
        return .findings([
            Finding(
                rule,
                confidence: .medium,
                episode: heldOut.episode(from: bestOffset, axis: run.history.axis),
                message:
                    "Held-out \(heldOut.name) was best at \(Wording.place(heldOut, bestOffset, on: run.history.axis)) "
                    + "(\(PlainNumber.text(values[best]))) and is \(PlainNumber.text(last)) now, "
                    + "\(PlainNumber.percent(gapNow)) above the training loss, which kept falling.",
                evidence: [
                    Evidence(
                        "held-out loss over training loss",
                        100 * gapNow,
                        unit: "%",
                        expected: "below 10 %, or constant"
                    ),
                    Evidence("the same at the best evaluation", 100 * gapThen, unit: "%"),
                ],
                curve: FindingCurve(heldOut, upper: values[best])
            )
        ])
    }

    /// Median of the training loss over the 50 values up to a position.
    private static func trainingLevel(_ train: MetricSeries, around position: Int64) -> Double {
        RobustStatistics.median(train.prefix(through: position).values.suffix(train.count > 200 ? 50 : 3))
    }
}

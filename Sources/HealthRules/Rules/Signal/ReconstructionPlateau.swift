import TrainingMetrics

extension RunView {
    /// The reconstruction distance that says most about the codec, held-out audio first: mel, STFT, waveform, unnamed.
    func reconstruction(in split: Split) -> MetricSeries? {
        let kinds: [MetricRole.ReconstructionKind] = [.mel, .stft, .waveform, .unspecified]
        let found = kinds.compactMap { history.series(.reconstructionLoss($0), split: split) }
        return found.first { $0.split == split } ?? found.first
    }

    /// How much of the plan is done at the end of the log, 0…1; `nil` when no plan is known.
    var progress: Double? {
        if history.axis == .step, let plan = facts.number(.plannedSteps), plan > 0, let last = history.lastPosition {
            return Double(last) / plan
        }
        if let plan = facts.number(.plannedEpochs), plan > 0, let last = history.lastEpoch { return last / plan }
        return nil
    }
}

extension HealthRule {
    /// The reconstruction has stopped improving although the learning rate is still high.
    static let reconstructionPlateau = HealthRule(
        RuleDescription(
            id: "SIG010",
            name: "reconstruction-plateau",
            group: .signal,
            severity: .info,
            summary: """
                The best reconstruction loss has improved by less than 1 % over the last fifth of a long log, while the \
                learning rate is above a tenth of its peak and the plan is not nearly done.
                """,
            rationale:
                "Hours on a plateau cost as much as hours of progress. Adversarial losses say nothing here: they do not fall.",
            causes: [
                "capacity or bitrate is exhausted",
                "the learning rate is too high to go on improving",
                "another term holds the reconstruction back",
            ],
            advice: [
                "lower the learning rate by 3 to 10 times and see whether the loss falls within 5 % of the run",
                "listen: adversarial training may improve the sound while the distance stays",
                "if neither helps, stop the run here",
            ],
            parameters: [
                RuleParameter(
                    "improvement",
                    0.01,
                    "relative improvement of the best over the last fifth",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "points",
                    100,
                    "values needed, or 20 where each is an epoch",
                    source: "fewer cannot show a trend"
                ),
                RuleParameter(
                    "steps",
                    20_000,
                    unit: "steps",
                    "length of the log from which a fifth of it is long enough to wait, on the step axis",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "plan",
                    0.8,
                    "share of the plan behind which a plateau is expected",
                    source: "schedules end on a plateau"
                ),
            ],
            calibration: "The improvement was set so that no healthy labelled log still learning fires.",
            references: [
                "SageMaker Debugger Overtraining rule", "thedeepchecker/thedeepchecker (loss not decreasing)",
            ],
            examples: [
                RuleExample(
                    "flat for the last half",
                    [(.reconstructionLoss(.mel), "1.5-0.02x50 0.5x80")],
                    expect: .fires(.info)
                ),
                RuleExample(
                    "flat epochs",
                    [(.reconstructionLoss(.stft), "2-0.1x12 0.9x16")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.info)
                ),
                RuleExample("still falling", [(.reconstructionLoss(.mel), "1.5-0.01x120")], expect: .passes),
                RuleExample(
                    "flat because the learning rate has been lowered",
                    [
                        (.reconstructionLoss(.mel), "1.5-0.02x50 0.5x80"),
                        (.learningRate(.generator), "1e-4x60 1e-6x70"),
                    ],
                    expect: .passes
                ),
                RuleExample(
                    "flat at the end of the plan",
                    [(.reconstructionLoss(.mel), "1.5-0.02x50 0.5x80")],
                    facts: [.plannedSteps: "135000"],
                    expect: .passes
                ),
                RuleExample("ten values", [(.reconstructionLoss(.mel), "0.5x10")], expect: .tooShort),
                RuleExample("only adversarial losses", [(.adversarialLoss, "1x200")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let loss = run.reconstruction(in: .validation) else {
            return .unmeasured(needs: [
                .role(.reconstructionLoss(.mel), "a reconstruction distance (mel, STFT or waveform)")
            ])
        }
        let window = JudgedWindow(loss, in: run)
        let needed = window.isEpochMean ? parameters["points"] / 5 : parameters["points"]
        guard Double(window.judged.count) >= needed else { return .tooShort(window.shortage(until: Int(needed))) }
        if run.history.axis == .step, let first = loss.positions.first, let last = loss.positions.last,
            Double(last - first) < parameters["steps"]
        {
            return .tooShort("\(Int(parameters["steps"]) - Int(last - first)) more steps")
        }
        if let progress = run.progress, progress > parameters["plan"] { return .pass }
        if let rate = run.history.series(.learningRate(.generator)) ?? run.history.series(.learningRate(.unspecified)),
            let peak = rate.values.max(), let last = rate.values.last, last < 0.1 * peak
        {
            return .pass
        }

        let curve = BlockCurve(loss.slice(window.judged), blocks: 50)
        let fifth = max(1, curve.medians.count / 5)
        let late = curve.medians.suffix(fifth)
        let cut = curve.medians.count - late.count
        let levels = stride(from: 0, to: cut, by: fifth).map { start in
            RobustStatistics.median(curve.medians[start..<min(start + fifth, cut)])
        }
        let now = RobustStatistics.median(late)
        guard let early = levels.filter(\.isFinite).min(), early > 0, now.isFinite else { return .pass }
        // A level known to no better than 1 % says nothing about an improvement of 1 %.
        let scatter = 1.4826 * RobustStatistics.medianAbsoluteDeviation(late) / Double(late.count).squareRoot()
        guard scatter < parameters["improvement"] * early else { return .pass }
        let improvement = (early - now) / early
        guard improvement < parameters["improvement"] else { return .pass }
        let bestBlock = (levels.firstIndex(of: early) ?? 0) * fifth
        let first = window.judged.lowerBound + curve.firstOffset(bestBlock)
        return .findings([
            Finding(
                rule,
                confidence: .medium,
                episode: loss.episode(from: first, axis: run.history.axis),
                message:
                    "\(loss.name) has not improved on \(PlainNumber.text(early)) since "
                    + "\(Wording.place(loss, first, on: run.history.axis)).",
                evidence: [
                    Evidence(
                        "improvement over the last fifth of the log",
                        100 * improvement,
                        unit: "%",
                        expected: "above 1 %"
                    )
                ],
                curve: FindingCurve(loss, upper: early)
            )
        ])
    }
}

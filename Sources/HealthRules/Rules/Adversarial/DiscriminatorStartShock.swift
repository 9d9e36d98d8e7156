import TrainingMetrics

extension HealthRule {
    /// ADV013: reconstruction got worse when the discriminator was switched on, and has not come back.
    static let discriminatorStartShock = HealthRule(
        RuleDescription(
            id: "ADV013",
            name: "discriminator-start-shock",
            group: .adversarial,
            severity: .warning,
            summary:
                "A reconstruction loss is more than 20 % higher since the discriminator started, and has not recovered.",
            rationale: """
                A generator that was trained without a discriminator meets one that is new: its first gradients are noise \
                with full weight. A dip that heals is normal; one that stays has cost what was learnt.
                """,
            causes: [
                "the adversarial weight comes in at once instead of being warmed up",
                "the discriminator starts untrained, with the generator's learning rate at its highest",
            ],
            advice: [
                "raise the adversarial weight over some thousand steps",
                "train the discriminator alone for some hundred steps before the generator feels it",
                "start it earlier",
            ],
            parameters: [
                RuleParameter(
                    "rise",
                    0.2,
                    "relative rise over the start",
                    source: "TensorSpeech/TensorFlowTTS#547; to be calibrated"
                ),
                RuleParameter(
                    "patience",
                    5000,
                    unit: "steps",
                    "steps to recover, a fifth of a known plan at most",
                    source: "to be calibrated"
                ),
            ],
            calibration: "Not calibrated.",
            references: [
                "TensorSpeech/TensorFlowTTS#547", "kan-bayashi/ParallelWaveGAN#171",
                "bigpon/AudioDec#33 (a dip that heals)",
            ],
            examples: [
                RuleExample(
                    "never recovered",
                    [(.reconstructionLoss(.mel), "1-0.01x20 1.2x40"), (.discriminatorLoss, "0x20 2x40")],
                    facts: [.lossFamily: "hinge", .discriminatorStart: "20500"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a dip that heals",
                    [(.reconstructionLoss(.mel), "1-0.01x20 1.2x10 0.8-0.01x30"), (.discriminatorLoss, "0x20 2x40")],
                    facts: [.lossFamily: "hinge", .discriminatorStart: "20500"],
                    expect: .passes
                ),
                RuleExample(
                    "from the first step on",
                    [(.reconstructionLoss(.mel), "1-0.01x40"), (.discriminatorLoss, "2x40")],
                    facts: [.lossFamily: "hinge"],
                    expect: .passes
                ),
                RuleExample("no reconstruction", [(.discriminatorLoss, "0x20 2x40")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let loss = run.history.series(.discriminatorLoss) else {
            return .unmeasured(needs: [.role(.discriminatorLoss, "the discriminator's loss")])
        }
        let distances = MetricRole.ReconstructionKind.allCases.compactMap {
            run.history.series(.reconstructionLoss($0))
        }
        guard !distances.isEmpty else {
            return .unmeasured(needs: [.role(.reconstructionLoss(.mel), "a distance of input and output")])
        }
        guard case .since(let start) = DiscriminatorStart(loss, in: run), start > 0, run.history.axis == .step else {
            return .pass
        }
        let plan = run.facts.number(.plannedSteps) ?? .infinity
        let patience = Int64(min(parameters["patience"], 0.2 * plan))
        for series in distances {
            let cut = series.offset(atOrAfter: start)
            let healed = series.offset(atOrAfter: start + patience)
            guard cut >= 5, series.count - healed >= 10 else { continue }
            let before = RobustStatistics.median(series.slice(max(0, cut - 10)..<cut).values)
            let after = RobustStatistics.median(series.slice(max(healed, series.count - 50)..<series.count).values)
            guard before > 0, after > (1 + parameters["rise"]) * before else { continue }
            return .findings([
                Finding(
                    rule,
                    confidence: .low,
                    episode: series.episode(from: cut, axis: run.history.axis),
                    message:
                        "\(series.name) is \(PlainNumber.percent(after / before - 1)) higher than before the discriminator "
                        + "started at step \(start), and has not recovered.",
                    evidence: [
                        Evidence("\(series.name) before the start", before),
                        Evidence("\(series.name), last values", after),
                    ],
                    curve: FindingCurve(series, upper: before)
                )
            ])
        }
        return .pass
    }
}

import TrainingMetrics

extension HealthRule {
    /// ADV006: the discriminator has won before the generator could have done anything.
    static let discriminatorWinsInstantly = HealthRule(
        RuleDescription(
            id: "ADV006",
            name: "discriminator-wins-instantly",
            group: .adversarial,
            severity: .warning,
            summary:
                "The discriminator's loss falls below a tenth of its blind constant soon after its start, and stays there.",
            rationale: """
                Telling real from decoded audio takes a while. A discriminator that needs none has found something that is \
                not sound: a level, a padding, an offset, a band without energy. It teaches the generator that, and nothing \
                else.
                """,
            causes: [
                "real and decoded audio differ in something trivial: sample rate, padding, level, offset, clipping, silence",
                "the discriminator's learning rate is far above the generator's",
                "the generator does not learn at all",
            ],
            advice: [
                "compare mean, peak, level and spectrum of one real and one decoded batch in front of the discriminator",
                "send both through the same preprocessing",
                "lower the discriminator's learning rate",
            ],
            parameters: [
                RuleParameter(
                    "level",
                    0.1,
                    "share of the blind constant",
                    source: "diagnostics by hand, to be calibrated"
                ),
                RuleParameter(
                    "steps",
                    500,
                    unit: "steps",
                    "steps after the start, a tenth of a known plan at most",
                    source: "to be calibrated"
                ),
            ],
            calibration: "Not calibrated: no labelled log shows the first steps of a discriminator.",
            references: ["kan-bayashi/ParallelWaveGAN#339", "lucidrains/audiolm-pytorch#64"],
            examples: [
                RuleExample(
                    "won after 200 steps",
                    [(.discriminatorLoss, "2 0.9 0.1x60"), (.adversarialLoss, "1 1.5 2.4x60")],
                    facts: [.lossFamily: "hinge"],
                    every: 100,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "wins in the end",
                    [(.discriminatorLoss, "2 1.9x20 1.5x20 0.1x20")],
                    facts: [.lossFamily: "hinge"],
                    every: 100,
                    expect: .passes
                ),
                RuleExample("family unknown", [(.discriminatorLoss, "2 0.1x60")], every: 100, expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        AdversarialGame.judge(run) { game in
            guard ![.relativisticHinge, .relativisticLSGAN].contains(game.family), run.history.axis == .step else {
                return .pass
            }
            let curve = game.discriminator.series
            let limit = parameters["level"] * game.blind.discriminator
            let isWon = { (loss: Double) in loss < limit }
            let plan = run.facts.number(.plannedSteps) ?? .infinity
            let soon = game.start + Int64(min(parameters["steps"], 0.1 * plan))
            guard game.discriminator.maturity == .plenty, game.discriminator.holds(where: isWon),
                let first = curve.tail(where: isWon), curve[first].position <= soon, curve[0].position <= soon
            else { return .pass }
            let episode = curve.episode(from: first, axis: run.history.axis)
            return .findings([
                Finding(
                    rule,
                    confidence: .low,
                    episode: episode,
                    message:
                        "The discriminator won within \(curve[first].position - game.start) steps of its start: its loss is "
                        + "\(PlainNumber.text(game.level)) where a blind one has \(PlainNumber.text(game.blind.discriminator)).",
                    evidence: [
                        Evidence(
                            "steps until its loss was below a tenth of the blind constant",
                            Double(curve[first].position - game.start),
                            unit: "steps",
                            expected: "thousands"
                        )
                    ],
                    curve: FindingCurve(curve, lower: limit)
                )
            ])
        }
    }
}

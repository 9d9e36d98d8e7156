import TrainingMetrics

extension HealthRule {
    /// ADV007: the discriminator's loss stays above what a constant answer gives.
    static let discriminatorWorseThanBlind = HealthRule(
        RuleDescription(
            id: "ADV007",
            name: "discriminator-worse-than-blind",
            group: .adversarial,
            severity: .warning,
            summary: """
                The discriminator's loss stays more than 5 % above its blind constant: it would do better by \
                answering the same for everything.
                """,
            rationale: """
                Being worse than a constant is not weakness but something pulling the other way: swapped labels, \
                gradients of the generator's step left in the discriminator, or steps so large that it overshoots.
                """,
            causes: [
                "the discriminator's learning rate is too high and it overshoots",
                "gradients of the generator's backward pass are still in its parameters when it steps",
                "real and decoded labels, or the sign of one term, are swapped",
                "the logged loss includes a gradient penalty or another term, or the loss family is another one",
            ],
            advice: [
                "zero the discriminator's gradients right before its own backward pass",
                "check sign and label of each term on a batch by hand",
                "halve its learning rate",
                "if the loss holds a penalty, log it apart; if the family is wrong, give the fact loss-family",
            ],
            parameters: [
                RuleParameter(
                    "above",
                    1.05,
                    "losses above this multiple of the blind constant are worse than blind",
                    source: "calibrated on 36 labelled public logs"
                )
            ],
            calibration: "The constant follows from the loss family; the 5 % leaves room for noise.",
            references: [
                "https://github.com/Lightning-AI/pytorch-lightning/issues/591",
                "https://github.com/NVIDIA/NeMo/pull/7266",
            ],
            examples: examplesOfDiscriminatorWorseThanBlind
        )
    ) { run, parameters, rule in
        AdversarialGame.judge(run) { game in
            let window = game.discriminator
            let limit = parameters["above"] * game.blind.discriminator
            let isWorse = { (loss: Double) in loss > limit && loss.isFinite }
            guard window.maturity == .plenty else {
                return .tooShort(window.shortage(until: window.isEpochMean ? 3 : 10))
            }
            guard window.holds(where: isWorse), let onset = window.onset(where: isWorse) else { return .pass }
            // Both losses on the curve of one constant answer is the disease of the rules for constants.
            if let generator = game.adversarialWindow.map({ RobustStatistics.median($0.values) }),
                let constant = ConstantLogit(generatorLoss: generator, in: game),
                game.isAt(constant.discriminatorLoss, game.level)
            {
                return .pass
            }
            let episode = window.episode(from: onset)
            let blind = PlainNumber.text(game.blind.discriminator)
            return .findings([
                Finding(
                    rule,
                    confidence: run.facts[.lossFamily]?.origin == .inferred ? .low : .medium,
                    episode: episode,
                    message: "The discriminator does worse than a constant answer: its loss is "
                        + "\(PlainNumber.text(game.level)) where \(game.familyName) gives \(blind) for any constant, "
                        + "\(episode.since(run.history.axis)).",
                    evidence: [
                        Evidence(
                            "discriminator loss, median of the last \(window.window.count)",
                            game.level,
                            expected: "below \(blind)"
                        )
                    ],
                    curve: game.curve
                )
            ])
        }
    }

    private static let examplesOfDiscriminatorWorseThanBlind: [RuleExample] = [
        RuleExample(
            "hinge at 2.6",
            [(.discriminatorLoss, "2.0 2.6x40")],
            facts: [.lossFamily: "hinge"],
            expect: .fires(.warning)
        ),
        RuleExample(
            "cross-entropy at twice its constant for five epochs",
            [(.discriminatorLoss, "2.8x5")],
            facts: [.lossFamily: "bce"],
            every: 1,
            axis: .epoch,
            expect: .fires(.warning)
        ),
        RuleExample(
            "single spikes on a healthy loss",
            [(.discriminatorLoss, "1.4x20 60 1.4x20 3.0 1.4x20")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "logits of 0: another rule's case",
            [(.discriminatorLoss, "8.0x30"), (.adversarialLoss, "8.0x30")],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
            expect: .passes
        ),
        RuleExample("loss family unknown", [(.discriminatorLoss, "4.2x30")], expect: .unmeasured),
        RuleExample(
            "one record",
            [(.discriminatorLoss, "2.6")],
            facts: [.lossFamily: "hinge"],
            every: 1,
            axis: .record,
            expect: .tooShort
        ),
    ]
}

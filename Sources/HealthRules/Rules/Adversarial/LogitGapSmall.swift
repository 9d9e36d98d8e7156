import TrainingMetrics

extension HealthRule {
    /// ADV012: the discriminator separates, but hardly.
    static let logitGapSmall = HealthRule(
        RuleDescription(
            id: "ADV012",
            name: "logit-gap-small",
            group: .adversarial,
            severity: .warning,
            summary: """
                A hinge discriminator is off its blind value but has never got far: its loss says that mean logits on real \
                and on decoded audio are less than 0.15 apart per sub-discriminator, and they never were much more. An \
                info while reconstruction improves or feature matching is alive.
                """,
            rationale: """
                The margin of a hinge loss is 2 wide. A discriminator that uses a few per cent of it after thousands of \
                steps gives the generator a gradient that is mostly the noise of its own batch.
                """,
            causes: [
                .network("the discriminator is too weak for the task: too few channels, scales or periods"),
                "its learning rate is too low beside the generator's, or it is updated too rarely",
                "the adversarial term is divided twice by the number of sub-discriminators, or its weight is too small",
                "the generator is so good that hardly anything is left to tell apart",
            ],
            advice: [
                .learningTest("run 'codec-doctor probe discriminator' to see whether the network can learn by itself"),
                "raise the discriminator's learning rate, or update it in every step",
                "add scales or periods to the discriminator",
                "log the mean logits on real and on decoded audio: they say what the loss only bounds",
            ],
            parameters: [
                RuleParameter(
                    "gap",
                    0.15,
                    "mean logit on real minus on decoded audio, per sub-discriminator",
                    source: "ZhikangNiu/encodec-pytorch#26: 0.13 to 0.15, audio reported unusable"
                ),
                RuleParameter(
                    "best",
                    0.3,
                    "gap above which it once was good enough",
                    source: "twice the threshold: then it was lost again, which ADV002 judges"
                ),
                RuleParameter(
                    "steps",
                    10_000,
                    unit: "steps",
                    "steps since the discriminator's start; on the epoch axis five epochs",
                    source: "the issue's log is that old; younger discriminators may still be starting"
                ),
            ],
            calibration: """
                Rests on one public issue; the one healthy hinge log at hand (Vocos) has a gap of about 1. In preview.
                """,
            references: [
                "ZhikangNiu/encodec-pytorch#26",
                "identity: E relu(1 - r) + E relu(1 + f) is at least 2 - (E r - E f), and equal inside the margin",
            ],
            examples: [
                RuleExample(
                    "1.87 since the beginning, reconstruction as bad as ever",
                    [
                        (.discriminatorLoss, "1.99 1.95 1.9 1.87x60"), (.reconstructionLoss(.mel), "2x63"),
                        (.featureMatchingLoss, "0.01x63"),
                    ],
                    facts: [.lossFamily: "hinge-relu", .reduction: "mean"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the same while reconstruction improves",
                    [(.discriminatorLoss, "1.99 1.95 1.9 1.87x60"), (.reconstructionLoss(.mel), "2-0.02x63")],
                    facts: [.lossFamily: "hinge-relu", .reduction: "mean"],
                    expect: .fires(.info)
                ),
                RuleExample(
                    "a working discriminator",
                    [(.discriminatorLoss, "1.9 1.7 1.5 1.4x60")],
                    facts: [.lossFamily: "hinge", .reduction: "mean"],
                    expect: .passes
                ),
                RuleExample(
                    "a gap that closed because the generator caught up",
                    [(.discriminatorLoss, "1.9 1.6 1.5x20 1.6x10 1.8x10 1.88x30")],
                    facts: [.lossFamily: "hinge", .reduction: "mean"],
                    expect: .passes
                ),
                RuleExample(
                    "at the blind value, which is another rule's",
                    [(.discriminatorLoss, "2x60")],
                    facts: [.lossFamily: "hinge", .reduction: "mean"],
                    expect: .passes
                ),
                RuleExample(
                    "five thousand steps",
                    [(.discriminatorLoss, "1.9x5")],
                    facts: [.lossFamily: "hinge", .reduction: "mean"],
                    expect: .tooShort
                ),
                RuleExample(
                    "another family, whose loss does not give the gap",
                    [(.discriminatorLoss, "0.45x60")],
                    facts: [.lossFamily: "lsgan", .reduction: "mean"],
                    expect: .unmeasured
                ),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        AdversarialGame.judge(run) { game in
            guard let gap = game.logitGap else {
                return .unmeasured(needs: [
                    .role(.discriminatorRealLogit, "the mean logit on real audio"),
                    .role(.discriminatorFakeLogit, "the mean logit on decoded audio"),
                ])
            }
            let window = game.discriminator
            let last = window.series.positions.last ?? 0
            let age = Double(last - max(game.start, window.series.positions.first ?? 0))
            let isOld = window.isEpochMean ? window.judged.count >= 5 : age >= parameters["steps"]
            guard window.maturity == .plenty, isOld else {
                let missing =
                    window.axis == .step ? "\(Int(max(1, parameters["steps"] - age))) more steps" : "more epochs"
                return .tooShort(missing)
            }
            let isBlind = game.isAt(game.blind.discriminator, game.level)
            let best = 2 * (1 - RobustStatistics.quantile(window.judgedValues, 0.05) / game.blind.discriminator)
            guard !isBlind, gap > 0, gap < parameters["gap"], best < parameters["best"] else { return .pass }
            let episode = window.episode(from: window.judged.lowerBound)
            let signs = LearningSigns(run, since: episode.firstPosition, countingFlatReconstruction: true)
            let isHarmless = signs.against.isEmpty && !signs.inFavour.isEmpty
            return .findings([
                Finding(
                    rule,
                    severity: isHarmless ? .info : .warning,
                    confidence: .low,
                    episode: episode,
                    message:
                        "By its loss of \(PlainNumber.text(game.level)) the discriminator's mean logits on real and on "
                        + "decoded audio are only about \(PlainNumber.text(gap)) apart, of the 2 between the margins of "
                        + "\(game.familyName).",
                    evidence: [
                        Evidence(
                            "mean logit on real minus on decoded audio, at least",
                            gap,
                            expected: "above \(PlainNumber.text(parameters["gap"]))"
                        )
                    ] + signs.against + signs.inFavour,
                    curve: game.curve
                )
            ])
        }
    }
}

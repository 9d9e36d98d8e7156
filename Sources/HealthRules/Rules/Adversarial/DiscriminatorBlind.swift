import TrainingMetrics

extension HealthRule {
    /// ADV001: the discriminator's loss has been at its blind constant since it started.
    static let discriminatorBlind = HealthRule(
        RuleDescription(
            id: "ADV001",
            name: "discriminator-blind",
            group: .adversarial,
            severity: .error,
            summary: """
                The discriminator's loss is at the value that any constant output gives, and has never been clearly \
                below it since the discriminator started.
                """,
            rationale: """
                A discriminator that answers the same for real and decoded audio teaches the generator nothing: its \
                gradient is noise, feature matching compares features that ignore the input, and the money goes into \
                a game with one player.
                """,
            causes: [
                .network(
                    "the discriminator's logits are so small that its gradients vanish (no weight normalisation, "
                        + "default initialisation, many layers)"
                ),
                "its parameters are not in the optimiser, or its optimiser is never stepped",
                "it sees the same tensor as real and as decoded, or a detached or silent one",
                "its learning rate is far below the generator's, or clipping leaves nothing of its gradient",
                .network("it is too weak for the task (channels never mixed, scales too coarse)"),
            ],
            advice: [
                "log the discriminator's parameter change over one step: it must not be 0",
                "check which tensors it gets as real and decoded, and that only the decoded one is detached",
                .learningTest(
                    "train it alone on frozen decoder output ('codec-doctor probe discriminator --checkpoint FILE --save "
                        + "--run' does): if it does not learn, the network is at fault, otherwise the training loop is"
                ),
                "raise the discriminator's learning rate to at least the generator's",
                .network("use weight normalisation or a gain-aware initialisation"),
                "stop the run until one of these has changed the curve: more epochs do not",
            ],
            parameters: [
                RuleParameter(
                    "below",
                    0.95,
                    "losses below this share of the blind constant count as having learnt",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "spread",
                    0.02,
                    "largest distance of the outer quartiles, as a share of the blind constant",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: """
                The constant and its tolerance follow from the loss family; the 5 % and 2 % were chosen so that no \
                healthy one of 36 labelled public logs is an error. A warning, not an error, while feature matching \
                is alive or reconstruction improves: a very good generator brings the loss to the same constant.
                """,
            references: [
                "insert a constant logit into the loss: hinge 2.0, LSGAN 0.5, cross-entropy 2 ln 2 per "
                    + "sub-discriminator",
                "https://github.com/lucidrains/audiolm-pytorch/issues/221",
                "https://github.com/ZhikangNiu/encodec-pytorch/issues/26",
            ],
            examples: examplesOfDiscriminatorBlind
        )
    ) { run, parameters, rule in
        AdversarialGame.judge(run) { game in
            let constant = game.blind.discriminator
            let limit = parameters["below"] * constant
            guard game.isAt(constant, game.level), game.spread <= parameters["spread"],
                let onset = game.discriminator.onset(where: { $0 >= limit && $0 <= 2 * constant - limit })
            else { return .pass }
            // Having been clearly below before is another disease: discriminator-blind-again.
            guard game.countBelow < game.belowNeeded else { return .pass }

            let signs = LearningSigns(run, since: game.start, countingFlatReconstruction: true)
            let (severity, confidence) = signs.judge(game.discriminator, isLong: game.isLong)
            let episode = game.discriminator.episode(from: onset)
            return .findings([
                Finding(
                    rule,
                    severity: severity,
                    confidence: confidence,
                    episode: episode,
                    message: "The discriminator has not learnt to tell real from decoded audio: its loss, "
                        + "\(PlainNumber.text(game.level)), has stayed at the \(PlainNumber.text(constant)) that "
                        + "\(game.familyName) gives for any constant answer, \(episode.since(run.history.axis)).",
                    evidence: game.levelEvidence + signs.against + signs.inFavour,
                    curve: game.curve
                )
            ])
        }
    }

    private static let examplesOfDiscriminatorBlind: [RuleExample] = [
        RuleExample(
            "hinge at 2.0 for ten epochs, tiny features",
            [
                (.discriminatorLoss, "2.0 1.999 1.998 1.995 1.99x6"), (.featureMatchingLoss, "0.013 0.012x9"),
                (.snr, "validation:@5,10: -2.4 -3.7"),
            ],
            facts: [.lossFamily: "hinge-relu"],
            every: 1,
            axis: .epoch,
            expect: .fires(.error)
        ),
        RuleExample(
            "one epoch at the constant is only a hint",
            [(.discriminatorLoss, "2.0"), (.featureMatchingLoss, "0.013")],
            facts: [.lossFamily: "hinge-relu"],
            every: 1,
            axis: .epoch,
            expect: .fires(.warning)
        ),
        RuleExample(
            "summed LSGAN at 4.0 while nothing else is logged",
            [(.discriminatorLoss, "8.0 5.0 4.01 3.99 4.0x60")],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
            expect: .fires(.error)
        ),
        RuleExample(
            "near chance, but features are alive and mel falls",
            [
                (.discriminatorLoss, "3.02 2.98 2.97 2.99x40"), (.featureMatchingLoss, "1.2+0.02x43"),
                (.reconstructionLoss(.mel), "16.4-0.03x43"),
            ],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "6"],
            expect: .fires(.warning)
        ),
        RuleExample(
            "a healthy summed LSGAN: 2.6 of 4.0",
            [(.discriminatorLoss, "4.4 4.1 3.2 2.7x40")],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
            expect: .passes
        ),
        RuleExample(
            "it had learnt and came back",
            [(.discriminatorLoss, "2.0 1.6 1.4x20 2.0x60")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "not switched on yet",
            [(.discriminatorLoss, "0x30"), (.adversarialLoss, "0x30")],
            facts: [.lossFamily: "hinge"],
            expect: .unmeasured
        ),
        RuleExample("loss family unknown", [(.discriminatorLoss, "2.0x30")], expect: .unmeasured),
        RuleExample(
            "still inside the grace of 1000 steps",
            [(.discriminatorLoss, "2.0x9")],
            facts: [.lossFamily: "hinge"],
            every: 100,
            expect: .tooShort
        ),
    ]
}

extension AdversarialGame {
    /// How many losses clearly below the constant count as having left it: three, or 1 % of a long series.
    var belowNeeded: Int { max(3, discriminator.judged.count / 100) }
}

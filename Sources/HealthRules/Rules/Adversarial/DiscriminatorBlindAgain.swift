import TrainingMetrics

extension HealthRule {
    /// ADV002: the discriminator had learnt and its loss is back at the blind constant.
    static let discriminatorBlindAgain = HealthRule(
        RuleDescription(
            id: "ADV002",
            name: "discriminator-blind-again",
            group: .adversarial,
            severity: .warning,
            summary: """
                The discriminator's loss was clearly below its blind constant and is now back at it and stays there.
                """,
            rationale: """
                Either the discriminator has forgotten what it knew and the generator is no longer guided, or the \
                generator has become so good that nothing is left to tell apart. The loss alone cannot say which; \
                reconstruction, features and the generator's own loss can.
                """,
            causes: [
                "the game flipped: the generator found an answer the discriminator cannot recover from",
                "the discriminator's learning rate decayed to nothing, or its optimiser state was lost in a resume",
                "the generator has converged: decoded audio is hard to tell from real audio",
            ],
            advice: [
                "compare reconstruction and feature matching before and after the return: if both still improve, go on",
                "otherwise resume from the last checkpoint before the return",
                """
                lower the generator's learning rate or raise the discriminator's, and check that a resume restores the \
                discriminator and its optimiser
                """,
            ],
            parameters: [
                RuleParameter(
                    "pinned",
                    0.02,
                    "distance of the outer quartiles, as a share of the constant, below which a loss is pinned",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "won",
                    0.25,
                    "losses below this share of the constant mean that the discriminator had clearly won",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: """
                An error only where the discriminator had clearly won or been far above the constant before, is now \
                pinned, the generator's loss is at its own constant too or a second sign agrees, and nothing improves: \
                a converged codec must not be one.
                """,
            references: [
                "https://github.com/lucidrains/audiolm-pytorch/issues/221",
                "https://github.com/ZhangXInFD/SpeechTokenizer/pull/27",
            ],
            examples: examplesOfDiscriminatorBlindAgain
        )
    ) { run, parameters, rule in
        AdversarialGame.judge(run) { game in
            let window = game.discriminator
            let constant = game.blind.discriminator
            guard window.maturity > .hint else { return .tooShort(window.shortage(until: 3)) }
            guard game.isAt(constant, game.level),
                let onset = window.onset(where: { abs($0 - constant) <= 0.05 * constant }),
                game.countBelow >= game.belowNeeded
            else { return .pass }

            let earlier = window.slice(window.judged.lowerBound..<onset)
            let extremes = (
                low: RobustStatistics.quantile(earlier, 0.1), high: RobustStatistics.quantile(earlier, 0.98)
            )
            let hadExtremes = extremes.low < parameters["won"] * constant || extremes.high > 2 * constant
            let isPinned = game.spread <= parameters["pinned"] && window.series.count - onset >= 3
            let signs = LearningSigns(run, since: window.series[onset].position, countingFlatReconstruction: false)
            let generator = game.adversarialWindow.map { RobustStatistics.median($0.values) }
            let isGeneratorBlind = game.isGeneratorAtItsConstant
            let isLost =
                hadExtremes && isPinned && signs.inFavour.isEmpty && (isGeneratorBlind || !signs.against.isEmpty)

            let episode = window.episode(from: onset)
            var evidence = game.levelEvidence
            evidence.append(Evidence("loss before the return, lowest tenth", extremes.low))
            if let generator {
                let expected = game.blind.generator.map { "off \(PlainNumber.text($0))" } ?? ""
                evidence.append(Evidence("generator's adversarial loss, median", generator, expected: expected))
            }
            let side = isGeneratorBlind ? ", and the generator's is at its own constant" : ""
            return .findings([
                Finding(
                    rule,
                    severity: isLost ? .error : .warning,
                    confidence: isLost && window.maturity == .plenty ? .high : .medium,
                    episode: episode,
                    message:
                        "The discriminator had learnt (its loss was down to \(PlainNumber.text(extremes.low))) and "
                        + "is back at \(PlainNumber.text(constant)), the value of \(game.familyName) for any constant "
                        + "answer, \(episode.since(run.history.axis))\(side).",
                    evidence: evidence + signs.against + signs.inFavour,
                    curve: game.curve
                )
            ])
        }
    }

    private static let examplesOfDiscriminatorBlindAgain: [RuleExample] = [
        RuleExample(
            "a plain GAN: won, flipped, then stuck at chance with the generator",
            [
                (.discriminatorLoss, "1.4 1.0 0.3 0.01x30 6.1 3.0 1.8 1.387x40"),
                (.generatorLoss, "0.65 1.9 3.0 7.0x30 0.2 0.5 0.6 0.693x40"),
            ],
            facts: [.lossFamily: "bce"],
            every: 1,
            axis: .epoch,
            expect: .fires(.error)
        ),
        RuleExample(
            "a converged codec: at chance while mel still improves",
            [
                (.discriminatorLoss, "2.0 1.7 1.5x30 1.99x60"), (.featureMatchingLoss, "0.5+0.02x93"),
                (.reconstructionLoss(.mel), "1.5-0.01x93"),
            ],
            facts: [.lossFamily: "hinge"],
            expect: .fires(.warning)
        ),
        RuleExample(
            "never left: the other rule's case",
            [(.discriminatorLoss, "2.0x60")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "a single step below is not learning",
            [(.discriminatorLoss, "2.0x30 1.5 2.0x30")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "a healthy game that sometimes touches the constant",
            [(.discriminatorLoss, "2.0 1.6x20 1.98 1.6x20 1.99 1.5x20")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "two points",
            [(.discriminatorLoss, "1.5 2.0")],
            facts: [.lossFamily: "hinge"],
            every: 1,
            axis: .epoch,
            expect: .tooShort
        ),
    ]
}

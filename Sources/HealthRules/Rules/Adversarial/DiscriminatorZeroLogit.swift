import TrainingMetrics

extension HealthRule {
    /// ADV003: discriminator and generator losses together say that every logit is 0.
    static let discriminatorZeroLogit = HealthRule(
        RuleDescription(
            id: "ADV003",
            name: "discriminator-zero-logit",
            group: .adversarial,
            severity: .error,
            summary: """
                The losses of discriminator and generator are both at the values that logits of exactly 0 give.
                """,
            rationale: """
                A network that answers 0 whatever it hears has a dead or frozen output layer, or gains so small that \
                no signal reaches it. Every hinge discriminator begins there; a working one leaves within a few \
                hundred steps.
                """,
            causes: [
                .network(
                    "the gains of the layers are so small that logits and gradients vanish (no weight normalisation)"
                ),
                "the last convolution is zero or frozen (zero initialisation, requires_grad off, weight-norm gain 0)",
                "the discriminator's optimiser is never stepped or does not hold its parameters",
            ],
            advice: [
                .learningTest(
                    "see whether inputs reach the logits and whether it learns alone: 'codec-doctor probe discriminator "
                        + "--checkpoint FILE --save --run' (a spread of logits below 1e-5 means that nothing does)"
                ),
                "check that the last layer's parameters require gradients and change over one step",
                .network("use weight normalisation or a gain-aware initialisation, and normalise the input"),
            ],
            parameters: [
                RuleParameter(
                    "logit",
                    0.02,
                    "largest absolute logit, per sub-discriminator, that counts as 0",
                    source: "calibrated on 36 labelled public logs"
                )
            ],
            calibration: """
                The pair of constants follows from the loss family. For hinge losses it is also where a perfect \
                generator leads, so it is an error there only when a second sign agrees or nothing speaks against it.
                """,
            references: [
                "insert 0 for every logit: hinge (2, 0), hinge with relu generator (2, 1), LSGAN (1, 1) per "
                    + "sub-discriminator",
                "https://github.com/nkandpa2/music_enhancement/issues/6",
            ],
            examples: examplesOfDiscriminatorZeroLogit
        )
    ) { run, parameters, rule in
        AdversarialGame.judge(run) { game in
            let zero = game.blind.discriminatorAtZeroLogit
            let isAtZero = { (loss: Double) in game.isAt(zero, loss) }
            guard game.adversarial != nil else {
                return .unmeasured(needs: [.role(.adversarialLoss, "the generator's adversarial term")])
            }
            guard isAtZero(game.level), let onset = game.discriminator.onset(where: isAtZero) else { return .pass }
            let isDecidable = [.hinge, .hingeRelu, .lsgan].contains(game.family)
            guard isDecidable else {
                // Zero logits and a blind discriminator give the same pair of losses.
                return .unmeasured(needs: [.role(.discriminatorRealLogit, "mean logits on real and decoded audio")])
            }
            let pairs = game.pairs.filter { $0.offset >= onset }
            guard !pairs.isEmpty else { return .tooShort("both players' losses at the same position") }
            let logits = pairs.compactMap { ConstantLogit(generatorLoss: $0.generator, in: game)?.logit }
            let count = logits.count { abs($0) <= parameters["logit"] }
            guard 10 * count >= 9 * pairs.count else { return .pass }

            let signs = LearningSigns(run, since: game.start, countingFlatReconstruction: true)
            var (severity, confidence) = signs.judge(game.discriminator, isLong: game.isLong)
            if game.family == .lsgan, game.discriminator.maturity > .hint { severity = .error }
            if pairs.count < 3 { (severity, confidence) = (.warning, .low) }
            let generator = RobustStatistics.median(pairs.map(\.generator))
            let episode = game.discriminator.episode(from: onset)
            let places = pairs.count == 1 ? "at the one position" : "at \(pairs.count) positions"
            return .findings([
                Finding(
                    rule,
                    severity: severity,
                    confidence: confidence,
                    episode: episode,
                    message: "Every logit of the discriminator is close to 0: its loss is "
                        + "\(PlainNumber.text(game.level)) and the generator's adversarial loss "
                        + "\(PlainNumber.text(generator)) \(places) where both were logged, which "
                        + "\(game.familyName) gives for logits of 0.",
                    evidence: [
                        Evidence(
                            "generator's adversarial loss, median",
                            generator,
                            expected: "off \(PlainNumber.text(game.blind.generatorAtZeroLogit))"
                        ),
                        Evidence("mean logit on decoded audio", RobustStatistics.median(logits)),
                    ] + game.levelEvidence,
                    curve: game.curve,
                    causes: isExactlyConstant(run)
                        ? [
                            "the last convolution is zero or frozen (zero initialisation, requires_grad off, weight-norm gain "
                                + "0): the logits are exactly constant"
                        ] : []
                )
            ])
        }
    }

    /// Whether the logits' spread is logged and exactly 0: small gains would leave some.
    private static func isExactlyConstant(_ run: RunView) -> Bool {
        let spreads = [MetricRole.discriminatorRealLogitSpread, .discriminatorFakeLogitSpread].compactMap {
            run.history.series($0, onlyIn: .train)
        }
        return !spreads.isEmpty && spreads.allSatisfy { $0.values.suffix(20).allSatisfy { $0 == 0 } }
    }

    private static let examplesOfDiscriminatorZeroLogit: [RuleExample] = [
        RuleExample(
            "hinge with relu generator at (2.0, 1.0), features tiny",
            [
                (.discriminatorLoss, "2.0x3 1.999x7"), (.adversarialLoss, "1.002 0.998 1.0x8"),
                (.featureMatchingLoss, "0.012x10"),
            ],
            facts: [.lossFamily: "hinge-relu"],
            every: 1,
            axis: .epoch,
            expect: .fires(.error)
        ),
        RuleExample(
            "summed LSGAN with both losses at the number of sub-discriminators",
            [(.discriminatorLoss, "8.0x20"), (.adversarialLoss, "8.0x20")],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
            expect: .fires(.error)
        ),
        RuleExample(
            "both were logged together once only",
            [(.discriminatorLoss, "2.0x10"), (.adversarialLoss, "1.002")],
            facts: [.lossFamily: "hinge-relu"],
            every: 1,
            axis: .epoch,
            expect: .fires(.warning)
        ),
        RuleExample(
            "at the constant with logits that are not 0",
            [(.discriminatorLoss, "2.0x20"), (.adversarialLoss, "-0.4x20")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "it began there and left",
            [(.discriminatorLoss, "2.0x3 1.8 1.5x20"), (.adversarialLoss, "1.0x3 1.2 1.4x20")],
            facts: [.lossFamily: "hinge-relu"],
            expect: .passes
        ),
        RuleExample(
            "the generator's term is not logged",
            [(.discriminatorLoss, "2.0x20"), (.generatorLoss, "30x20"), (.reconstructionLoss(.mel), "0.4x20")],
            facts: [.lossFamily: "hinge"],
            expect: .unmeasured
        ),
        RuleExample(
            "inside the grace of 1000 steps every hinge discriminator is there",
            [(.discriminatorLoss, "2.0x5"), (.adversarialLoss, "0.0x5")],
            facts: [.lossFamily: "hinge"],
            every: 100,
            expect: .tooShort
        ),
    ]
}

import TrainingMetrics

extension HealthRule {
    /// FTR001: feature matching contributes next to nothing.
    static let featureMatchingTiny = HealthRule(
        RuleDescription(
            id: "FTR001",
            name: "feature-matching-tiny",
            group: .feature,
            severity: .warning,
            summary: """
                Feature matching is a negligible part of the objective, or tiny while the discriminator is blind. An \
                error only together with a discriminator that has been blind from the first step.
                """,
            rationale: """
                Feature matching compares what the discriminator hears in real and in decoded audio. When the \
                distance is next to nothing although the audio differs, its features do not depend on the input, and \
                the strongest guide of the generator is missing.
                """,
            causes: [
                "the discriminator is blind: its features ignore the input",
                "real and decoded features are the same tensor, or the decoded one is detached",
                "the weight of feature matching is far too low for its reduction (a mean of means)",
            ],
            advice: [
                "find out first whether the discriminator learns at all (rule discriminator-blind)",
                "check that features of real audio are detached and those of decoded audio are not",
                "once it learns, set the weight so that feature matching has a few percent of the objective or more",
            ],
            parameters: [
                RuleParameter(
                    "share",
                    0.005,
                    "share of the weighted objective below which it is tiny",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "level",
                    0.05,
                    "mean-reduced distance below which it is tiny while the discriminator is blind",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: """
                The distance itself depends on layers, reduction and normalisation, so its size counts only beside a \
                blind discriminator; a share of the objective counts by itself, unless the distance is rising.
                """,
            references: [
                "https://github.com/facebookresearch/audiocraft/issues/483",
                "https://github.com/tuanh123789/Comprehensive-E2E-TTS/issues/3",
            ],
            examples: examplesOfFeatureMatchingTiny
        )
    ) { run, parameters, rule in
        guard let logged = run.history.series(.featureMatchingLoss) else {
            return .unmeasured(needs: [.role(.featureMatchingLoss, "the feature matching term")])
        }
        guard let level = FeatureMatchingLevel(run) else {
            guard logged.start != nil else { return DiscriminatorStart.need }
            return .tooShort(JudgedWindow(logged, in: run).shortage(until: 3))
        }
        let (isBlind, hasLearnt) = discriminatorState(run)
        switch level.verdict(isBlind: isBlind, tinyShare: parameters["share"], tinyLevel: parameters["level"]) {
        case .alive: return .pass
        case .unknown where level.share != nil: return .pass
        case .unknown:
            let hint = "the weight of feature matching, together with the generator's total"
            return .unmeasured(needs: [.fact(.featureMatchingWeight, hint)])
        case .tiny: break
        }
        let window = level.window
        let isTiny = { (value: Double) in value < max(2 * level.level, isBlind ? parameters["level"] : 0) }
        let episode = window.episode(from: window.onset(where: isTiny) ?? window.window.lowerBound)
        var message = "Feature matching is tiny: \(PlainNumber.text(level.level))"
        var evidence = [Evidence("feature matching, median of the last \(window.window.count)", level.level)]
        if let share = level.share {
            message += ", \(PlainNumber.percent(share)) of the objective"
            evidence.append(Evidence("share of the objective", 100 * share, unit: "%", expected: "above 0.5 %"))
        }
        message += isBlind ? ", with a discriminator whose loss is at its blind constant" : ""
        let isSure = window.maturity > .hint
        return .findings([
            Finding(
                rule,
                severity: isBlind && isSure && !hasLearnt ? .error : .warning,
                confidence: !isSure ? .low : isBlind && window.maturity == .plenty ? .high : .medium,
                episode: episode,
                message: message + ", \(episode.since(run.history.axis)).",
                evidence: evidence,
                curve: FindingCurve(window.series)
            )
        ])
    }

    /// Whether the discriminator's loss is at its blind constant now, and whether it was clearly below before: then its return is the
    /// finding, a warning by itself.
    private static func discriminatorState(_ run: RunView) -> (isBlind: Bool, hasLearnt: Bool) {
        var state = (isBlind: false, hasLearnt: false)
        _ = AdversarialGame.judge(run) { game in
            state = (game.isAt(game.blind.discriminator, game.level), game.countBelow >= game.belowNeeded)
            return .pass
        }
        return state
    }

    private static let examplesOfFeatureMatchingTiny: [RuleExample] = [
        RuleExample(
            "0.012 beside a blind hinge discriminator",
            [(.featureMatchingLoss, "0.013 0.012x9"), (.discriminatorLoss, "2.0x10")],
            facts: [.lossFamily: "hinge-relu"],
            every: 1,
            axis: .epoch,
            expect: .fires(.error)
        ),
        RuleExample(
            "0.2 % of the objective, discriminator not logged",
            [(.featureMatchingLoss, "0.03x30"), (.generatorLoss, "30x30")],
            facts: [.featureMatchingWeight: "2"],
            expect: .fires(.warning)
        ),
        RuleExample(
            "tiny beside a discriminator that had learnt before",
            [(.featureMatchingLoss, "0.013x40"), (.discriminatorLoss, "2.0 1.6x12 2.0x27")],
            facts: [.lossFamily: "hinge-relu"],
            every: 100,
            expect: .fires(.warning)
        ),
        RuleExample(
            "one epoch is only a hint",
            [(.featureMatchingLoss, "0.013"), (.discriminatorLoss, "2.0")],
            facts: [.lossFamily: "hinge"],
            every: 1,
            axis: .epoch,
            expect: .fires(.warning)
        ),
        RuleExample(
            "small numbers of a mean reduction, with a sensible share",
            [(.featureMatchingLoss, "0.04x30"), (.generatorLoss, "1.9x30"), (.discriminatorLoss, "1.5x30")],
            facts: [.featureMatchingWeight: "2", .lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample("alive by its size", [(.featureMatchingLoss, "8.7x30")], expect: .passes),
        RuleExample("small, and nothing to compare with", [(.featureMatchingLoss, "0.02x30")], expect: .unmeasured),
        RuleExample("not started", [(.featureMatchingLoss, "0.0x30")], expect: .unmeasured),
        RuleExample("inside the grace", [(.featureMatchingLoss, "0.02x5")], every: 100, expect: .tooShort),
    ]
}

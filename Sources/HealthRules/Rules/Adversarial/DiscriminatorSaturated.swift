import TrainingMetrics

extension HealthRule {
    /// ADV005: the discriminator's loss is close to 0: it wins every time.
    static let discriminatorSaturated = HealthRule(
        RuleDescription(
            id: "ADV005",
            name: "discriminator-saturated",
            group: .adversarial,
            severity: .warning,
            summary: """
                The discriminator's loss stays close to 0: it tells real from decoded audio without effort. An error \
                when reconstruction gets worse besides, when the generator has no other term and does not gain on it, \
                or when its objective is orders of magnitude above everything that is logged of it.
                """,
            rationale: """
                A hinge or least-squares loss of 0 has no gradient left for the discriminator, while the generator \
                chases logits that drift ever further away; quality may still improve for a while, then harmonics and \
                noise appear, or the generator explodes.
                """,
            causes: [
                "the discriminator learns faster than the generator (learning rate, capacity, several steps per step)",
                "real and decoded audio differ in something trivial: sample rate, padding, level, DC, clipping",
                "its gradients are not zeroed before its step, or the adversarial weight is too high",
            ],
            advice: [
                "make sure that real and decoded audio go through the same preprocessing",
                "lower the discriminator's learning rate, or update it on two of three steps",
                "add gradient penalty (R1), spectral normalisation or noise on its input",
                "watch validation reconstruction: while that improves, the run may go on",
            ],
            parameters: [
                RuleParameter(
                    "level",
                    0.05,
                    "share of the blind constant below which a loss is saturated",
                    source: "calibrated on 36 labelled public logs; ParallelWaveGAN#339"
                ),
                RuleParameter(
                    "takeover",
                    100,
                    "how many times all logged terms the rest of the objective must be when weights are unknown",
                    source:
                        "the largest mel weight in use is 100 (DAC's training script), so a weight cannot explain it"
                ),
                RuleParameter(
                    "takeover-known",
                    10,
                    "the same when the reconstruction's weight is known",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: """
                Not for relativistic losses, which are 0 for most of a healthy run, nor for a loss that is exactly 0 \
                because the discriminator has not started.
                """,
            references: [
                "https://github.com/kan-bayashi/ParallelWaveGAN/issues/339",
                "https://github.com/lucidrains/audiolm-pytorch/issues/64",
                "https://github.com/akanimax/BMSG-GAN/issues/2",
            ],
            examples: examplesOfDiscriminatorSaturated
        )
    ) { run, parameters, rule in
        let takeover = AdversarialTakeover(
            run,
            unknownWeight: parameters["takeover"],
            knownWeight: parameters["takeover-known"]
        )
        if let takeover { return .findings([finding(of: takeover, in: run, rule)]) }
        let isRelativistic = [.relativisticHinge, .relativisticLSGAN].contains(run.facts.lossFamily)
        if run.blind == nil, !isRelativistic, let finding = findingOfUnknownFamily(in: run, parameters["level"], rule) {
            return .findings([finding])
        }
        return AdversarialGame.judge(run) { game in
            guard game.family != .relativisticHinge, game.family != .relativisticLSGAN else { return .pass }
            let limit = parameters["level"] * game.blind.discriminator
            let isSaturated = { (loss: Double) in loss < limit }
            guard game.discriminator.maturity > .hint else { return .tooShort(game.discriminator.shortage(until: 3)) }
            guard game.level < limit, game.discriminator.holds(where: isSaturated),
                let onset = game.discriminator.onset(where: isSaturated)
            else { return .pass }
            let episode = game.discriminator.episode(from: onset)
            let trend = ReconstructionTrend(run, since: episode.firstPosition)
            // Unguided, or guided the wrong way, while the discriminator wins: the run is lost.
            let isGettingWorse = trend.map { $0.change > 0.1 } ?? false
            let isLost = game.isLong && (isGettingWorse || isUnguided(game, run, since: episode.firstPosition))
            let label = "discriminator loss, median of the last \(game.discriminator.window.count)"
            return .findings([
                Finding(
                    rule,
                    severity: isLost ? .error : .warning,
                    confidence: game.discriminator.maturity == .plenty ? .high : .medium,
                    episode: episode,
                    message: "The discriminator wins every time: its loss is \(PlainNumber.text(game.level)) where a "
                        + "blind one has \(PlainNumber.text(game.blind.discriminator)), "
                        + "\(episode.since(run.history.axis)).",
                    evidence: [Evidence(label, game.level, expected: "above \(PlainNumber.text(limit))")]
                        + (trend.map {
                            [
                                Evidence(
                                    "change of \($0.series.name) since",
                                    100 * $0.change,
                                    unit: "%",
                                    expected: "falling"
                                )
                            ]
                        } ?? []),
                    curve: FindingCurve(game.discriminator.series, lower: limit)
                )
            ])
        }
    }

    /// Whether the generator has nothing but its adversarial term, and that does not fall.
    private static func isUnguided(_ game: AdversarialGame, _ run: RunView, since position: Int64) -> Bool {
        guard let adversarial = game.adversarial, FeatureMatchingLevel(run) == nil, ReconstructionTrend(run) == nil
        else { return false }
        let tail = adversarial.slice(adversarial.offset(atOrAfter: position)..<adversarial.count)
        return (Trend.change(tail.values) ?? -1) > -0.05 && RobustStatistics.median(tail.values) > 0
    }

    /// Where the constants of the game are unknown, a loss below the level of the smallest constant in use (0.25, a
    /// halved LSGAN) is saturated in any. A relativistic loss of 0 may be healthy, so it counts only while reconstruction
    /// gets worse.
    private static func findingOfUnknownFamily(
        in run: RunView,
        _ level: Double,
        _ rule: RuleDescription
    ) -> Finding? {
        guard let curve = run.history.series(.discriminatorLoss),
            case .since(let start) = DiscriminatorStart(curve, in: run)
        else { return nil }
        let window = JudgedWindow(curve, in: run, since: start)
        let limit = level * 0.25
        // A critic's loss has either sign.
        let isSaturated = { (loss: Double) in loss >= 0 && loss < limit }
        // The window of a short log reaches back to its beginning; ten losses in a row are enough there.
        guard window.maturity == .plenty, let onset = window.onset(where: isSaturated),
            window.judged.count < 100 ? curve.count - onset >= 10 : window.holds(where: isSaturated)
        else { return nil }
        let episode = window.episode(from: onset)
        guard let trend = ReconstructionTrend(run, since: episode.firstPosition), trend.change > 0.1 else { return nil }
        let median = RobustStatistics.median(window.values)
        return Finding(
            rule,
            severity: .error,
            confidence: .medium,
            episode: episode,
            message: "The discriminator wins every time: its loss is \(PlainNumber.text(median)) "
                + "\(episode.since(run.history.axis)), close to 0 for any loss family, while "
                + "\(trend.series.name) gets worse.",
            evidence: [
                Evidence(
                    "discriminator loss, median of the last \(window.window.count)",
                    median,
                    expected: "above \(PlainNumber.text(limit))"
                ),
                Evidence("change of \(trend.series.name) since", 100 * trend.change, unit: "%", expected: "falling"),
            ],
            curve: FindingCurve(curve, lower: limit)
        )
    }

    private static func finding(of takeover: AdversarialTakeover, in run: RunView, _ rule: RuleDescription) -> Finding {
        let longest = takeover.parts.max { $0.count < $1.count } ?? takeover.parts[0]
        let episode = longest.episode(from: 0, axis: run.history.axis)
        let rest = takeover.total - takeover.explained
        return Finding(
            rule,
            severity: .error,
            confidence: longest.count >= 3 ? .high : .medium,
            episode: episode,
            message: "All \(takeover.parts.count) sub-discriminators are at a loss of 0 while the objective is "
                + "\(PlainNumber.text(takeover.total)) and the logged terms explain only "
                + "\(PlainNumber.text(takeover.explained)) of it: the adversarial term has taken over.",
            evidence: [
                Evidence("objective", takeover.total),
                Evidence("part of it that the logged terms explain", takeover.explained),
                Evidence("the rest over that part", rest / takeover.explained, expected: "below 100"),
                Evidence("largest sub-discriminator loss", 0, expected: "above 0"),
            ],
            curve: FindingCurve(longest)
        )
    }

    private static let examplesOfDiscriminatorSaturated: [RuleExample] = [
        RuleExample(
            "hinge near 0 for long",
            [
                (.discriminatorLoss, "1.9 1.2 0.4 0.02x60"), (.adversarialLoss, "1.0 2.0x62"),
                (.reconstructionLoss(.mel), "1.2-0.01x63"),
            ],
            facts: [.lossFamily: "hinge"],
            expect: .fires(.warning)
        ),
        RuleExample(
            "the same while mel gets worse",
            [
                (.discriminatorLoss, "1.9 1.2 0.4 0.02x60"), (.adversarialLoss, "1.0 2.0x62"),
                (.reconstructionLoss(.mel), "0.4+0.01x63"),
            ],
            facts: [.lossFamily: "hinge"],
            expect: .fires(.error)
        ),
        RuleExample(
            "near 0 in any family while mel gets worse",
            [
                (.discriminatorLoss, "3.1 2.4 0.4 0.004x60"), (.adversarialLoss, "2.0 7.9x62"),
                (.reconstructionLoss(.mel), "0.4+0.01x63"),
            ],
            expect: .fires(.error)
        ),
        RuleExample(
            "near 0 in an unknown family while mel falls",
            [
                (.discriminatorLoss, "3.1 2.4 0.4 0.004x60"), (.adversarialLoss, "2.0 7.9x62"),
                (.reconstructionLoss(.mel), "1.2-0.01x63"),
            ],
            expect: .unmeasured
        ),
        RuleExample(
            "a plain GAN whose generator no longer gains",
            [(.discriminatorLoss, "1.38 0.6 0.1 0.01x60"), (.generatorLoss, "0.7 2.0 4.5+0.05x61")],
            facts: [.lossFamily: "bce"],
            expect: .fires(.error)
        ),
        RuleExample(
            "one record: every scale at 0 and an objective nothing explains",
            [
                (.totalLoss, "240"), (.reconstructionLoss(.unspecified), "1.3"), (.discriminatorLoss, "scale 1: 0.0"),
                (.discriminatorLoss, "scale 0.5: 0.0"), (.discriminatorLoss, "scale 0.25: 0.0"),
            ],
            every: 1,
            axis: .record,
            expect: .fires(.error)
        ),
        RuleExample(
            "one record: the objective is explained by the weight of mel",
            [
                (.totalLoss, "18"), (.reconstructionLoss(.mel), "0.4"), (.discriminatorLoss, "period: 0.0"),
                (.discriminatorLoss, "scale: 0.0"),
            ],
            every: 1,
            axis: .record,
            expect: .unmeasured
        ),
        RuleExample(
            "a warm-up with a very large reconstruction weight",
            [
                (.totalLoss, "300-10x12"), (.reconstructionLoss(.mel), "1.5-0.05x12"),
                (.discriminatorLoss, "period: 0.0x12"), (.discriminatorLoss, "scale: 0.0x12"),
            ],
            expect: .unmeasured
        ),
        RuleExample(
            "relativistic hinge at 0 with a large generator loss is healthy",
            [(.discriminatorLoss, "0.3 0.0x30"), (.generatorLoss, "12 17.5x30")],
            facts: [.lossFamily: "relativistic-hinge"],
            expect: .passes
        ),
        RuleExample(
            "low, not saturated",
            [(.discriminatorLoss, "2.0 0.9x40")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "not started: 0 and no adversarial term",
            [(.discriminatorLoss, "0.0x40"), (.adversarialLoss, "0.0x40"), (.generatorLoss, "1.4-0.01x40")],
            facts: [.lossFamily: "lsgan"],
            expect: .unmeasured
        ),
        RuleExample(
            "one epoch",
            [(.discriminatorLoss, "0.01")],
            facts: [.lossFamily: "hinge"],
            every: 1,
            axis: .epoch,
            expect: .tooShort
        ),
    ]
}

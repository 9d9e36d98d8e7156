import TrainingMetrics

extension HealthRule {
    /// A loss has left its best level far behind, suddenly or little by little, and has not come back.
    static let lossDiverging = HealthRule(
        RuleDescription(
            id: "OPT008",
            name: "loss-diverging",
            group: .optimization,
            severity: .error,
            summary: """
                The level of a reconstruction loss is 3 times its best level and above its first, or that of the whole \
                objective 10 times, however slowly it got there; or a loss of the game without bound has grown by 10 000 \
                times. An error from 5, 100 and 100 000 times on.
                """,
            rationale: """
                A loss that climbs a little with every batch never jumps, so no single value looks wrong; but the network \
                has unlearnt what it knew, and every hour since the best point was lost.
                """,
            causes: [
                "the learning rate is too high for this stage of the training",
                "the discriminator has won, and its gradients drive the generator away",
                "weights or optimiser moments were not restored after a resume",
                "a term without bound (commitment, feature matching, hinge) grows and pulls the others with it",
            ],
            advice: [
                "go back to the best checkpoint",
                "lower the learning rate by 3 to 10 times from there, and clip gradients",
                "look which term of the objective began to rise first: that one is at fault",
            ],
            parameters: [
                RuleParameter(
                    "reconstruction-warning",
                    3,
                    "multiple of the best level of a reconstruction loss",
                    source: "DeepChecker calls twice the minimum diverging; codec logs with phases need more room"
                ),
                RuleParameter(
                    "reconstruction-error",
                    5,
                    "the same as an error",
                    source: "no healthy labelled log reaches the warning"
                ),
                RuleParameter(
                    "total-warning",
                    10,
                    "multiple of the best level of the objective, whose terms may join late",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "total-error",
                    100,
                    "the same as an error",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "game-warning",
                    10_000,
                    "multiple of the least magnitude, or of 1, of the discriminator's and the adversarial loss",
                    source: "https://github.com/igul222/improved_wgan_training/issues/72: large throughout may be fine"
                ),
                RuleParameter(
                    "game-error",
                    100_000,
                    "the same as an error",
                    source: "https://github.com/martinarjovsky/WassersteinGAN/issues/77"
                ),
                RuleParameter("points", 20, "values needed", source: "20 blocks of at least one value"),
            ],
            calibration:
                "No healthy labelled log reaches a warning; a term that joins late raises a total 2 to 5 times.",
            references: ["thedeepchecker/thedeepchecker (diverging loss)", "shiningrain/AUTOTRAINER (unstable)"],
            examples: [
                RuleExample(
                    "an objective that grows by a tenth with every value",
                    [(.generatorLoss, "30x40 60 100 200 400 800 1500 3000 6000 12000 24000")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a mel loss that climbs back beyond its start",
                    [(.reconstructionLoss(.mel), "1.4-0.05x20 0.4x20 0.8+0.2x20")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "held-out audio alone",
                    [
                        (.reconstructionLoss(.mel), "1.2-0.02x40"),
                        (.reconstructionLoss(.mel), "validation: 1.3 1.0 0.8 0.6x17 0.9 1.5 3 5 8 12x15"),
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "two parts without a whole",
                    [
                        (.reconstructionLoss(.unspecified), "A: 1.2x20 9x20"),
                        (.reconstructionLoss(.unspecified), "B: 1.1x20 1.0x20"),
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a mel loss that rises when the discriminator joins",
                    [(.reconstructionLoss(.mel), "1.4-0.05x20 0.4x20 0.6x20")],
                    expect: .passes
                ),
                RuleExample(
                    "a critic that runs away",
                    [
                        (.discriminatorLoss, "-1x20 -50x20 -4000x20 -900000x20"),
                        (.adversarialLoss, "1x20 60x20 5000x20 2000000x20"),
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a critic whose losses are large throughout",
                    [(.discriminatorLoss, "-200000+100x60"), (.adversarialLoss, "100000x60")],
                    expect: .passes
                ),
                RuleExample("one explosion that passes", [(.totalLoss, "3x30 3000 3x30")], expect: .passes),
                RuleExample("falls steadily", [(.totalLoss, "9-0.1x60")], expect: .passes),
                RuleExample("a term joins late", [(.totalLoss, "2x30 9x30")], expect: .passes),
                RuleExample("an objective below zero", [(.totalLoss, "1-0.1x60")], expect: .passes),
                RuleExample("short", [(.totalLoss, "1x10")], expect: .tooShort),
                RuleExample("nothing to judge", [(.klLoss, "1x60")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let totals = [MetricRole.generatorLoss, .totalLoss].compactMap { run.history.series($0) }
        // Where only parts are logged (the two cycles of a CycleGAN), each is judged.
        let distances = MetricRole.ReconstructionKind.allCases.flatMap { kind in
            let wholes = [Split.train, .validation].compactMap {
                run.history.series(.reconstructionLoss(kind), onlyIn: $0)
            }
            return wholes.isEmpty ? run.history.all(.reconstructionLoss(kind)).filter { !$0.isEmpty } : wholes
        }
        let players = [MetricRole.discriminatorLoss, .adversarialLoss].compactMap { run.history.series($0) }
        let losses =
            totals.map { ($0, "total") } + distances.map { ($0, "reconstruction") } + players.map { ($0, "game") }
        guard !losses.isEmpty else {
            return .unmeasured(needs: [.role(.generatorLoss, "the objective, or a reconstruction loss")])
        }
        let points = Int(parameters["points"])
        let judged = losses.filter { $0.0.count >= points }
        guard !judged.isEmpty else {
            let longest = losses.map(\.0.count).max() ?? 0
            return .tooShort(Wording.count(points - longest, "more value"))
        }
        let findings = judged.compactMap { loss, kind -> Finding? in
            guard let divergence = kind == "game" ? Divergence(player: loss) : Divergence(loss),
                divergence.ratio >= parameters["\(kind)-warning"]
            else {
                return nil
            }
            let level = PlainNumber.text(divergence.level)
            return Finding(
                rule,
                severity: divergence.ratio >= parameters["\(kind)-error"] ? .error : .warning,
                confidence: .medium,
                episode: loss.episode(from: divergence.onset, axis: run.history.axis),
                message:
                    "\(loss.name) stands at \(level), \(PlainNumber.text(divergence.ratio)) times its best level of "
                    + "\(PlainNumber.text(divergence.best)) at \(Wording.place(loss, divergence.bestOffset, on: run.history.axis)).",
                evidence: [
                    Evidence("\(loss.name) over its best level", divergence.ratio, expected: "near 1"),
                    Evidence("\(loss.name), level of the last values", divergence.level),
                ],
                curve: FindingCurve(loss, upper: parameters["\(kind)-warning"] * divergence.best),
                subject: loss.name
            )
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    /// How far the end of a loss is above its best level, in medians of 20 blocks.
    private struct Divergence {
        let level: Double
        let best: Double
        let bestOffset: Int
        let onset: Int
        var ratio: Double { abs(level) / abs(best) }

        /// The same for a loss of either sign, by its magnitude; one below 1 counts as 1.
        init?(player loss: MetricSeries) {
            let curve = BlockCurve(loss, blocks: 20)
            let magnitudes = curve.medians.map { max(abs($0), 1) }
            guard let level = curve.medians.last(where: \.isFinite),
                let best = curve.medians.indices.filter({ curve.medians[$0].isFinite })
                    .min(by: { magnitudes[$0] < magnitudes[$1] })
            else { return nil }
            self.level = level
            self.best = curve.medians[best] < 0 ? -magnitudes[best] : magnitudes[best]
            bestOffset = curve.firstOffset(best)
            let halfway = (abs(level) * magnitudes[best]).squareRoot()
            let last = curve.medians.indices.last { curve.medians[$0].isFinite && magnitudes[$0] < halfway } ?? best
            onset = min(curve.firstOffset(last + 1), loss.count - 1)
        }

        /// `nil` where the end is no worse than the beginning, or a ratio means nothing (a level at or below zero).
        init?(_ loss: MetricSeries) {
            let curve = BlockCurve(loss, blocks: 20)
            let medians = curve.medians
            guard let level = medians.last(where: \.isFinite), let first = medians.first(where: \.isFinite),
                level > first,
                let best = medians.indices.filter({ medians[$0].isFinite }).min(by: { medians[$0] < medians[$1] }),
                medians[best] > 0
            else { return nil }
            self.level = level
            self.best = medians[best]
            bestOffset = curve.firstOffset(best)
            let halfway = (level * medians[best]).squareRoot()
            // The last block below the geometric middle: from there on the loss was on its way out.
            let last = medians.lastIndex { $0.isFinite && $0 < halfway } ?? best
            onset = min(curve.firstOffset(last + 1), loss.count - 1)
        }
    }
}

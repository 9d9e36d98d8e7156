import TrainingMetrics

extension HealthRule {
    /// A loss jumped by orders of magnitude.
    static let lossSpike = HealthRule(
        RuleDescription(
            id: "OPT002",
            name: "loss-spike",
            group: .optimization,
            severity: .warning,
            summary: """
                A loss rises to 10 times its level or more. An error from 100 times on when it stays there, comes back, \
                ends in NaN, or reaches 1000 times in a short log.
                """,
            rationale: """
                One bad batch is nothing; a jump by orders of magnitude that stays or returns means that weights or \
                features have left their range, and the optimiser's moments with them.
                """,
            causes: [
                "gradients are not clipped",
                "the learning rate is too high, or the warm-up after a resume too short",
                "a relative feature loss divides by features near zero",
                "a broken or extremely loud file in a batch",
                "the discriminator or the quantiser joined with too large a weight",
            ],
            advice: [
                "go back to the last checkpoint before the jump",
                "clip gradients (10 for the discriminator, 1000 or less for the generator)",
                "halve the learning rate, and warm it up after a resume",
                "add an epsilon to every denominator of a loss",
                "log the file names of the batch that caused it",
            ],
            parameters: [
                RuleParameter(
                    "warning",
                    10,
                    "multiple of the level around it",
                    source: "AcademiCodec#27, hifi-gan#143"
                ),
                RuleParameter(
                    "game-warning",
                    100,
                    "the same for adversarial, discriminator and feature losses, which spike in healthy runs",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "error",
                    100,
                    "multiple that is an error when it stays, returns or ends in NaN",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "explosion",
                    1000,
                    "multiple that is an error in a log of fewer than 50 values",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration:
                "Isolated spikes of a discriminator's loss reach 61 times its level in a healthy labelled log.",
            references: [
                "jik876/hifi-gan#143, TensorSpeech/TensorFlowTTS#186, yangdongchao/AcademiCodec#27",
                "descript-audio-codec clips the discriminator at 10 and the generator at 1000",
            ],
            examples: [
                RuleExample(
                    "two records, the second 10^5 times the first",
                    [(.adversarialLoss, "0.8 250000")],
                    every: 200,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a jump, then NaN",
                    [(.generatorLoss, "90 120 100 95 130 150 5e5 nanx3")],
                    every: 5,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "wild swings in the middle of a run",
                    [(.generatorLoss, "@7560+10: 50000 600 12000 40 21 1500 590 310")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "exploded and stayed there",
                    [(.totalLoss, "5x20 800 900x19")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one bad batch",
                    [(.totalLoss, "5x60 70 5x60")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a discriminator's isolated spike",
                    [(.discriminatorLoss, "0.8x60 48 0.8x60")],
                    expect: .passes
                ),
                RuleExample(
                    "a side term of small value",
                    [(.klLoss, "0.001x30 0.27 0.05 0.002x30"), (.otherLoss, "0.002x30 0.3 0.002x32")],
                    expect: .passes
                ),
                RuleExample(
                    "huge at the start, then falling",
                    [(.totalLoss, "60000 900 40 20 15 12x20")],
                    expect: .passes
                ),
                RuleExample("huge and constant", [(.totalLoss, "1.41e5 1.78e5 1.41e5 1.37e5 1.44e5")], expect: .passes),
                RuleExample(
                    "the adversarial term is switched on",
                    [(.adversarialLoss, "0x40 2.1 2x40")],
                    expect: .passes
                ),
                RuleExample(
                    "a negative objective",
                    [(.totalLoss, "1 0.2 0.5 -0.4 -0.8 -0.9 0.2 -0.7 -1.4 -0.9")],
                    expect: .passes
                ),
                RuleExample("a seconds-per-step column is no loss", [(.stepTime, "585 0.4x20")], expect: .unmeasured),
                RuleExample("one value", [(.totalLoss, "5")], expect: .tooShort),
            ]
        )
    ) { run, parameters, rule in
        let losses = run.history.series.filter { $0.role.isLoss && !$0.isDerived }
        guard !losses.isEmpty else { return .unmeasured(needs: [.role(.totalLoss, "any loss")]) }
        guard losses.contains(where: { $0.count >= 2 }) else { return .tooShort("a second value of a loss") }

        let jumps = losses.compactMap { LossJump($0, in: run, parameters) }
        let findings = clusters(of: jumps).prefix(3).map { finding(rule, of: $0, on: run.history.axis) }
        return findings.isEmpty ? .pass : .findings(Array(findings))
    }

    /// Jumps that begin together, the worst cluster first; in each the worst jump first.
    private static func clusters(of jumps: [LossJump]) -> [[LossJump]] {
        let order = { (jump: LossJump) in (jump.severity == .error ? 0 : 1, jump.isWhole ? 1 : 0, -jump.ratio) }
        var clusters: [[LossJump]] = []
        for jump in jumps.sorted(by: { order($0) < order($1) }) {
            if let index = clusters.firstIndex(where: { $0[0].coincides(with: jump) }) {
                clusters[index].append(jump)
            } else {
                clusters.append([jump])
            }
        }
        return clusters
    }

    private static func finding(_ rule: RuleDescription, of cluster: [LossJump], on axis: StepAxis) -> Finding {
        let jump = cluster[0]
        let others = cluster.dropFirst().prefix(2).map(\.series.name)
        var message =
            "\(jump.series.name) jumped from \(PlainNumber.text(jump.level)) to \(PlainNumber.text(jump.peak)) "
            + "(\(PlainNumber.text(jump.ratio)) times its level) at \(Wording.place(jump.series, jump.peakOffset, on: axis))"
        if !others.isEmpty { message += ", and \(Wording.list(others)) with it" }
        switch jump.aftermath {
        case .stayed: message += "; it has stayed there"
        case .nonFinite: message += "; it ended in NaN"
        case .recurred: message += "; it came back"
        case .recovered: message += "; it recovered"
        case .unknown: break
        }
        return Finding(
            rule,
            severity: jump.severity,
            confidence: jump.severity == .error && jump.ratio >= 1000 ? .high : .medium,
            episode: jump.episode(on: axis),
            message: message + ".",
            evidence: cluster.prefix(3).map {
                Evidence("\($0.series.name) over its level", $0.ratio, expected: "below 10")
            },
            curve: FindingCurve(jump.series, upper: 10 * jump.level),
            subject: jump.series.name
        )
    }
}

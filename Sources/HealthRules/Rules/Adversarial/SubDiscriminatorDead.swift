import TrainingMetrics

extension HealthRule {
    /// ADV008: one sub-discriminator does not learn while the others do.
    static let subDiscriminatorDead = HealthRule(
        RuleDescription(
            id: "ADV008",
            name: "sub-discriminator-dead",
            group: .adversarial,
            severity: .warning,
            summary: """
                One sub-discriminator's loss stays at or above its blind constant while the median of the others is \
                clearly below. An error where it hardly moves at all.
                """,
            rationale: """
                The mean or sum of all sub-discriminators hides one that is dead: nobody judges what it was to look at, \
                be it high frequencies, a period or a resolution, and its gradient is noise to the generator.
                """,
            causes: [
                "its parameters are not in the optimiser, or it is left out of the loss that is stepped",
                "its final layer is 0, or its logits are so small that its gradients vanish",
                "its input is empty: a band without energy, a segment shorter than its field of view",
                "it looks at what the generator already does right",
            ],
            advice: [
                "compare the names of its parameters with those the optimiser owns",
                "train it alone on frozen decoder output: 'codec-doctor probe discriminator'",
                "look at its input: level, length and band",
            ],
            parameters: [
                RuleParameter(
                    "alive",
                    0.9,
                    "share of the constant the others must be below",
                    source: "the sub-d-dead rule's table"
                ),
                RuleParameter(
                    "dead",
                    0.98,
                    "share of the constant it must be at or above",
                    source: "2 % tolerance of the family"
                ),
                RuleParameter(
                    "still",
                    0.01,
                    "distance of the outer quartiles as a share of the constant that is no movement",
                    source: "a network that is trained varies by several percent from batch to batch"
                ),
            ],
            references: [
                "facebookresearch/audiocraft and gemelo-ai/vocos average over sub-discriminators",
                "jishengpeng/WavTokenizer c5b2e51",
            ],
            examples: [
                RuleExample(
                    "one of three stands still",
                    [
                        (.discriminatorRealLoss, "period 2: 0.3x12 0.14x60"),
                        (.discriminatorFakeLoss, "period 2: 0.3x12 0.15x60"),
                        (.discriminatorRealLoss, "period 3: 0.3x12 0.16x60"),
                        (.discriminatorFakeLoss, "period 3: 0.3x12 0.14x60"),
                        (.discriminatorRealLoss, "STFT 512: 0.98x72"), (.discriminatorFakeLoss, "STFT 512: 0.0001x72"),
                    ],
                    facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "3"],
                    every: 100,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one of three is behind",
                    [
                        (.discriminatorLoss, "a: 1.9x12 1.2x60"), (.discriminatorLoss, "b: 1.9x12 1.3x60"),
                        (
                            .discriminatorLoss,
                            "c: 1.99 2.06x9 1.95 2.1 2.0 2.07 1.98 2.09 2.03 1.96x3 2.08x20 1.99x30 2.07x2"
                        ),
                    ],
                    facts: [.lossFamily: "hinge", .reduction: "mean", .subDiscriminators: "3"],
                    every: 100,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "all of them learn",
                    [
                        (.discriminatorLoss, "a: 1.9x12 1.2x60"), (.discriminatorLoss, "b: 1.9x12 1.3x60"),
                        (.discriminatorLoss, "c: 1.9x12 1.6x60"),
                    ],
                    facts: [.lossFamily: "hinge", .reduction: "mean", .subDiscriminators: "3"],
                    every: 100,
                    expect: .passes
                ),
                RuleExample(
                    "none of them learns: another rule's case",
                    [
                        (.discriminatorLoss, "a: 2x72"), (.discriminatorLoss, "b: 2x72"),
                        (.discriminatorLoss, "c: 2x72"),
                    ],
                    facts: [.lossFamily: "hinge", .reduction: "mean", .subDiscriminators: "3"],
                    every: 100,
                    expect: .passes
                ),
                RuleExample(
                    "only the whole",
                    [(.discriminatorLoss, "1.9x40")],
                    facts: [.lossFamily: "hinge"],
                    expect: .unmeasured
                ),
            ]
        )
    ) { run, parameters, rule in
        guard let family = run.facts.lossFamily else {
            return .unmeasured(needs: [
                .fact(.lossFamily, "one of \(LossFamily.allCases.map(\.rawValue).joined(separator: ", "))")
            ])
        }
        let curves = SubDiscriminatorCurves.all(run)
        guard curves.count >= 2 else {
            return .unmeasured(needs: [.role(.discriminatorLoss, "the loss of every sub-discriminator")])
        }
        guard ![.wgan, .relativisticLSGAN, .relativisticHinge].contains(family) else { return .pass }
        let blind = BlindConstants(family: family, isHalved: run.facts.isDiscriminatorLossHalved).discriminator
        let start = run.history.series(.discriminatorLoss).flatMap { loss -> Int64? in
            if case .since(let start) = DiscriminatorStart(loss, in: run) { return start }
            return nil
        }
        let windows = curves.map { (name: $0.name, window: JudgedWindow($0.series, in: run, since: start ?? 0)) }
        guard windows.allSatisfy({ $0.window.maturity == .plenty }) else {
            return .tooShort(
                windows.first { $0.window.maturity < .plenty }?.window.shortage(until: 10) ?? "more values"
            )
        }
        let levels = windows.map { RobustStatistics.median($0.window.values) }
        let findings = windows.indices.compactMap { index -> Finding? in
            let others = levels.indices.filter { $0 != index }.map { levels[$0] }
            let isDead = { (loss: Double) in loss >= parameters["dead"] * blind }
            guard isDead(levels[index]), RobustStatistics.median(others) < parameters["alive"] * blind,
                let onset = windows[index].window.onset(where: isDead)
            else { return nil }
            let window = windows[index].window
            let isStill = RobustStatistics.interquartileRange(window.values) < parameters["still"] * blind
            let episode = window.episode(from: onset)
            return Finding(
                rule,
                severity: isStill ? .error : .warning,
                confidence: isStill ? .high : .low,
                episode: episode,
                message:
                    "Sub-discriminator \(windows[index].name) does not learn: its loss is \(PlainNumber.text(levels[index])) where "
                    + "a constant answer gives \(PlainNumber.text(blind)) and the others have "
                    + "\(PlainNumber.text(RobustStatistics.median(others))), \(episode.since(run.history.axis)).",
                evidence: [
                    Evidence(
                        "loss of \(windows[index].name), recent median",
                        levels[index],
                        expected: "below \(PlainNumber.text(0.95 * blind))"
                    ),
                    Evidence("median of the other sub-discriminators", RobustStatistics.median(others)),
                ],
                curve: FindingCurve(window.series, upper: 0.95 * blind),
                subject: windows[index].name
            )
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }
}

import TrainingMetrics

extension HealthRule {
    /// ADV009: the discriminator is right about one side only.
    static let realFakeAsymmetry = HealthRule(
        RuleDescription(
            id: "ADV009",
            name: "real-fake-asymmetry",
            group: .adversarial,
            severity: .warning,
            summary: "One of the discriminator's two terms is more than four times the other, throughout.",
            rationale: """
                A discriminator that is content with one side and wrong about the other has moved its threshold instead of \
                learning a difference: it calls nearly everything real, or nearly everything decoded.
                """,
            causes: [
                "the discriminator is biased to one class: its logits carry an offset and little else",
                "one of the two terms is scaled or averaged differently, or has the wrong label",
                "normalisation over a batch that mixes real and decoded audio",
            ],
            advice: [
                "log the mean logits on both sides, and their spread",
                "check that both terms are averaged over positions and sub-discriminators alike",
            ],
            parameters: [
                RuleParameter(
                    "asymmetry",
                    0.6,
                    "|real - decoded| over their sum",
                    source: "ParallelWaveGAN's logs; to be calibrated"
                )
            ],
            calibration: "Not calibrated on faulty runs.",
            references: ["kan-bayashi/ParallelWaveGAN"],
            examples: [
                RuleExample(
                    "only decoded audio is judged rightly",
                    [(.discriminatorRealLoss, "0.9x40"), (.discriminatorFakeLoss, "0.05x40")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "balanced",
                    [(.discriminatorRealLoss, "0.3x40"), (.discriminatorFakeLoss, "0.22x40")],
                    expect: .passes
                ),
                RuleExample(
                    "both next to nothing",
                    [(.discriminatorRealLoss, "1e-4x40"), (.discriminatorFakeLoss, "1e-6x40")],
                    expect: .passes
                ),
                RuleExample("only the sum", [(.discriminatorLoss, "1.2x40")], expect: .unmeasured),
                RuleExample(
                    "one value",
                    [(.discriminatorRealLoss, "0.9"), (.discriminatorFakeLoss, "0.05")],
                    expect: .tooShort
                ),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let real = run.history.series(.discriminatorRealLoss, onlyIn: .train),
            let decoded = run.history.series(.discriminatorFakeLoss, onlyIn: .train)
        else {
            return .unmeasured(needs: [
                .role(.discriminatorRealLoss, "the discriminator's terms on real and on decoded audio")
            ])
        }
        let rows = AlignedSamples(real, [decoded])
        guard rows.count > 0, let start = real.start else { return .tooShort("both terms at one position") }
        // Both next to 0 is a discriminator that has won, whichever is the smaller.
        let least = 0.02 * (run.blind?.discriminator ?? 1)
        let values = zip(rows.baseValues, rows.columns[0]).map { real, decoded in
            real + decoded > least ? (real - decoded) / (real + decoded) : 0
        }
        let share = rows.derived(name: "asymmetry of the discriminator's terms", role: .unknown, values: values)
        let window = JudgedWindow(share, in: run, since: start)
        guard window.maturity == .plenty else { return .tooShort(window.shortage(until: 10)) }
        let level = RobustStatistics.median(window.values)
        let isOneSided = { (value: Double) in value * level > 0 && abs(value) > parameters["asymmetry"] }
        guard window.holds(where: isOneSided), let onset = window.onset(where: isOneSided) else { return .pass }
        let episode = window.episode(from: onset)
        let worse = level > 0 ? "real" : "decoded"
        return .findings([
            Finding(
                rule,
                confidence: .low,
                episode: episode,
                message:
                    "The discriminator is wrong about \(worse) audio only: its terms differ by "
                    + "\(PlainNumber.percent(abs(level))) of their sum, \(episode.since(run.history.axis)).",
                evidence: [Evidence("asymmetry of its terms, recent median", level, expected: "-0.6 to 0.6")],
                curve: FindingCurve(level > 0 ? real : decoded)
            )
        ])
    }
}

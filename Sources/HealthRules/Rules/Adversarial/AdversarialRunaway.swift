import TrainingMetrics

extension HealthRule {
    /// ADV010: the generator's adversarial term climbs without end.
    static let adversarialRunaway = HealthRule(
        RuleDescription(
            id: "ADV010",
            name: "adversarial-runaway",
            group: .adversarial,
            severity: .warning,
            summary: """
                The generator's adversarial term of a plain hinge or Wasserstein loss, which has no upper bound, rises \
                from window to window and is above 3 per sub-discriminator.
                """,
            rationale: """
                These losses are a mean logit, and a logit that drifts away says that the discriminator grows instead of \
                judging: gradients grow with it until something overflows.
                """,
            causes: [
                "the discriminator's logits drift: no gradient penalty, no normalisation, a high learning rate",
                "the generator loses and never gains on the discriminator",
            ],
            advice: [
                "add R1 or a gradient penalty to the discriminator, or spectral normalisation",
                "lower the discriminator's learning rate and clip its gradient",
            ],
            parameters: [
                RuleParameter(
                    "level",
                    3,
                    "median of the last window, per sub-discriminator",
                    source: "to be calibrated"
                )
            ],
            calibration: "Not calibrated.",
            references: ["identity: G's plain hinge loss is minus the mean logit"],
            examples: [
                RuleExample(
                    "climbs",
                    [(.discriminatorLoss, "1.4x200"), (.adversarialLoss, "0.1+0.05x200")],
                    facts: [.lossFamily: "hinge"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "level",
                    [(.discriminatorLoss, "1.4x200"), (.adversarialLoss, "3.5x200")],
                    facts: [.lossFamily: "hinge"],
                    expect: .passes
                ),
                RuleExample(
                    "bounded by its family",
                    [(.discriminatorLoss, "1.4x200"), (.adversarialLoss, "0.1+0.05x200")],
                    facts: [.lossFamily: "lsgan", .reduction: "mean"],
                    expect: .passes
                ),
                RuleExample("no family", [(.adversarialLoss, "0.1+0.05x200")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let family = run.facts.lossFamily else {
            return .unmeasured(needs: [
                .fact(.lossFamily, "one of \(LossFamily.allCases.map(\.rawValue).joined(separator: ", "))")
            ])
        }
        guard let curve = AdversarialGame.adversarialCurve(run), let start = curve.start else {
            return .unmeasured(needs: [.role(.adversarialLoss, "the generator's adversarial term")])
        }
        guard family == .hinge || family == .wgan else { return .pass }
        let window = JudgedWindow(curve, in: run, since: start)
        let length = window.judged.count / 3
        guard length >= 20 else { return .tooShort(window.shortage(until: 60)) }
        let medians = (0..<3).map { block in
            let first = window.judged.upperBound - (3 - block) * length
            return RobustStatistics.median(window.slice(first..<first + length))
        }
        let terms = run.facts.summedTerms
        guard medians[2] > parameters["level"] * terms, medians[1] > 1.2 * medians[0], medians[2] > 1.2 * medians[1]
        else {
            return .pass
        }
        let episode = window.episode(from: window.judged.upperBound - 3 * length)
        return .findings([
            Finding(
                rule,
                confidence: .low,
                episode: episode,
                message:
                    "The generator's adversarial term climbs: \(PlainNumber.text(medians[0])), "
                    + "\(PlainNumber.text(medians[1])), \(PlainNumber.text(medians[2])) in three stretches.",
                evidence: [
                    Evidence(
                        "adversarial term, last third",
                        medians[2],
                        expected: "below \(PlainNumber.text(parameters["level"] * terms))"
                    )
                ],
                curve: FindingCurve(curve)
            )
        ])
    }
}

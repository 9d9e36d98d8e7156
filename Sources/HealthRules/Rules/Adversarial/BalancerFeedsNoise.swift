import TrainingMetrics

extension HealthRule {
    /// ADV016: a gradient balancer gives a blind discriminator its full share of the gradient.
    static let balancerFeedsNoise = HealthRule(
        RuleDescription(
            id: "ADV016",
            name: "balancer-feeds-noise",
            group: .adversarial,
            severity: .error,
            summary: """
                The gradients of the objective's terms are balanced, and the discriminator is blind (ADV001 or ADV003).
                """,
            rationale: """
                A balancer scales every term's gradient to its share, however small it was. A blind discriminator's \
                gradient is noise; with audiocraft's weights, adversarial and feature matching, it makes up 79 % of what \
                the generator learns from.
                """,
            causes: [
                "the discriminator does not learn, and the balancer amplifies what comes from it",
                "the balancer was added to a recipe whose discriminator had never worked",
            ],
            advice: [
                "cure the discriminator first: everything ADV001 advises",
                "leave the adversarial and the feature matching term out of the balancer until the discriminator learns",
                "log the norm of each term's gradient in front of the balancer",
            ],
            calibration: "No public log of it. The shares are arithmetic; in preview until a run shows it.",
            references: [
                "facebookresearch/audiocraft: losses/balancer.py and config/solver/compression (adv 4, feat 4, l1 0.1, msspec 2)",
                "Defossez et al. 2022, High Fidelity Neural Audio Compression (arXiv 2210.13438), section 3.4",
            ],
            examples: [
                RuleExample(
                    "blind since the beginning, balanced",
                    [
                        (.discriminatorLoss, "2x60"), (.adversarialLoss, "0.001x60"),
                        (.featureMatchingLoss, "0.004x60"), (.reconstructionLoss(.mel), "2x60"),
                    ],
                    facts: [.lossFamily: "hinge", .reduction: "mean", .balancer: "true"],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "blind, but the terms are added up",
                    [(.discriminatorLoss, "2x60"), (.adversarialLoss, "0.001x60")],
                    facts: [.lossFamily: "hinge", .reduction: "mean", .balancer: "false"],
                    expect: .passes
                ),
                RuleExample(
                    "balanced, with a discriminator that works",
                    [(.discriminatorLoss, "1.9-0.01x60"), (.adversarialLoss, "0.3x60")],
                    facts: [.lossFamily: "hinge", .reduction: "mean", .balancer: "true"],
                    expect: .passes
                ),
                RuleExample(
                    "blind, and nothing said about a balancer",
                    [(.discriminatorLoss, "2x60"), (.adversarialLoss, "0.001x60")],
                    facts: [.lossFamily: "hinge", .reduction: "mean"],
                    expect: .unmeasured
                ),
                RuleExample("no discriminator", [(.totalLoss, "1x60")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, _, rule in
        var blind: [Finding] = []
        var other: RuleOutcome?
        for judge in [HealthRule.discriminatorBlind, .discriminatorZeroLogit] {
            switch judge.evaluate(run) {
            case .findings(let findings): blind += findings.filter { $0.severity > .info }
            case .pass: break
            case .unmeasured(let needs): other = other ?? .unmeasured(needs: needs)
            case .tooShort(let missing): other = .tooShort(missing)
            }
        }
        guard let worst = blind.max(by: { $0.severity < $1.severity }) else { return other ?? .pass }
        guard let fact = run.facts[.balancer] else {
            return .unmeasured(needs: [.fact(.balancer, "whether a balancer rescales the gradients of the terms")])
        }
        guard fact.value == "true" else { return .pass }
        return .findings([
            Finding(
                rule,
                severity: worst.severity,
                confidence: worst.confidence,
                episode: worst.episode,
                message:
                    "The gradients are balanced while the discriminator is blind \(worst.episode.since(run.history.axis)): "
                    + "its noise is scaled up to its full share.",
                evidence: worst.evidence,
                curve: worst.curve
            )
        ])
    }
}

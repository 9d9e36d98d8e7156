import TrainingMetrics

extension HealthRule {
    /// PRB006: trained alone, the discriminator does not learn.
    static let discriminationFloor = HealthRule(
        RuleDescription(
            id: "PRB006",
            name: "discrimination-floor",
            group: .probe,
            severity: .warning,
            summary: """
                A probe trained the discriminator alone on fixed real and fixed decoded audio, and it did not learn to \
                tell them apart. An info where it learns, but slowly.
                """,
            rationale: """
                A network that cannot separate two fixed sets of audio, without any opponent, has no chance in the \
                game. This is the definitive test of a blind discriminator: it tells a network at fault from a \
                training loop at fault.
                """,
            causes: [
                "logits and gradients vanish on their way through the layers (initialisation, no normalisation)",
                "the learning rate is too low for the network's gains",
                "grouped layers or scales keep out what tells the two sets apart",
                "the weights are dead: all zero, saturated or not finite",
            ],
            advice: [
                "look at what the probe changed to make it learn: the report lists every change it tried",
                "use weight normalisation or a gain-aware initialisation, then probe again",
                "compare with a network that is known to learn: 'codec-doctor probe discriminator --arch dac'",
            ],
            parameters: [
                RuleParameter(
                    "gap",
                    0.05,
                    "mean logit on real less that on decoded audio below which a slow network counts as unable",
                    source: "diagnostic proposal: a hinge loss of 1.95 or more"
                )
            ],
            calibration: """
                The verdict is the probe's: unable stays at the blind value, slow leaves it without separating unheard \
                audio within the measured steps. More steps or other audio may change it.
                """,
            references: [
                "https://arxiv.org/abs/2204.00694 (TheDeepChecker: fit a single batch first)",
                "https://arxiv.org/abs/1406.2661 (the discriminator of a fixed generator)",
            ],
            examples: examplesOfDiscriminationFloor
        )
    ) { run, parameters, rule in
        ProbedNetworks.judge(run, needs: .measurement, where: { $0.isLearningDecided }) { probe in
            guard let learning = probe.learning, learning.verdict != .able else { return nil }
            let isUnable =
                learning.verdict == .unable || (learning.leftBlindAt == nil && !(learning.gap >= parameters["gap"]))
            let steps = Wording.count(learning.steps, "step")
            let left = learning.leftBlindAt.map { "left the blind value after \(Wording.count($0, "step"))" }
            var message = "Trained alone for \(steps), the discriminator "
            message += left ?? (isUnable ? "never left the blind value" : "moved off the blind value")
            message += isUnable ? (left == nil ? "" : " and learnt nothing") : " but was not done"
            message +=
                ": on unheard audio its logits on real and decoded differ by \(PlainNumber.text(learning.gap)) and it "
                + "judges \(PlainNumber.percent(learning.heldOutAccuracy)) rightly"
            let remedies = learning.remedy.map { ["change what made it learn when the probe tried it: \($0)"] } ?? []
            return Finding(
                rule,
                severity: isUnable ? .warning : .info,
                confidence: isUnable ? .high : .medium,
                episode: ProbedNetworks.episode(run),
                message: message + ".",
                evidence: [
                    Evidence("logit gap on held-out audio", learning.gap, expected: "above 0.05"),
                    Evidence(
                        "held-out audio judged rightly",
                        100 * learning.heldOutAccuracy,
                        unit: "%",
                        expected: "clearly above 50 %"
                    ),
                ],
                advice: remedies.isEmpty ? [] : remedies + rule.advice.map(\.text),
                subject: probe.subject
            )
        }
    }

    private static func example(_ verdict: ProbeEvidence.Learning.Verdict, remedy: String? = nil) -> [ProbeEvidence] {
        var probe = ProbeEvidence.example()
        probe.learning = .example(verdict)
        probe.learning?.remedy = remedy
        return [probe]
    }

    private static let examplesOfDiscriminationFloor: [RuleExample] = [
        RuleExample("200 steps at the blind value", probes: example(.unable), expect: .fires(.warning)),
        RuleExample(
            "unable, and a change of the learning rate helped",
            probes: example(.unable, remedy: "learning rate × 10"),
            expect: .fires(.warning)
        ),
        RuleExample("it moves, but slowly", probes: example(.slow), expect: .fires(.info)),
        RuleExample("it learns", probes: example(.able), expect: .passes),
        RuleExample("too few steps to tell", probes: example(.undecided), expect: .unmeasured),
        RuleExample("only its layers were looked at", probes: [.example()], expect: .unmeasured),
        RuleExample("no probe saved", expect: .unmeasured),
    ]
}

import TrainingMetrics

extension HealthRule {
    /// PRB005: discriminator and generator differ greatly in size.
    static let dGImbalance = HealthRule(
        RuleDescription(
            id: "PRB005",
            name: "d-g-imbalance",
            group: .probe,
            severity: .info,
            summary: "The discriminator has more than ten times the generator's parameters, or less than a tenth.",
            rationale: """
                Good to know when the game tips: the larger network tends to win. The count alone decides nothing.
                """,
            causes: ["one network was scaled without the other"],
            advice: [
                "leave it while both learn",
                "shrink the discriminator or lower its learning rate if it wins (rule discriminator-saturated)",
            ],
            parameters: [
                RuleParameter(
                    "ratio",
                    10,
                    "how many times as large one may be as the other",
                    source: "proposal; EnCodec 1/52 (five scales: 1/31), DAC 0.6, HiFi-GAN V1 5, V2 76 all train well"
                )
            ],
            calibration: """
                Networks that are known to train well lie outside (EnCodec, HiFi-GAN V2), so this never is more than \
                an info.
                """,
            references: [
                "https://github.com/facebookresearch/encodec", "https://github.com/jik876/hifi-gan",
                "https://github.com/descriptinc/descript-audio-codec",
            ],
            examples: examplesOfDGImbalance
        )
    ) { run, parameters, rule in
        // The generator's own probe knows its size where the discriminator's does not.
        let generator = run.probes.first { $0.kind == .codec }?.parameterCount
        func opponent(_ probe: ProbeEvidence) -> Int? { probe.opponentParameterCount ?? generator }
        return ProbedNetworks.judge(
            run,
            needs: .generator,
            where: { $0.parameterCount > 0 && (opponent($0) ?? 0) > 0 }
        ) { probe in
            let ratio = Double(probe.parameterCount) / Double(opponent(probe) ?? 1)
            let limit = parameters["ratio"]
            guard ratio > limit || ratio < 1 / limit else { return nil }
            return Finding(
                rule,
                confidence: .low,
                episode: ProbedNetworks.episode(run),
                message: "The discriminator has \(PlainNumber.text(ratio)) times as many parameters as the generator "
                    + "(\(probe.parameterCount) and \(opponent(probe) ?? 0)).",
                evidence: [
                    Evidence(
                        "discriminator's parameters over generator's",
                        ratio,
                        expected: "\(PlainNumber.text(1 / limit)) to \(PlainNumber.text(limit))"
                    )
                ],
                subject: probe.subject
            )
        }
    }

    private static func example(_ parameters: Int, against opponent: Int?) -> ProbeEvidence {
        var probe = ProbeEvidence.example()
        probe.parameterCount = parameters
        probe.opponentParameterCount = opponent
        return probe
    }

    private static let generator = ProbeEvidence(
        kind: .codec,
        subject: "a generator",
        weights: .initial,
        parameterCount: 14_851_810
    )

    private static let examplesOfDGImbalance: [RuleExample] = [
        RuleExample(
            "HiFi-GAN's discriminators against its smallest generator",
            probes: [example(70_724_591, against: 925_000)],
            expect: .fires(.info)
        ),
        RuleExample(
            "EnCodec: the generator is known from its own probe",
            probes: [example(283_398, against: nil), generator],
            expect: .fires(.info)
        ),
        RuleExample("DAC", probes: [example(42_519_760, against: 76_651_330)], expect: .passes),
        RuleExample("the generator's size is not known", probes: [.example()], expect: .unmeasured),
        RuleExample("no probe saved", expect: .unmeasured),
    ]
}

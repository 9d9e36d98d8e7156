import TrainingMetrics

extension HealthRule {
    /// PRB002: the logits hardly depend on the input.
    static let logitScaleInit = HealthRule(
        RuleDescription(
            id: "PRB002",
            name: "logit-scale-init",
            group: .probe,
            severity: .warning,
            summary: """
                The logits of a sub-discriminator hardly change from one input to another, or are the same for speech \
                and for noise.
                """,
            rationale: """
                What the logits do not show cannot be learnt from: gradients are as small as the dependence on the \
                input, and a bias decides. Small logits alone are normal before training; a working network leaves \
                them within some hundred steps.
                """,
            causes: [
                "gains below 1 in every layer multiply: default initialisation, many layers",
                "the gain of a weight-normalised layer, or the last layer, is 0",
                "the input is silent, or scaled to nothing on its way in",
            ],
            advice: [
                "measure whether it learns all the same: 'codec-doctor probe discriminator --save --run'",
                "initialise by the activation's gain (He), or raise the gain g of weight-normalised layers",
                "normalise the input's level, as DAC does",
            ],
            parameters: [
                RuleParameter(
                    "dead",
                    1e-5,
                    "spread of the logits over different inputs below which nothing reaches them, if it is so in all parts",
                    source: "below the weakest sub-discriminators known to train, as initialised: EnCodec 1.3e-5"
                ),
                RuleParameter(
                    "dead-part",
                    1e-6,
                    "the same for a single sub-discriminator beside others that see more",
                    source: "ten times under the weakest sub-discriminators known to train, as initialised"
                ),
                RuleParameter(
                    "small",
                    1e-3,
                    "spread below which it is mentioned",
                    source: "diagnostic proposal; known-good networks start there too"
                ),
                RuleParameter(
                    "identical",
                    1e-7,
                    "distance of the mean logits on speech and noise, relative to their size, that is none",
                    source: "resolution of 32-bit numbers"
                ),
            ],
            calibration: """
                Measured as initialised, the weakest part of each: DAC 2e-4, BigVGAN 1e-4, MelGAN 6e-5, HiFi-GAN \
                1.5e-5, EnCodec 1.3e-5; so such spreads are an info. Not \
                proven to predict blindness: confidence is low, and a network that a probe saw learn is only an info.
                """,
            references: [
                "https://arxiv.org/abs/1502.01852 (gain of rectified layers)",
                "https://github.com/descriptinc/descript-audio-codec (dac/model/discriminator.py: preprocess)",
            ],
            examples: examplesOfLogitScaleInit
        )
    ) { run, parameters, rule in
        ProbedNetworks.judge(run, needs: .measurement, where: { !$0.logits.isEmpty }) { probe in
            func isIdentical(_ part: ProbeEvidence.Logits) -> Bool {
                !(part.speechFromNoise > parameters["identical"] * max(abs(part.mean), part.spread))
            }
            let isAllDead = probe.logits.allSatisfy { !($0.spread >= parameters["dead"]) }
            let floor = parameters[isAllDead ? "dead" : "dead-part"]
            let dead = probe.logits.filter { !($0.spread >= floor) || isIdentical($0) }
            let small = probe.logits.filter { $0.spread < parameters["small"] }
            guard let worst = (dead.isEmpty ? small : dead).min(by: { $0.spread < $1.spread }) else { return nil }
            let names = (dead.isEmpty ? small : dead).map(\.part)
            let parts = ProbedNetworks.parts(names, of: probe.logits.count)
            let spread = PlainNumber.text(worst.spread)
            var message =
                isIdentical(worst)
                ? "The logits do not tell speech from noise in \(parts): "
                    + "the means differ by \(PlainNumber.text(worst.speechFromNoise)), the spread over inputs is \(spread)"
                : "The logits \(dead.isEmpty ? "change little" : "hardly change") with the input in \(parts): "
                    + "their spread over inputs is \(spread)"
            if dead.isEmpty {
                message += ", as in some networks that are known to train well"
            } else if probe.isProvenAble {
                message += "; yet it learns when a probe trains it alone"
            }
            return Finding(
                rule,
                severity: dead.isEmpty || probe.isProvenAble ? .info : .warning,
                confidence: .low,
                episode: ProbedNetworks.episode(run),
                message: message + ".",
                evidence: [
                    Evidence(
                        "spread of logits over inputs",
                        worst.spread,
                        expected: "above \(PlainNumber.text(dead.isEmpty ? parameters["small"] : floor))"
                    ),
                    Evidence("mean logit on speech less that on noise", worst.speechFromNoise, expected: "not 0"),
                ],
                subject: probe.subject
            )
        }
    }

    private static func example(
        _ spread: Double,
        _ speechFromNoise: Double,
        _ verdict: ProbeEvidence.Learning.Verdict? = nil
    ) -> [ProbeEvidence] {
        var probe = ProbeEvidence.example()
        probe.logits = [
            .init(part: "scale 0", mean: 0.02, spread: 0.01, speechFromNoise: 0.01),
            .init(part: "scale 1", mean: -0.005, spread: spread, speechFromNoise: speechFromNoise),
        ]
        probe.learning = verdict.map { .example($0) }
        return [probe]
    }

    private static let examplesOfLogitScaleInit: [RuleExample] = [
        RuleExample("a part with a spread of 1e-7", probes: example(1e-7, 1e-7), expect: .fires(.warning)),
        RuleExample("the same logit for speech and noise", probes: example(0.01, 0), expect: .fires(.warning)),
        RuleExample("logits that are NaN", probes: example(.nan, .nan), expect: .fires(.warning)),
        RuleExample(
            "a part with a spread of 1e-7 that learns",
            probes: example(1e-7, 1e-7, .able),
            expect: .fires(.info)
        ),
        RuleExample("a spread of 1.3e-5, as EnCodec's", probes: example(1.3e-5, 2e-5), expect: .fires(.info)),
        RuleExample("a spread of 0.01", probes: example(0.01, 0.02), expect: .passes),
        RuleExample(
            "5e-6 in the only part",
            probes: example(5e-6, 5e-6).map { probe -> ProbeEvidence in
                var probe = probe
                probe.logits.removeFirst()
                return probe
            },
            expect: .fires(.warning)
        ),
        RuleExample("no probe saved", expect: .unmeasured),
        RuleExample("a probe that ran nothing", probes: [.example()], expect: .unmeasured),
    ]
}

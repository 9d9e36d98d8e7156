import TrainingMetrics

extension HealthRule {
    /// PRB001: grouped layers keep channels apart.
    static let groupedNoMixing = HealthRule(
        RuleDescription(
            id: "PRB001",
            name: "grouped-no-mixing",
            group: .probe,
            severity: .warning,
            summary: """
                No layer before the head mixes all channels: the discriminator is a bundle of isolated towers. An info \
                where a layer before the head does mix them.
                """,
            rationale: """
                A grouped layer sees only the channels of its own group. Towers that never exchange channels cannot \
                compare what they hear; only the head adds up their answers. Groups do not multiply into a lost share \
                of capacity: what they cost is this exchange, and one dense layer before the head gives it back.
                """,
            causes: [
                "all layers before the head have groups, and the groups nest",
                "a depthwise design without its pointwise layers",
            ],
            advice: [
                "measure whether it learns: 'codec-doctor probe discriminator --save --run' trains it alone",
                "put a dense layer (or a 1×1 one) before the head, use fewer groups, or shuffle channels between layers",
            ],
            parameters: [
                RuleParameter(
                    "fan-in",
                    32,
                    unit: "inputs",
                    "inputs of one output, in any layer after the first, below which it is mentioned",
                    source: "proposal; MelGAN's grouped layers have 164, HiFi-GAN's 1312"
                )
            ],
            calibration: """
                Reach is counted exactly, but it is not proven to predict blindness, so confidence is low, and a \
                network that a probe saw learn is only an info. The grouped scale discriminators of MelGAN, HiFi-GAN \
                and DAC reach 25 % before their dense layer and train well: an info.
                """,
            references: [
                "https://github.com/jik876/hifi-gan (models.py: DiscriminatorS)",
                "https://github.com/descriptinc/melgan-neurips (mel2wav/modules.py: NLayerDiscriminator)",
            ],
            examples: examplesOfGroupedNoMixing
        )
    ) { run, parameters, rule in
        ProbedNetworks.judge(run, needs: .anyProbe, where: { !$0.mixing.isEmpty }) { probe in
            let isolated = probe.mixing.filter { !$0.mixesBeforeHead && !($0.reach >= 1) }
            let late = probe.mixing.filter { ($0.reachBeforeMixing ?? 1) < 1 }
            let narrow = probe.mixing.filter { $0.smallestFanIn > 0 && Double($0.smallestFanIn) < parameters["fan-in"] }
            func parts(_ found: [ProbeEvidence.Mixing]) -> String {
                ProbedNetworks.parts(found.map(\.part), of: probe.mixing.count)
            }
            var severity = Severity.info
            var message: String
            var evidence: Evidence
            if let worst = isolated.min(by: { $0.reach < $1.reach }) {
                message =
                    "No layer before the head mixes all channels in \(parts(isolated)): a unit at the head's input "
                    + "depends on \(PlainNumber.percent(worst.reach)) of the first layer's channels"
                evidence = Evidence("share of channels that reach the head's input", 100 * worst.reach, unit: "%")
                severity = probe.isProvenAble ? .info : .warning
                if probe.isProvenAble { message += "; yet it learns when a probe trains it alone" }
            } else if let worst = late.compactMap(\.reachBeforeMixing).min() {
                message =
                    "Grouped layers keep channels apart in \(parts(late)): a unit depends on "
                    + "\(PlainNumber.percent(worst)) of the first layer's channels until a layer before the head mixes "
                    + "all of them, as in MelGAN's and HiFi-GAN's scale discriminators"
                evidence = Evidence("share of channels a unit depends on before that", 100 * worst, unit: "%")
            } else if let worst = narrow.map(\.smallestFanIn).min() {
                message =
                    "One output of a layer is a sum of only \(Wording.count(worst, "input")) in \(parts(narrow))"
                evidence = Evidence("smallest fan-in", Double(worst), expected: "\(parameters["fan-in"]) or more")
            } else {
                return nil
            }
            evidence.expected = evidence.unit == "%" ? "100 %" : evidence.expected
            return Finding(
                rule,
                severity: severity,
                confidence: .low,
                episode: ProbedNetworks.episode(run),
                message: message + ".",
                evidence: [evidence],
                subject: probe.subject
            )
        }
    }

    private static func example(_ mixing: ProbeEvidence.Mixing, _ verdict: ProbeEvidence.Learning.Verdict? = nil)
        -> [ProbeEvidence]
    {
        var probe = ProbeEvidence.example()
        probe.mixing = [mixing]
        probe.learning = verdict.map { .example($0) }
        return [probe]
    }

    private static let examplesOfGroupedNoMixing: [RuleExample] = [
        RuleExample(
            "four towers up to the head",
            probes: example(.init(part: "scale 0", reach: 0.25, mixesBeforeHead: false, smallestFanIn: 164)),
            expect: .fires(.warning)
        ),
        RuleExample(
            "four towers that learn all the same",
            probes: example(.init(part: "scale 0", reach: 0.25, mixesBeforeHead: false, smallestFanIn: 164), .able),
            expect: .fires(.info)
        ),
        RuleExample(
            "groups of 4 to 256, then a dense layer: MelGAN, DAC's and the origin's scale nets",
            probes: example(
                .init(part: "scale 0", reach: 1, mixesBeforeHead: true, smallestFanIn: 164, reachBeforeMixing: 0.25)
            ),
            expect: .fires(.info)
        ),
        RuleExample(
            "depthwise layers between dense ones",
            probes: example(.init(part: "scale 0", reach: 1, mixesBeforeHead: true, smallestFanIn: 5)),
            expect: .fires(.info)
        ),
        RuleExample(
            "dense from the second layer on: a period net",
            probes: example(.init(part: "period 2", reach: 1, mixesBeforeHead: true, smallestFanIn: 160)),
            expect: .passes
        ),
        RuleExample("no probe saved", expect: .unmeasured),
    ]
}

import TrainingMetrics

extension HealthRule {
    /// ADV015: a term of the generator's objective is switched off, next to nothing, or nearly everything.
    static let objectiveShare = HealthRule(
        RuleDescription(
            id: "ADV015",
            name: "objective-share",
            group: .adversarial,
            severity: .warning,
            summary: """
                A term that is measured has the weight 0, the adversarial term makes up more than 60 % of the objective or \
                less than 0.5 %, or the reconstruction less than 1 %.
                """,
            rationale: """
                What has no share of the objective has no say. Without reconstruction nothing ties the output to the \
                input; without the adversarial term the discriminator is trained for nobody; and a term with nearly all \
                of it is the only one that is trained.
                """,
            causes: [
                "the weight of the term is 0, or off by a factor (a sum where a mean was meant, or the other way round)",
                "the term is divided by the number of sub-discriminators twice, or never",
                "a warm-up of the weight has not begun or never ends",
            ],
            advice: [
                "set the weight back to a published recipe's: DAC has mel 15, feature matching 2, adversarial 1",
                "log every term with its weight, and the total: the shares must add up",
                "with a balancer, judge the shares of the gradients instead",
            ],
            parameters: [
                RuleParameter(
                    "adversarial-most",
                    0.6,
                    "share of the adversarial term that is a warning",
                    source: "audiocraft gives it 40 % of the gradient"
                ),
                RuleParameter(
                    "takeover",
                    0.95,
                    "share of the adversarial term that is an error",
                    source: "nineteen times all other terms: DAC's shares are off by two orders of magnitude"
                ),
                RuleParameter(
                    "adversarial-least",
                    0.005,
                    "share below which it has no say",
                    source: "ZhikangNiu/encodec-pytorch: K divided twice"
                ),
                RuleParameter(
                    "reconstruction-least",
                    0.01,
                    "share below which the input has no say",
                    source: "calibrated by hand"
                ),
            ],
            references: [
                "descriptinc/descript-audio-codec: mel 15, feature 2, adversarial 1, commitment 0.25, codebook 1",
                "ZhikangNiu/encodec-pytorch losses.py (divided by K twice)", "facebookresearch/audiocraft balancer",
            ],
            examples: [
                RuleExample(
                    "the adversarial term is everything",
                    [(.lossShare(.adversarial), "0.99x40"), (.lossShare(.reconstruction), "0.008x40")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "feature matching is measured and weighs nothing",
                    [(.featureMatchingLoss, "2.1x40")],
                    facts: [.featureMatchingWeight: "0"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "nothing ties the output to the input",
                    [(.reconstructionLoss(.mel), "2.1x40"), (.reconstructionLoss(.waveform), "0.1x40")],
                    facts: [.melWeight: "0", .waveformWeight: "0"],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one of two distances is only watched",
                    [(.reconstructionLoss(.mel), "2.1x40"), (.reconstructionLoss(.waveform), "0.1x40")],
                    facts: [.melWeight: "15", .waveformWeight: "0"],
                    expect: .passes
                ),
                RuleExample(
                    "DAC's shares",
                    [(.lossShare(.adversarial), "0.08x40"), (.lossShare(.reconstruction), "0.7x40")],
                    expect: .passes
                ),
                RuleExample(
                    "the discriminator has not started",
                    [(.lossShare(.adversarial), "0x40"), (.lossShare(.reconstruction), "0.9x40")],
                    expect: .passes
                ),
                RuleExample("first steps", [(.lossShare(.adversarial), "0.99x5")], every: 10, expect: .tooShort),
                RuleExample("no weights, no shares", [(.totalLoss, "10x20")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let off = SwitchedOffTerm.all(run)
        let isBalanced = run.facts[.balancer]?.value == "true"
        let adversarial = isBalanced ? nil : run.history.series(.lossShare(.adversarial))
        let reconstruction = isBalanced ? nil : run.history.series(.lossShare(.reconstruction))
        let hasWeights = SwitchedOffTerm.keys.contains { run.facts[$0] != nil }
        guard !off.isEmpty || hasWeights || adversarial != nil || reconstruction != nil else {
            return .unmeasured(needs: [
                .fact(.adversarialWeight, "the weights of the objective's terms, beside the total and the terms")
            ])
        }
        var findings = off.map { $0.finding(run, rule) }
        func judge(
            _ share: MetricSeries?,
            _ name: String,
            _ limit: String,
            _ severity: Severity,
            above: Bool
        ) -> Bool {
            guard let share, let start = share.start else { return false }
            let window = JudgedWindow(share, in: run, since: start)
            let level = RobustStatistics.median(window.values)
            let bound = parameters[limit]
            let isOut = { (value: Double) in above ? value > bound : value < bound && value >= 0 }
            guard window.maturity >= .some, window.holds(where: isOut), let onset = window.onset(where: isOut) else {
                return false
            }
            // A share that was out when the game began has been so by the weights, whatever came in between.
            let first = share.slice(window.started..<min(share.count, window.started + 10)).values
            let episode = window.episode(from: isOut(RobustStatistics.median(first)) ? window.started : onset)
            let text = "\(above ? "more" : "less") than \(PlainNumber.percent(bound))"
            findings.append(
                Finding(
                    rule,
                    severity: severity,
                    confidence: severity == .error ? .high : .low,
                    episode: episode,
                    message:
                        "The \(name) makes up \(PlainNumber.percent(level)) of the objective, \(text), "
                        + "\(episode.since(run.history.axis)).",
                    evidence: [
                        Evidence(
                            "share of the \(name), recent median",
                            100 * level,
                            unit: "%",
                            expected: above ? "below 60 %" : "above \(PlainNumber.percent(bound))"
                        )
                    ],
                    curve: FindingCurve(share, lower: above ? nil : bound, upper: above ? bound : nil),
                    causes: [
                        above
                            ? "the weight of the \(name) is too large by orders of magnitude"
                            : "the weight of the \(name) is too small, or another term's is too large"
                    ],
                    subject: name
                )
            )
            return true
        }
        let takesOver = judge(adversarial, "adversarial term", "takeover", .error, above: true)
        if !takesOver {
            // The game may have most of the objective as long as the signal gains too.
            let isLosing = (ReconstructionTrend(run, since: adversarial?.start ?? 0)?.change ?? 0) > 0.02
            _ = judge(adversarial, "adversarial term", "adversarial-most", isLosing ? .error : .warning, above: true)
            if !off.contains(where: { $0.name == "adversarial term" }) {
                _ = judge(adversarial, "adversarial term", "adversarial-least", .warning, above: false)
            }
            if !off.contains(where: { $0.name == "reconstruction" }) {
                _ = judge(reconstruction, "reconstruction", "reconstruction-least", .warning, above: false)
            }
        }
        guard findings.isEmpty else { return .findings(findings) }
        let windows = [adversarial, reconstruction].compactMap { $0 }.map { JudgedWindow($0, in: run, since: $0.start) }
        if !windows.isEmpty, windows.allSatisfy({ $0.maturity < .some }), let first = windows.first {
            return .tooShort(first.shortage(until: 3))
        }
        return .pass
    }

    /// A term that is measured and has the weight 0.
    private struct SwitchedOffTerm {
        let name: String
        let series: MetricSeries
        let severity: Severity

        /// The facts that hold the weights that are looked at.
        static let keys: [FactKey] = [
            .adversarialWeight, .featureMatchingWeight, .reconstructionWeight, .melWeight, .stftWeight, .waveformWeight,
        ]

        /// Every such term; all distances together, because a run may watch one and be trained on another.
        static func all(_ run: RunView) -> [SwitchedOffTerm] {
            var found: [SwitchedOffTerm] = []
            let players: [(String, MetricRole, FactKey)] = [
                ("adversarial term", .adversarialLoss, .adversarialWeight),
                ("feature matching", .featureMatchingLoss, .featureMatchingWeight),
            ]
            for (name, role, key) in players where run.facts.number(key) == 0 {
                guard let series = alive(role, run) else { continue }
                found.append(SwitchedOffTerm(name: name, series: series, severity: .warning))
            }
            let distances: [(MetricRole.ReconstructionKind, FactKey)] = [
                (.mel, .melWeight), (.stft, .stftWeight), (.waveform, .waveformWeight),
                (.unspecified, .reconstructionWeight),
            ]
            let logged = distances.compactMap { kind, key in
                alive(.reconstructionLoss(kind), run).map { ($0, run.facts.number(key)) }
            }
            if let first = logged.first?.0, logged.allSatisfy({ $0.1 == 0 }) {
                found.append(SwitchedOffTerm(name: "reconstruction", series: first, severity: .error))
            }
            return found
        }

        private static func alive(_ role: MetricRole, _ run: RunView) -> MetricSeries? {
            guard let series = run.history.series(role, onlyIn: .train), series.values.contains(where: { $0 != 0 })
            else { return nil }
            return series
        }

        func finding(_ run: RunView, _ rule: RuleDescription) -> Finding {
            let episode = series.episode(from: 0, axis: run.history.axis)
            let effect =
                severity == .error
                ? "nothing ties the output to the input" : "it is measured and trains nothing"
            return Finding(
                rule,
                severity: severity,
                confidence: .high,
                episode: episode,
                message: "The \(name) has the weight 0 in the objective: \(effect).",
                evidence: [Evidence("weight of the \(name)", 0, expected: "above 0")],
                curve: FindingCurve(series),
                causes: ["the weight of the \(name) is 0 in the run's configuration"],
                subject: name
            )
        }
    }
}

import TrainingMetrics

extension HealthRule {
    /// A codebook uses next to none of its codes.
    static let codebookCollapse = HealthRule(
        RuleDescription(
            id: "VQ002",
            name: "codebook-collapse",
            group: .quantizer,
            severity: .error,
            summary: """
                The perplexity of a codebook is 2 or less, or below 2 % of its size, or it uses less than 10 % of its \
                entries, after its first steps.
                """,
            rationale: """
                A codebook that always answers with the same one or two codes carries at most a bit per frame. What the \
                decoder then produces is an average, however small the losses are.
                """,
            causes: [
                "the straight-through copy of the gradient is missing, so the encoder is never trained through the quantiser",
                "the codes were not initialised from data and lie far from all latents",
                "dead codes are never reset",
                "the encoder's output is constant (dead layers, a learning rate of nothing)",
            ],
            advice: [
                "check the straight-through line: x + stop_gradient(q - x)",
                "initialise the codes with k-means on the first batches",
                "reset codes used less than twice per update to random latents of the batch",
                "quantise in a low dimension (8) with L2-normalised latents and codes",
            ],
            parameters: [
                RuleParameter(
                    "perplexity",
                    2,
                    "perplexity that is collapse whatever the size",
                    source: "one bit per frame"
                ),
                RuleParameter(
                    "perplexity-share",
                    0.02,
                    "perplexity over size; sizes above 1024 count as 1024, because a batch cannot fill more",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter("usage", 0.1, "share of entries in use", source: "calibrated on 36 labelled public logs"),
                RuleParameter(
                    "warm-up",
                    2000,
                    unit: "steps",
                    "steps after the quantiser's first value, a fifth of a known plan at most, or one epoch",
                    source: "bigpon/AudioDec#8: perplexity 90 after 500 steps"
                ),
            ],
            calibration: "A labelled run with 0.4 % usage in its first quantised epoch and 86 % in the next must pass.",
            references: [
                "bigpon/AudioDec#19 (perplexity 1.0007 to 1.0155 in all stages)",
                "yangdongchao/RSTnet#2, open-mmlab/Amphion#173",
                "bshall/VectorQuantizedVAE#3 (perplexity is capped by the tokens of a batch)",
            ],
            examples: [
                RuleExample(
                    "one code in every stage",
                    [(.perplexity, "0: 1.01x12"), (.perplexity, "1: 1.0002x12")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a single line late in a run",
                    [(.perplexity, "0: @200000: 1.02"), (.perplexity, "1: @200000: 1.01")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "four in a hundred codes",
                    [(.codebookUsage, "0.04x12")],
                    facts: [.codebookSize: "256"],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "only the last of four stages",
                    [
                        (.perplexity, "0: 300x12"), (.perplexity, "1: 200x12"), (.perplexity, "2: 90x12"),
                        (.perplexity, "3: 1.5x12"),
                    ],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "low and rising",
                    [(.perplexity, "2 4+1x12")],
                    facts: [.codebookSize: "1024"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "alive",
                    [(.perplexity, "40 90 200 300x10")],
                    facts: [.codebookSize: "1024"],
                    expect: .passes
                ),
                RuleExample(
                    "one code in the first quantised epoch",
                    [(.codebookUsage, "@2+1: 0.004 0.86 0.95x10")],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample(
                    "a batch cannot fill 65536 codes",
                    [(.codebookUsage, "0.03x12")],
                    facts: [.codebookSize: "65536"],
                    expect: .passes
                ),
                RuleExample(
                    "two codes are all there are",
                    [(.perplexity, "1.9x12")],
                    facts: [.codebookSize: "2"],
                    expect: .passes
                ),
                RuleExample("first steps", [(.perplexity, "1.5 1.8")], every: 100, expect: .tooShort),
                RuleExample("neither perplexity nor usage", [(.vqLoss, "0.3x12")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let stages = (run.history.all(.perplexity) + run.history.all(.codebookUsage)).filter { !$0.isEmpty }
        guard !stages.isEmpty else {
            return .unmeasured(needs: [
                .role(.perplexity, "the perplexity of every codebook, over 10 000 frames or more")
            ])
        }
        let judged = stages.compactMap { StageState($0, in: run, parameters) }
        guard !judged.isEmpty else { return .tooShort("values behind the quantiser's first steps") }
        let collapsed = judged.filter(\.isCollapsed)
        guard let worst = collapsed.first else { return .pass }

        // A last stage that idles has little left to code; collapse is what the first or most stages show.
        let names = distinctNames(of: collapsed)
        let stageCount = distinctNames(of: judged).count
        let isGrave = names.count * 2 >= stageCount || worst.name == judged[0].name
        let severity: Severity = isGrave && collapsed.contains { !$0.isRecovering } ? .error : .warning
        let subject =
            names == [""]
            ? "The codebook"
            : names.count == stageCount && stageCount > 1
                ? "Every codebook" : "Codebook \(Wording.list(names.map { $0.isEmpty ? "as a whole" : $0 }))"
        let measure =
            worst.isUsage
            ? "uses \(PlainNumber.percent(worst.level)) of its entries"
            : "has a perplexity of \(PlainNumber.text(worst.level))"
        return .findings([
            Finding(
                rule,
                severity: severity,
                confidence: worst.count >= 3 ? .high : .medium,
                episode: worst.series.episode(from: worst.onset, axis: run.history.axis),
                message:
                    "\(subject) \(measure) at \(Wording.places(worst.series, worst.onset..<worst.series.count, on: run.history.axis))"
                    + "\(worst.isRecovering ? ", and is rising" : "").",
                evidence: collapsed.prefix(8).map {
                    Evidence(
                        "\($0.series.split == .train ? "" : "\($0.series.split.rawValue) ")\($0.isUsage ? "usage" : "perplexity")"
                            + "\($0.name.isEmpty ? "" : " of codebook \($0.name)"), recent median",
                        $0.isUsage ? 100 * $0.level : $0.level,
                        unit: $0.isUsage ? "%" : "",
                        expected: $0.expected
                    )
                },
                curve: FindingCurve(worst.series),
                causes: causes(run, rule),
                subject: worst.name
            )
        ])
    }

    /// Where keeping close to the codes was most of the objective before anything collapsed, that is what the encoder did.
    private static func causes(_ run: RunView, _ rule: RuleDescription) -> [String] {
        guard run.facts[.balancer]?.value != "true", let share = run.history.series(.lossShare(.commitment)) else {
            return []
        }
        let first = RobustStatistics.median(share.values.prefix(3))
        guard first > 0.5 else { return [] }
        return [
            "the weight of the commitment loss is so large that the encoder gives up its information to lie close to the "
                + "codes: it began as \(PlainNumber.percent(first)) of the objective"
        ] + rule.causes.map(\.text)
    }

    /// The codebooks of several measurements, each once, in their order: one may be measured in training and on held-out audio.
    private static func distinctNames(of stages: [StageState]) -> [String] {
        var names: [String] = []
        for stage in stages where !names.contains(stage.name) { names.append(stage.name) }
        return names
    }

    /// How one codebook stands.
    private struct StageState {
        let series: MetricSeries
        let name: String
        let isUsage: Bool
        let level: Double
        let count: Int
        let onset: Int
        let isCollapsed: Bool
        let isRecovering: Bool
        let expected: String

        init?(_ series: MetricSeries, in run: RunView, _ parameters: RuleParameters) {
            let judged = CodebookStage.judged(series, run, warmUp: CodebookStage.warmUp(parameters["warm-up"], run))
            guard !judged.isEmpty else { return nil }
            let length = judged.count < 50 ? max(2, (judged.count + 2) / 3) : max(50, judged.count / 20)
            let recent = max(judged.lowerBound, judged.upperBound - length)..<judged.upperBound
            let values = series.slice(recent).values
            let size = run.facts.number(.codebookSize)
            isUsage = series.role == .codebookUsage
            let limit =
                isUsage
                ? Self.usageLimit(size, parameters["usage"])
                : Self.perplexityLimit(size, parameters["perplexity"], parameters["perplexity-share"])
            self.series = series
            name = series.interpretation.part
            level = RobustStatistics.median(values)
            count = judged.count
            isCollapsed = level <= limit && Double(values.count { $0 <= limit }) >= 0.9 * Double(values.count)
            var first = series.count - 1
            while first > 0, series[first - 1].value <= limit { first -= 1 }
            onset = first
            let isTotal = !isUsage && level <= parameters["perplexity"]
            let start = series[judged.lowerBound].value
            isRecovering = !isTotal && judged.count >= 3 && level > 1.2 * start
            expected = isUsage ? "above \(PlainNumber.percent(limit))" : "above \(PlainNumber.text(limit))"
        }

        private static func perplexityLimit(_ size: Double?, _ least: Double, _ share: Double) -> Double {
            guard let size else { return least }
            return size <= 4 ? 1.05 : max(least, share * min(size, 1024))
        }

        /// A batch of a few thousand frames cannot use a tenth of a very large codebook.
        private static func usageLimit(_ size: Double?, _ share: Double) -> Double {
            guard let size else { return share / 10 }
            return size <= 2048 ? share : share * 16 / size
        }
    }
}

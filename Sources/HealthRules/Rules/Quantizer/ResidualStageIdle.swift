import TrainingMetrics

extension HealthRule {
    /// VQ004: from some stage on the residual quantiser does nothing.
    static let residualStageIdle = HealthRule(
        RuleDescription(
            id: "VQ004",
            name: "residual-stage-idle",
            group: .quantizer,
            severity: .warning,
            summary:
                "A stage of a residual quantiser and all behind it use at most 5 % of their entries, while the stages in front work.",
            rationale: """
                Stages that always answer the same carry no bits, yet each costs its share of the bitrate. The decoder has \
                learnt to do without them.
                """,
            causes: [
                "the stages in front leave nothing to code: too many stages for this data",
                "later stages are hardly trained (quantiser dropout without them, gradients that stop at the first stage)",
                "codes of later stages are never reset",
            ],
            advice: [
                "use fewer stages, or smaller codebooks",
                "train with quantiser dropout, and reset dead codes in every stage",
                "detach the residual at every stage and pass the gradient straight through once",
            ],
            parameters: [
                RuleParameter(
                    "idle",
                    0.05,
                    "share of entries in use, or perplexity over size",
                    source: "the residual-stage-idle rule's table"
                ),
                RuleParameter(
                    "warm-up",
                    2000,
                    unit: "steps",
                    "steps left out, a fifth of a known plan at most",
                    source: "the same as codebook-collapse"
                ),
            ],
            calibration: "Not calibrated.",
            references: ["bigpon/AudioDec#8", "facebookresearch/encodec#25 (only the first codebook gets a gradient)"],
            examples: [
                RuleExample(
                    "the last two of four",
                    [
                        (.codebookUsage, "0: 0.8x12"), (.codebookUsage, "1: 0.6x12"), (.codebookUsage, "2: 0.03x12"),
                        (.codebookUsage, "3: 0.01x12"),
                    ],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "less and less, but alive",
                    [(.codebookUsage, "0: 0.8x12"), (.codebookUsage, "1: 0.6x12"), (.codebookUsage, "2: 0.3x12")],
                    expect: .passes
                ),
                RuleExample(
                    "all of them: collapse, another rule's case",
                    [(.codebookUsage, "0: 0.01x12"), (.codebookUsage, "1: 0.01x12")],
                    expect: .passes
                ),
                RuleExample("one codebook", [(.codebookUsage, "0.8x12")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        let all = CodebookStage.all(run, warmUp: parameters["warm-up"])
        let size = run.facts.number(.codebookSize)
        // Usage needs no size; perplexity does.
        let usage = all.filter(\.isUsage)
        let stages = (usage.count >= 2 ? usage : size == nil ? [] : all.filter { !$0.isUsage }).compactMap { stage in
            Int(stage.name).map { (number: $0, stage: stage) }
        }.sorted { $0.number < $1.number }
        guard stages.count >= 2 else {
            return .unmeasured(needs: [.role(.codebookUsage, "the usage of every codebook of the residual quantiser")])
        }
        guard stages.allSatisfy({ !$0.stage.recent.isEmpty }) else {
            return .tooShort("values behind the quantiser's first steps")
        }
        let shares = stages.map { $0.stage.isUsage ? $0.stage.level : $0.stage.level / (size ?? 1) }
        let working = shares.lastIndex { $0 > parameters["idle"] }
        guard let working, working + 1 < stages.count else { return .pass }
        let idle = stages[(working + 1)...]
        guard let first = idle.first else { return .pass }
        let names = Wording.list(idle.map { "\($0.number)" })
        return .findings([
            Finding(
                rule,
                confidence: .low,
                episode: first.stage.series.episode(from: first.stage.recent.lowerBound, axis: run.history.axis),
                message:
                    "\(idle.count == 1 ? "Stage" : "Stages") \(names) of the residual quantiser "
                    + "\(idle.count == 1 ? "does" : "do") nothing: \(PlainNumber.percent(shares[working + 1])) of the entries are in use.",
                evidence: idle.prefix(8).map {
                    Evidence("\($0.stage.series.name), recent median", $0.stage.level, expected: "above 5 %")
                },
                curve: FindingCurve(first.stage.series, lower: parameters["idle"])
            )
        ])
    }
}

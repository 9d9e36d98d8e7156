import TrainingMetrics

extension HealthRule {
    /// Most of the objective is the quantiser's loss.
    static let quantizerDominates = HealthRule(
        RuleDescription(
            id: "VQ001",
            name: "quantizer-dominates",
            group: .quantizer,
            severity: .warning,
            summary: """
                The quantiser's weighted loss makes up more than half of what the generator minimises; more than 80 % is \
                an error, and so is half where the output's correlation with the input is below 0.5.
                """,
            rationale: """
                The quantiser's loss only asks that latents lie near codes. An encoder that follows it mostly gets small, \
                similar latents that are easy to quantise and carry little about the signal.
                """,
            causes: [
                "the weight of the commitment or codebook loss is too large for the scale of the latents",
                "the latents have grown, and the loss with their square",
                "the reconstruction terms are weighted too low",
                "the codes were not initialised from data and lie far from the latents",
            ],
            advice: [
                "lower the quantiser's weight until its share is below a fifth",
                "initialise the codes from the first batches (k-means) and reset dead ones",
                "normalise the latents, or quantise in a projected space of low dimension (8) with L2-normalised codes",
                "raise the weight of the reconstruction",
            ],
            parameters: [
                RuleParameter(
                    "warning",
                    0.5,
                    "share of the objective",
                    source: "TheDeepChecker: a regulariser that outweighs the data"
                ),
                RuleParameter(
                    "error",
                    0.8,
                    "share of the objective that is an error",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration:
                "Healthy labelled logs with a quantiser stay below a fifth; the failing one is above nine tenths.",
            references: [
                "descriptinc/descript-audio-codec: commitment 0.25, codebook 1, mel 15",
                "jishengpeng/WavTokenizer#20 (commitment times 1000)", "thedeepchecker/thedeepchecker",
            ],
            examples: [
                RuleExample(
                    "three fifths of the objective",
                    [(.lossShare(.vq), "0.6")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample("nine tenths, for long", [(.lossShare(.vq), "0.9x20")], expect: .fires(.error)),
                RuleExample(
                    "a known weight",
                    [(.vqLoss, "100x20"), (.totalLoss, "210x20")],
                    facts: [.vqWeight: "2"],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "the weight is not known: a warning that says what it assumes",
                    [(.vqLoss, "9x20"), (.generatorLoss, "10x20")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "commitment and codebook together",
                    [(.lossShare(.commitment), "0.3x20"), (.lossShare(.codebook), "0.35x20")],
                    expect: .fires(.warning)
                ),
                RuleExample("a fifth", [(.lossShare(.vq), "0.2x20")], expect: .passes),
                RuleExample(
                    "an objective that is negative because of an SI-SDR term",
                    [(.vqLoss, "0.5x20"), (.totalLoss, "-0.9x20")],
                    facts: [.vqWeight: "0.13"],
                    expect: .passes
                ),
                RuleExample(
                    "dominates when it joins, and settles",
                    [(.vqLoss, "8x3 0.5x27"), (.totalLoss, "10x3 4x27")],
                    facts: [.vqWeight: "1"],
                    expect: .passes
                ),
                RuleExample(
                    "larger than the total it is part of: it is weighted, by what is not known",
                    [(.vqLoss, "30x20"), (.totalLoss, "10x20")],
                    expect: .unmeasured
                ),
                RuleExample("first steps", [(.lossShare(.vq), "0.9x5")], every: 10, expect: .tooShort),
                RuleExample("no quantiser loss", [(.totalLoss, "10x20")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let share = QuantizerShare(run) else {
            let isLogged = QuantizerShare.roles.contains { run.history.series($0) != nil }
            return .unmeasured(needs: [
                isLogged
                    ? .fact(.vqWeight, "the weight of the quantiser's loss in the objective")
                    : .role(.vqLoss, "the quantiser's loss and the total it is part of")
            ])
        }
        let window = JudgedWindow(share.series, in: run)
        guard window.maturity > .none else { return .tooShort(window.shortage(until: 1)) }
        let isHigh = { (value: Double) in value > parameters["warning"] }
        let level = RobustStatistics.median(window.values)
        guard level > parameters["warning"], let onset = window.onset(where: isHigh) ?? window.window.first else {
            return .pass
        }
        // More than half is too much for certain where the output hardly follows the input.
        let correlation = run.value(of: .correlation, at: .max)
        let isHarmful = correlation.map { $0 < 0.5 } ?? false
        let isError =
            (level > parameters["error"] || isHarmful) && share.assumption.isEmpty && window.maturity >= .some
        return .findings([
            Finding(
                rule,
                severity: isError ? .error : .warning,
                confidence: !share.assumption.isEmpty ? .low : window.maturity >= .some ? .high : .medium,
                episode: window.episode(from: onset),
                message:
                    "The quantiser's loss is \(PlainNumber.percent(level)) of the objective "
                    + "(\(Wording.places(share.series, onset..<share.series.count, on: window.axis)))\(share.assumption).",
                evidence: [
                    Evidence(
                        "share of the quantiser's loss, recent median",
                        100 * level,
                        unit: "%",
                        expected: "below 50 %"
                    )
                ],
                curve: FindingCurve(
                    share.logged,
                    upper: share.logged.role == share.series.role ? parameters["warning"] : nil
                )
            )
        ])
    }
}

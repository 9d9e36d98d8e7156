import TrainingMetrics

extension HealthRule {
    /// RUN005: the audio that is trained on is silent, clipped, shifted from 0, or lacks its upper band.
    static let trainingInput = HealthRule(
        RuleDescription(
            id: "RUN005",
            name: "training-input",
            group: .run,
            severity: .error,
            summary: """
                The training batches are silent, clipped in more than 1 % of their samples (0.1 % is a warning), have a \
                mean, or hold nothing in the upper part of the band their sample rate allows.
                """,
            rationale: """
                A network learns what it is shown. Everything else a log of such a run says (collapsed codes, silent output, a \
                discriminator that wins) follows from its data.
                """,
            causes: [
                "the loader gives silence, a constant or broken audio",
                "a gain or a change of format went wrong (integers read as floats, a gain applied twice)",
                "the data is not what its description says (sample rate, channels, offset)",
            ],
            advice: [
                "write one training batch to a file and listen to it",
                "print minimum, maximum, mean and RMS of some files as the loader gives them",
                "prepare the data again: 'codec-doctor prepare' says what it rejects and why",
            ],
            parameters: [
                RuleParameter(
                    "silence",
                    1e-4,
                    "RMS below which a batch is silent, full scale is 1",
                    source: "-80 dB, below any recording's noise"
                ),
                RuleParameter(
                    "clipped",
                    0.001,
                    "share of samples at full scale that is a warning",
                    source: "the same as clipping"
                ),
                RuleParameter(
                    "grossly-clipped",
                    0.01,
                    "share that is an error",
                    source: "one sample in a hundred: audible distortion throughout"
                ),
                RuleParameter(
                    "offset",
                    0.25,
                    "mean over RMS of the batches",
                    source: "a fourth of the level is no audio"
                ),
                RuleParameter(
                    "band",
                    0.6,
                    "share of the band below which nearly all energy lies",
                    source: "audio of half the sample rate that was resampled fills half of it"
                ),
            ],
            references: ["jik876/hifi-gan#143 (scale of the input)", "BerkeleyHCI/umlaut (input outside its range)"],
            examples: [
                RuleExample("silence", [(.inputLevel, "0x6")], every: 10, expect: .fires(.error)),
                RuleExample(
                    "30 dB too loud",
                    [(.inputLevel, "0.6x12"), (.inputClippedFraction, "0.4 0.35x11")],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a little clipped",
                    [(.inputClippedFraction, "0.003x12")],
                    every: 10,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "an offset",
                    [(.inputLevel, "0.1x12"), (.inputMean, "0.05x12")],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "half of the band is empty",
                    [(.inputLevel, "0.1x12"), (.inputBandwidth, "3900x12")],
                    facts: [.sampleRate: "16000"],
                    every: 10,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "speech with pauses",
                    [
                        (.inputLevel, "0.1 0.00001 0.12x10"), (.inputClippedFraction, "0x11 0.002"),
                        (.inputMean, "0.001 -0.002 0.0005x10"), (.inputBandwidth, "7600x12"),
                    ],
                    facts: [.sampleRate: "16000"],
                    every: 10,
                    expect: .passes
                ),
                RuleExample("two batches", [(.inputLevel, "0x2")], every: 10, expect: .tooShort),
                RuleExample("not logged", [(.totalLoss, "1x9")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let roles: [MetricRole] = [.inputLevel, .inputClippedFraction, .inputMean, .inputBandwidth]
        let logged = roles.compactMap { run.history.series($0, onlyIn: .train) }
        guard !logged.isEmpty else {
            return .unmeasured(needs: [
                .role(.inputLevel, "the RMS of the training batches, and their clipped fraction")
            ])
        }
        guard logged.contains(where: { $0.count >= 5 }) else { return .tooShort("5 batches") }
        let level = run.history.series(.inputLevel, onlyIn: .train)
        let rms = level.map { RobustStatistics.median($0.values) } ?? .nan
        var findings: [Finding] = []

        /// A finding where nine of ten of all batches, and of the last ones, meet a condition.
        func judge(
            _ role: MetricRole,
            _ subject: String,
            _ severity: Severity,
            _ causes: [String],
            _ expected: String,
            _ message: (Double) -> String,
            where condition: (Double) -> Bool
        ) -> Bool {
            guard let series = run.history.series(role, onlyIn: .train), series.count >= 5 else { return false }
            let met = series.values.count(where: condition)
            let recent = series.values.suffix(50)
            guard Double(met) >= 0.5 * Double(series.count),
                Double(recent.count(where: condition)) >= 0.9 * Double(recent.count),
                let first = series.firstOffset(where: condition)
            else { return false }
            let value = RobustStatistics.median(recent)
            let episode = series.episode(from: first, axis: run.history.axis)
            findings.append(
                Finding(
                    rule,
                    severity: severity,
                    confidence: .high,
                    episode: episode,
                    message: message(value) + ", \(episode.since(run.history.axis)).",
                    evidence: [Evidence("\(series.name), recent median", value, expected: expected)],
                    curve: FindingCurve(series),
                    causes: causes,
                    subject: subject
                )
            )
            return true
        }

        let isSilent = judge(
            .inputLevel,
            "silent",
            .error,
            [
                "the training data is silent: the loader gives zeros, or reads a channel or a part of the files that is silent",
                "the audio is scaled down by a change of format",
            ],
            "0.01 to 0.3",
            { "The training batches are silent: their RMS is \(PlainNumber.text($0))" },
            where: { $0 < parameters["silence"] }
        )
        guard !isSilent else { return .findings(findings) }
        let clippedCauses = [
            "the training data is clipped: a gain was applied before full scale, or twice",
            "integers of another width are read as floats",
        ]
        let clippedMessage = { (share: Double) in "\(PlainNumber.percent(share)) of the training samples are clipped" }
        let gross = parameters["grossly-clipped"]
        let isClipped = judge(
            .inputClippedFraction,
            "clipped",
            .error,
            clippedCauses,
            "below 0.001",
            clippedMessage,
            where: { $0 > gross }
        )
        if !isClipped {
            _ = judge(
                .inputClippedFraction,
                "clipped",
                .warning,
                clippedCauses,
                "below 0.001",
                clippedMessage,
                where: { $0 > parameters["clipped"] }
            )
        }
        if rms > 0, let mean = run.history.series(.inputMean, onlyIn: .train) {
            let sign: Double = RobustStatistics.median(mean.values) < 0 ? -1 : 1
            _ = judge(
                .inputMean,
                "offset",
                .error,
                ["the training data has a constant offset (DC) that no high-pass removed"],
                "0",
                { "The training batches have a mean of \(PlainNumber.text($0)) at an RMS of \(PlainNumber.text(rms))" },
                where: { sign * $0 > parameters["offset"] * rms }
            )
        }
        if let rate = run.facts.number(.sampleRate), rate > 0 {
            _ = judge(
                .inputBandwidth,
                "band",
                .warning,
                [
                    "the training data was recorded at a lower sample rate and resampled, or low-passed by a lossy format"
                ],
                "near half the sample rate",
                {
                    "The training audio fills \(PlainNumber.percent(2 * $0 / rate)) of the band its sample rate allows "
                        + "(\(PlainNumber.text($0)) Hz of \(PlainNumber.text(rate / 2)))"
                },
                where: { $0 < parameters["band"] * rate / 2 }
            )
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }
}

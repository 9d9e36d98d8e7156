import TrainingMetrics

extension HealthRule {
    /// SIG012: the output comes a constant number of samples late or early.
    static let timeShift = HealthRule(
        RuleDescription(
            id: "SIG012",
            name: "time-shift",
            group: .signal,
            severity: .warning,
            summary: """
                The output fits the input best when it is shifted by the same number of samples at every evaluation, and the \
                SI-SDR is higher when it is.
                """,
            rationale: """
                A few samples ruin every score and loss on the waveform, and no ear hears them. Until the shift is removed, \
                SNR, correlation and SI-SDR say nothing about the codec.
                """,
            causes: [
                "a delay of the codec is not taken out before input and output are compared (causal padding, look-ahead, odd strides)",
                "input and output are cropped at different ends",
                "no loss of this run ties the output to the input in time",
            ],
            advice: [
                "shift the output back by the delay before it is compared, in losses and in scores",
                "check output_padding of transposed convolutions with odd strides (stride modulo 2)",
                "add a loss on the waveform or a complex spectrum",
            ],
            parameters: [
                RuleParameter(
                    "gain",
                    0.3,
                    unit: "dB",
                    "SI-SDR that shifting back must gain",
                    source: "well above what rounding gives"
                ),
                RuleParameter(
                    "error",
                    3,
                    unit: "dB",
                    "gain that is an error: half of the error's power is the shift",
                    source: "10 log10(2)"
                ),
                RuleParameter(
                    "least",
                    -10,
                    unit: "dB",
                    "aligned SI-SDR below which no delay can be found",
                    source: "identity: a correlation of 0.3"
                ),
                RuleParameter(
                    "error-least",
                    0,
                    unit: "dB",
                    "aligned SI-SDR below which a delay is a warning only: most of the output is error wherever it is put",
                    source: "identity: a correlation of 0.71"
                ),
            ],
            references: [
                "descriptinc/descript-audio-codec#37, #44, #80 (31992 of 32000 samples; SI-SDR ruined by a shift)",
                "bigpon/AudioDec#40",
            ],
            examples: [
                RuleExample(
                    "eight samples late",
                    [
                        (.delay, "validation: 8x6"), (.siSDR, "validation: -22+0.5x6"),
                        (.siSDRAligned, "validation: 1+1.5x6"),
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a codec that learns no more, and fits best a little early",
                    [
                        (.delay, "validation: -8x6"), (.siSDR, "validation: -8x6"), (.siSDRAligned, "validation: -4x6"),
                    ],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "one sample early, and little is lost",
                    [
                        (.delay, "validation: -1x6"), (.siSDR, "validation: 0.4x6"),
                        (.siSDRAligned, "validation: 1.5x6"),
                    ],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "an untrained codec has no delay to find",
                    [
                        (.delay, "validation: 37 -120 8 64 -3 210"), (.siSDR, "validation: -40x6"),
                        (.siSDRAligned, "validation: -24x6"),
                    ],
                    expect: .passes
                ),
                RuleExample(
                    "none",
                    [(.delay, "validation: 12 0x6"), (.siSDR, "validation: 2x7"), (.siSDRAligned, "validation: 2x7")],
                    expect: .passes
                ),
                RuleExample(
                    "one evaluation",
                    [(.delay, "validation: 8"), (.siSDR, "validation: 1"), (.siSDRAligned, "validation: 9")],
                    expect: .tooShort
                ),
                RuleExample("not measured", [(.siSDR, "2x9")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let delay = run.history.series(.delay, split: .validation),
            let raw = run.history.series(.siSDR, onlyIn: delay.split),
            let aligned = run.history.series(.siSDRAligned, onlyIn: delay.split)
        else {
            return .unmeasured(needs: [
                .role(.delay, "the delay in samples, by the peak of the cross-correlation"),
                .role(.siSDRAligned, "the SI-SDR with that delay taken out"),
            ])
        }
        let rows = AlignedSamples(delay, [raw, aligned])
        let usable = (0..<rows.count).filter { rows.baseValues[$0].isFinite && rows.columns[1][$0].isFinite }
        guard usable.count >= 2, let last = usable.last else { return .tooShort("a second evaluation") }
        let shift = rows.baseValues[last]
        guard shift != 0 else { return .pass }
        // How long it has been the same until the end.
        var first = usable.count - 1
        while first > 0, rows.baseValues[usable[first - 1]] == shift { first -= 1 }
        let stretch = usable[first...]
        let gain = RobustStatistics.median(stretch.map { rows.columns[1][$0] - rows.columns[0][$0] })
        let level = RobustStatistics.median(stretch.map { rows.columns[1][$0] })
        // A decoder that has learnt nothing fits best anywhere, but not at the same place again and again.
        guard stretch.count >= 2, 2 * stretch.count >= usable.count, level > parameters["least"],
            gain > parameters["gain"]
        else { return .pass }
        let isError = gain > parameters["error"] && level > parameters["error-least"] && stretch.count >= 3
        // Evaluations at which nothing was learnt yet, or that are a sample off, do not say that the shift was not there.
        var begin = first
        while begin > 0,
            abs(rows.baseValues[usable[begin - 1]] - shift) <= 1
                || rows.columns[1][usable[begin - 1]] <= parameters["least"]
        {
            begin -= 1
        }
        let onset = rows.offsets[usable[begin]]
        let episode = delay.episode(from: onset, axis: run.history.axis)
        let samples = Wording.count(Int(abs(shift).rounded()), "sample")
        return .findings([
            Finding(
                rule,
                severity: isError ? .error : .warning,
                confidence: stretch.count >= 3 ? .high : .medium,
                episode: episode,
                message:
                    "The output comes \(samples) \(shift > 0 ? "late" : "early") at every evaluation "
                    + "\(episode.since(run.history.axis)): shifted back, its SI-SDR is \(Wording.decibels(gain)) higher.",
                evidence: [
                    Evidence("delay of the output", shift, unit: "samples", expected: "0"),
                    Evidence("SI-SDR gained by shifting it back", gain, unit: "dB", expected: "0 dB"),
                    Evidence("SI-SDR then", level, unit: "dB"),
                ],
                curve: FindingCurve(delay, lower: 0, upper: 0)
            )
        ])
    }
}

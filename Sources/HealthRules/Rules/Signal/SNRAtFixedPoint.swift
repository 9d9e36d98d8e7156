import TrainingMetrics

/// An output that carries nothing or the wrong sign, by the SNR it scores whatever the input is.
private struct FixedPoint {
    let snr: Double
    let name: String
    /// Amplitude ratios that go with it.
    let gains: ClosedRange<Double>

    static let all = [
        FixedPoint(snr: 0, name: "silence", gains: 0...0.3),
        FixedPoint(snr: -3.01, name: "an uncorrelated output of the right loudness", gains: 0.9...1.12),
        FixedPoint(snr: -6.02, name: "an output of inverted polarity", gains: 0.9...1.12),
    ]
}

extension HealthRule {
    /// The SNR stands still at a value that only a degenerate output gives.
    static let snrAtFixedPoint = HealthRule(
        RuleDescription(
            id: "SIG002",
            name: "snr-at-fixed-point",
            group: .signal,
            severity: .warning,
            summary: """
                The SNR stands at 0, -3.01 or -6.02 dB with the matching amplitude: silence, an uncorrelated output, or \
                an inverted one.
                """,
            rationale: """
                These three values do not depend on the data. A run that rests on one has found an output that needs no \
                input, or has the sign of the waveform wrong, and its losses no longer pull it away.
                """,
            causes: [
                "no information passes the bottleneck (uncorrelated output or silence)",
                "the generator was pushed to silence because an uncorrelated output costs more the louder it is",
                "all losses ignore the sign of the waveform (inverted polarity)",
            ],
            advice: [
                "look at the perplexity of the codebooks: collapse is the most common reason for an uncorrelated output",
                "compare one decoded file with its input by eye: silence, delay and inversion are visible at once",
                "add a loss that sees sign and level (waveform L1) with a visible share of the objective",
            ],
            parameters: [
                RuleParameter(
                    "tolerance",
                    0.3,
                    unit: "dB",
                    "distance from the fixed point",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "spread",
                    0.5,
                    unit: "dB",
                    "largest distance between the outer quartiles of the recent values",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps left out; on the epoch axis the first epoch",
                    source: "the same as snr-negative"
                ),
            ],
            calibration: "Tolerance and spread were set so that no healthy labelled log fires.",
            references: ["SNR = -10 log10(1 - 2gr + g^2) at (g, r) = (0, any), (1, 0) and (1, -1)"],
            examples: [
                RuleExample(
                    "silence",
                    [(.snr, "-1.2 -0.4 -0.05 -0.02x10"), (.amplitudeRatio, "0.4 0.2 0.08x11")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the right loudness, unrelated to the input",
                    [(.snr, "@5,10,15: -2.95 -3.05 -3.1"), (.amplitudeRatio, "@5,10,15: 0.98 1.01 1.02")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "inverted",
                    [(.snr, "-5.9 -6.0x14"), (.amplitudeRatio, "0.97 0.99x14")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "without the amplitude three evaluations are a hint",
                    [(.snr, "@5,10,15: -0.1 0.02 -0.05")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "0 dB on the way up",
                    [(.snr, "-3 -2 -1.5 -1 -0.6 -0.2 0.1 0.8 1.5 2.1")],
                    expect: .passes
                ),
                RuleExample(
                    "-3 dB, but far too quiet for the fixed point",
                    [(.snr, "-3x12"), (.amplitudeRatio, "0.5x12")],
                    expect: .passes
                ),
                RuleExample("no evaluation behind the warm-up", [(.snr, "-3.01x3")], expect: .tooShort),
                RuleExample("no SNR", [(.amplitudeRatio, "1x12")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let snr = SignalWindow(.snr, in: run, warmUp: parameters["warm-up"]) else {
            return .unmeasured(needs: [.role(.snr, "the waveform SNR in dB on validation audio")])
        }
        let gain = SignalWindow(.amplitudeRatio, in: run, warmUp: parameters["warm-up"])
        guard snr.recent.count >= (gain == nil ? 3 : 2) || snr.judged.count >= 3 else {
            return .tooShort("a second evaluation behind the warm-up, to see the SNR stand still")
        }
        let level = snr.median
        guard RobustStatistics.interquartileRange(snr.values) < parameters["spread"],
            let point = FixedPoint.all.first(where: { abs(level - $0.snr) < parameters["tolerance"] })
        else { return .pass }
        let isNear = { (value: Double) in abs(value - point.snr) < 1.5 * parameters["tolerance"] }
        guard snr.holds(isNear) else { return .pass }
        if run.hasNoPhaseTarget && point.snr == -3.01 { return .pass }
        if let gain, !point.gains.contains(gain.median) { return .pass }

        let onset = snr.onset(isNear)
        var evidence = [Evidence("waveform SNR, recent median", level, unit: "dB", expected: "above 0 dB and rising")]
        var message =
            "The SNR stands at \(Wording.decibels(level)) from \(Wording.place(snr.series, onset, on: snr.axis)) on, "
            + "the value of \(point.name)"
        if let gain {
            evidence.append(Evidence("amplitude ratio", gain.median, expected: "0.71 to 1.41"))
            message += "; the amplitude ratio of \(PlainNumber.text(gain.median)) agrees"
        } else {
            message += "; the amplitude, which would prove it, is not logged"
        }
        return .findings([
            Finding(
                rule,
                severity: gain != nil && point.snr == -6.02 ? .error : .warning,
                confidence: gain == nil ? .low : snr.confidence,
                episode: snr.series.episode(from: onset, axis: snr.axis),
                message: message + ".",
                evidence: evidence,
                curve: FindingCurve(snr.series, lower: 0),
                subject: point.name
            )
        ])
    }
}

import TrainingMetrics

extension HealthRule {
    /// The output has become silent, or is on its way there.
    static let silenceCollapse = HealthRule(
        RuleDescription(
            id: "SIG007",
            name: "silence-collapse",
            group: .signal,
            severity: .error,
            summary: """
                The amplitude ratio is below 0.05, or has kept falling towards 0 while the SNR creeps up to 0 dB from \
                below, and has not recovered to half the input's level.
                """,
            rationale: """
                An output that does not follow the input costs less the quieter it is, so the generator turns itself \
                off. Losses and SNR improve all the while; both are on the way to the score of silence.
                """,
            causes: [
                "no information passes the bottleneck, so silence is the cheapest output",
                "the discriminator overran the generator when it started",
                "the output layer is dead (initialisation, saturated activation)",
            ],
            advice: [
                "stop: falling losses are not progress here",
                "repair what keeps the output uncorrelated first (codebook collapse, reconstruction weight, delay)",
                "start the discriminator later, or with a lower weight, if the fall began when it joined",
                "check the output layer's initialisation and activation",
            ],
            parameters: [
                RuleParameter(
                    "silent",
                    0.05,
                    "amplitude ratio that is silence (-26 dB)",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "falling",
                    0.5,
                    "amplitude ratio below which a fall is judged (-6 dB)",
                    source: "an amplitude halved is no fluctuation"
                ),
                RuleParameter(
                    "approach",
                    1.5,
                    unit: "dB",
                    "distance of the SNR from 0 dB that goes with silence",
                    source: "identity: g = 0.4 at correlation 0 gives -0.6 dB"
                ),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps left out; on the epoch axis the first epoch",
                    source: "the same as snr-negative"
                ),
            ],
            calibration: "Both labelled runs that collapse are caught from their second evaluation on.",
            references: [
                "SNR = -10 log10(1 - 2gr + g^2): at r = 0 it rises to 0 dB as g falls to 0",
                "TensorSpeech/TensorFlowTTS#547 (silence once the discriminator starts)",
            ],
            examples: [
                RuleExample(
                    "falls to silence while the SNR rises to 0 dB",
                    [(.amplitudeRatio, "@5,10,30: 0.55 0.36 0.08"), (.snr, "@5,10,30: -1.2 -0.6 -0.03")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "on its way after two evaluations",
                    [(.amplitudeRatio, "@5,10: 0.46 0.33"), (.snr, "@5,10: -0.9 -0.5")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a little louder after the collapse, not recovered",
                    [(.amplitudeRatio, "@5+5: 0.5 0.3 0.04 0.1 0.25"), (.snr, "@5+5: -1 -0.5 0 0.05 0.5")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "silence in the middle of the run",
                    [(.amplitudeRatio, "0.9x10 0.02x20")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "collapsed and recovered",
                    [(.amplitudeRatio, "0.9x10 0.02x5 0.3 0.6 0.9x20")],
                    expect: .passes
                ),
                RuleExample(
                    "quiet, but the SNR is good and rising",
                    [(.amplitudeRatio, "@5,10: 0.48 0.42"), (.snr, "@5,10: 2 3")],
                    every: 1,
                    axis: .epoch,
                    expect: .passes
                ),
                RuleExample(
                    "quiet only at the beginning",
                    [(.amplitudeRatio, "0.01 0.1 0.5 0.8 0.95x12")],
                    expect: .passes
                ),
                RuleExample(
                    "a twentieth of the level, and otherwise right",
                    [(.amplitudeRatio, "0.05 0.04x12"), (.correlation, "0.8x13"), (.snr, "0.3x13")],
                    expect: .passes
                ),
                RuleExample(
                    "one evaluation",
                    [(.amplitudeRatio, "@5: 0.4")],
                    every: 1,
                    axis: .epoch,
                    expect: .tooShort
                ),
                RuleExample("no amplitude", [(.snr, "1x10")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let gain = SignalWindow(.amplitudeRatio, in: run, warmUp: parameters["warm-up"]) else {
            return .unmeasured(needs: [.role(.amplitudeRatio, "RMS of the output over RMS of the input")])
        }
        guard gain.isSustained else { return .tooShort("a second evaluation behind the warm-up") }
        // An output that follows its input is too quiet, not silent: that is gain-error's case.
        if let correlation = run.value(of: .correlation, at: .max), correlation > 0.5 { return .pass }
        let series = gain.series
        let recovered = parameters["falling"]
        // The last stretch below half the input's level: a collapse lasts until the level is back there.
        var first = series.count
        while first > gain.judged.lowerBound, series[first - 1].value < recovered { first -= 1 }
        let stretch = first..<series.count
        guard let lowest = stretch.min(by: { series[$0].value < series[$1].value }) else { return .pass }
        let least = series[lowest].value

        let snr = run.history.series(.snr, split: .validation)
        let snrThen = run.value(of: .snr, at: series[lowest].position)
        let isNearSilence = snrThen.map { abs($0) < parameters["approach"] } ?? false
        // The stretch with the evaluation before it: from where the level fell.
        let origin = max(first - 1, gain.judged.lowerBound)
        let isFalling = lowest > origin && fallsThroughout(series, origin...lowest)
        let isSilent =
            stretch.count { series[$0].value < parameters["silent"] } >= 2
            || least < parameters["silent"] && isNearSilence
        guard isSilent || isFalling && isNearSilence else { return .pass }
        // A level that was never higher and no SNR beside it may be an absolute level rather than a ratio, unless both
        // levels were logged and the ratio is their quotient.
        let isCertain = isNearSilence || series.isDerived || series.slice(0..<lowest).values.contains { $0 > recovered }

        let from = series[origin].value
        let last = series[series.count - 1].value
        var message =
            isFalling || from > least
            ? "The output is fading into silence: the amplitude ratio fell from \(PlainNumber.text(from)) at "
                + "\(Wording.place(series, origin, on: gain.axis)) to \(PlainNumber.text(least)) at "
                + Wording.place(series, lowest, on: gain.axis)
            : "The output is silent: amplitude ratio \(PlainNumber.text(least)) at \(gain.places(from: first))"
        if let snrThen, isNearSilence {
            message += ", with an SNR of \(Wording.decibels(snrThen)), and silence scores 0 dB"
        }
        if lowest < series.count - 1 { message += "; it is at \(PlainNumber.text(last)) now" }
        var evidence = [Evidence("lowest amplitude ratio", least, expected: "0.71 to 1.41")]
        if let snrThen, snr != nil {
            evidence.append(Evidence("SNR at that point", snrThen, unit: "dB", expected: "rising above 0 dB"))
        }
        return .findings([
            Finding(
                rule,
                severity: isCertain ? .error : .warning,
                confidence: isCertain && stretch.count >= 3 ? .high : .medium,
                episode: series.episode(from: isFalling ? origin : first, axis: gain.axis),
                message: message + ".",
                evidence: evidence,
                curve: FindingCurve(series, lower: 0.71, upper: 1.41)
            )
        ])
    }

    /// Whether the level falls by 1.5 dB or more over a range of evaluations and never rises by more than a tenth.
    private static func fallsThroughout(_ series: MetricSeries, _ offsets: ClosedRange<Int>) -> Bool {
        let values = offsets.map { series[$0].value }
        guard let first = values.first, let last = values.last, last < 0.84 * first else { return false }
        return zip(values.dropFirst(), values).allSatisfy { $0 < 1.1 * $1 }
    }
}

import TrainingMetrics

extension HealthRule {
    /// The decoded audio is further from the input than silence would be.
    static let snrNegative = HealthRule(
        RuleDescription(
            id: "SIG001",
            name: "snr-negative",
            group: .signal,
            severity: .error,
            summary: "The waveform SNR is still below 0 dB after the warm-up: silence would score better.",
            rationale: """
                0 dB is what an output of pure silence scores. A codec below it adds an error larger than the signal it \
                was given, whatever its losses say. Only a vocoder, which has no phase to reproduce, may stay there.
                """,
            causes: [
                "no information passes the bottleneck, so the output is uncorrelated with the input",
                "input and output are shifted against each other by a few samples",
                "the losses compare magnitudes only and leave the phase free",
                "the polarity of the output is inverted",
                "the output is much too loud",
            ],
            advice: [
                "log the amplitude ratio beside the SNR: the two give the correlation, which tells these causes apart",
                "cross-correlate input and output of one file: a peak away from lag 0 is a delay to remove",
                "overfit one batch without the quantiser; an SNR that stays negative clears the quantiser",
                "give the waveform a loss of its own (L1, complex STFT or SI-SDR) with a visible share of the objective",
            ],
            parameters: [
                RuleParameter("threshold", 0, unit: "dB", "SNR of silence", source: "identity: output 0 gives 0 dB"),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps in which a negative SNR is normal; on the epoch axis the first epoch",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "adversarial-allowance",
                    -3.01,
                    unit: "dB",
                    "down to here a codec with a working discriminator gets a warning only",
                    source:
                        "identity: equal loudness without any correlation; released SNAC and Mimi models score near 0 dB"
                ),
            ],
            calibration:
                "The warm-up was set on the labelled logs; none of the healthy ones has a negative SNR behind it.",
            references: [
                "SNR = -20 log10(|y - x| / |x|); y = 0 gives 0 dB",
                "descriptinc/descript-audio-codec#80 (a shift of a few samples ruins waveform scores)",
                "bigpon/AudioDec#40 (no time anchor in mel and adversarial losses)",
            ],
            examples: [
                RuleExample(
                    "a codec worse than silence at two late evaluations",
                    [(.snr, "@5,10: -2.1 -3.2"), (.vqLoss, "0.9 0.8x9")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "the loss falls nicely and the SNR stays below silence",
                    [(.snr, "-6 -4 -2.2 -1.4 -1.1x8"), (.totalLoss, "5-0.3x12")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "an infinitely bad SNR counts",
                    [(.snr, "-infx4 -0.8")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "close to silence, yet the output follows the input",
                    [(.snr, "-0.9x12"), (.correlation, "0.44x12"), (.vqLoss, "0.4x12")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a mel vocoder has no phase target",
                    [(.snr, "-2.8x12"), (.reconstructionLoss(.mel), "0.4x12")],
                    expect: .fires(.info)
                ),
                RuleExample("negative only at the beginning", [(.snr, "-3 -1 0.5 2.1 3+0.2x8")], expect: .passes),
                RuleExample(
                    "negative for long and then learned",
                    [(.snr, "@1000+1000: -2x10 0.4+0.5x6")],
                    expect: .passes
                ),
                RuleExample("nothing behind the warm-up yet", [(.snr, "-5 -3")], expect: .tooShort),
                RuleExample("no SNR", [(.totalLoss, "3x10")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let snr = SignalWindow(.snr, in: run, warmUp: parameters["warm-up"]) else {
            return .unmeasured(needs: [.role(.snr, "the waveform SNR in dB on validation audio")])
        }
        guard !snr.recent.isEmpty else { return .tooShort(snr.shortage) }
        let isNegative = { (value: Double) in value < parameters["threshold"] }
        guard snr.holds(isNegative) else { return .pass }

        let onset = snr.onset(isNegative)
        let last = snr.series[snr.series.count - 1].value
        let level = snr.median.isFinite ? snr.median : last
        let correlation = run.value(of: .correlation, at: .max)
        var severity = Severity.error
        var note = "silence would score 0 dB"
        if run.hasNoPhaseTarget {
            severity = .info
            note = "normal for a vocoder, which has no phase to reproduce"
        } else if let correlation, correlation >= 0.3 {
            severity = .warning
            note = "yet the output follows the input (correlation \(Wording.correlation(correlation)))"
        } else if let gained = snr.gainedCorrelation(run, before: parameters["warm-up"]) {
            severity = .warning
            note = "yet the run is young and the correlation has risen by \(PlainNumber.text(gained))"
        } else if correlation == nil, let quality = run.goodQuality {
            severity = .warning
            note = "yet \(quality.name) is \(PlainNumber.text(quality.level)), so the phase is off, not the sound"
        } else if correlation == nil, run.hasWorkingDiscriminator, level > parameters["adversarial-allowance"] {
            severity = .warning
            note = "codecs led by their discriminator can sit here, but silence would score 0 dB"
        }
        var evidence = [Evidence("waveform SNR, recent median", level, unit: "dB", expected: "above 0 dB")]
        if let correlation {
            evidence.append(Evidence("waveform correlation", correlation, expected: "above 0.5"))
        }
        return .findings([
            Finding(
                rule,
                severity: severity,
                confidence: snr.isSustained ? snr.confidence : .medium,
                episode: snr.series.episode(from: onset, axis: snr.axis),
                message:
                    "The SNR is below 0 dB at \(snr.places(from: onset)) (now \(Wording.decibels(last))): \(note).",
                evidence: evidence,
                curve: FindingCurve(snr.series, lower: parameters["threshold"])
            )
        ])
    }
}

extension RunView {
    /// A perceptual score that has lately been good: PESQ from 2.5, STOI from 0.85, a mean opinion score from 3.
    var goodQuality: (name: String, level: Double)? {
        let limits = [("pesq", 2.5), ("stoi", 0.85), ("utmos", 3), ("visqol", 3), ("dnsmos", 3), ("nisqa", 3)]
        for series in history.all(.qualityScore) where !series.isEmpty {
            let name = series.name.lowercased()
            guard let limit = limits.first(where: { name.contains($0.0) })?.1 else { continue }
            let level = RobustStatistics.median(series.values.suffix(3))
            if level >= limit { return (series.name, level) }
        }
        return nil
    }

    /// Whether the discriminator's loss has lately been at least 5 % below the value of a blind one. `false` when
    /// unknown.
    var hasWorkingDiscriminator: Bool {
        guard let blind, let loss = history.series(.discriminatorLoss) else { return false }
        let recent = RobustStatistics.median(loss.values.suffix(max(3, loss.count / 10)))
        return recent > 0 && recent < 0.95 * blind.discriminator
    }
}

extension SignalWindow {
    /// How much the correlation of output and input rose from the first third of the evaluations to the last, in a run that has not
    /// done `steps` steps yet: such a codec is young, not broken. `nil` where it rose by less than 0.1, or the run is older.
    func gainedCorrelation(_ run: RunView, before steps: Double) -> Double? {
        guard axis == .step, let last = series.positions.last, Double(last) < steps,
            let correlation = run.history.series(.correlation, onlyIn: series.split), correlation.count >= 3
        else { return nil }
        let third = correlation.count / 3
        let before = RobustStatistics.median(correlation.values.prefix(third))
        let after = RobustStatistics.median(correlation.values.suffix(third))
        return after - before >= 0.1 && after > 0 ? after - before : nil
    }
}

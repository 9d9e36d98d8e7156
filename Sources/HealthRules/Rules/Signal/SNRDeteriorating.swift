import TrainingMetrics

extension HealthRule {
    /// The SNR has fallen from its best for good, and not only because the output became louder or quieter.
    static let snrDeteriorating = HealthRule(
        RuleDescription(
            id: "SIG003",
            name: "snr-deteriorating",
            group: .signal,
            severity: .warning,
            summary: """
                The smoothed SNR (or SI-SDR where no SNR is logged) has stayed 2 dB or more below its best; from 3 dB or \
                more to below 0 dB is an error. A fall that the amplitude alone explains, the correlation being \
                unchanged, is reported as information.
                """,
            rationale: """
                A codec that was better before is being pulled away from its input, usually by a term that has grown too \
                strong. But SNR also falls when an output that never followed the input merely becomes louder; then \
                nothing deteriorated, because nothing was there.
                """,
            causes: [
                "the adversarial or feature-matching term outweighs the reconstruction since the discriminator started",
                "the quantiser loss outweighs the reconstruction",
                "the learning rate is too high for the late part of the run",
            ],
            advice: [
                "return to the checkpoint with the best SNR",
                "compare each term's share of the objective before and after the fall, and lower the one that grew",
                "halve the learning rate",
            ],
            parameters: [
                RuleParameter(
                    "drop",
                    2,
                    unit: "dB",
                    "fall below the best smoothed SNR",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "lost",
                    3,
                    unit: "dB",
                    "best from which a fall to below 0 dB is an error",
                    source: "identity: 3 dB is twice the power of the error, 0 dB no better than silence"
                ),
                RuleParameter(
                    "noted-drop",
                    1,
                    unit: "dB",
                    "fall from which an explanation by amplitude is worth a note",
                    source: "smaller changes need no explanation"
                ),
                RuleParameter(
                    "explained",
                    0.75,
                    "share of the fall that the amplitude must account for",
                    source: "identity SNR(g, r), with room for rounding of logged values"
                ),
            ],
            calibration: "The drop is not reached by any healthy labelled log.",
            references: [
                "SNR = -10 log10(1 - 2gr + g^2): with r fixed, only g moves it",
                "thedeepchecker/thedeepchecker (diverging loss)",
            ],
            examples: [
                RuleExample(
                    "better before the discriminator joined",
                    [(.snr, "1+0.5x10 6 4 3 2.8x10"), (.correlation, "0.6x10 0.87 0.8 0.72 0.7x10")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a codec that has lost the waveform",
                    [(.siSDR, "-4 0 4 8 10x8 7 3 -2 -6 -9x6")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample("a fall without a reason to see", [(.snr, "2+0.4x12 3 2.5x14")], expect: .fires(.warning)),
                RuleExample(
                    "an uncorrelated output becomes louder: no deterioration",
                    [
                        (.snr, "@5,10: -2.3 -3.8"), (.amplitudeRatio, "@5,10: 0.82 1.16"),
                        (.correlation, "@5,10: -0.02 -0.02"),
                    ],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.info)
                ),
                RuleExample("a dip that recovers", [(.snr, "1+0.5x10 3 4 5.5 6x9")], expect: .passes),
                RuleExample("noise of one decibel", [(.snr, "6 5.2 6.1 5.3 6 5.1 6.2 5.4 6x10")], expect: .passes),
                RuleExample("one evaluation", [(.snr, "@5: 3")], every: 1, axis: .epoch, expect: .tooShort),
                RuleExample("no SNR", [(.totalLoss, "1x10")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard
            let series = run.history.series(.snr, split: .validation)
                ?? run.history.series(.siSDR, split: .validation)
        else {
            return .unmeasured(needs: [.role(.snr, "the waveform SNR in dB on validation audio")])
        }
        guard series.count >= 2 else { return .tooShort("a second evaluation") }
        let smoothed = BlockCurve(series, blocks: 40)
        guard
            let best = smoothed.medians.indices.filter({ smoothed.medians[$0].isFinite })
                .max(by: { smoothed.medians[$0] < smoothed.medians[$1] }), best + 1 < smoothed.medians.count
        else { return .pass }
        let peak = smoothed.medians[best]
        let after = smoothed.medians[(best + 1)...]
        let recent = RobustStatistics.median(after.suffix(max(1, (after.count + 1) / 2)))
        let fall = peak - recent
        guard fall >= parameters["noted-drop"] else { return .pass }

        let start = smoothed.firstOffset(best)
        let end = series.count - 1
        let explained = fallExplainedByAmplitude(run, from: series[start].position, peak: peak)
        let episode = series.episode(from: start, axis: run.history.axis)
        let places =
            "\(Wording.decibels(peak)) at \(Wording.place(series, start, on: run.history.axis)) to "
            + "\(Wording.decibels(recent)) at \(Wording.place(series, end, on: run.history.axis))"
        var evidence = [
            Evidence("best smoothed SNR", peak, unit: "dB"),
            Evidence(
                "recent SNR",
                recent,
                unit: "dB",
                expected: "within \(PlainNumber.text(parameters["drop"])) dB of it"
            ),
        ]
        if let explained, explained.fall >= parameters["explained"] * fall {
            evidence.append(Evidence("fall that the amplitude alone gives", explained.fall, unit: "dB"))
            return .findings([
                Finding(
                    rule,
                    severity: .info,
                    confidence: .high,
                    episode: episode,
                    message:
                        "The SNR went from \(places) only because the amplitude ratio went from "
                        + "\(PlainNumber.text(explained.gains.0)) to \(PlainNumber.text(explained.gains.1)) at an unchanged "
                        + "correlation of \(Wording.correlation(explained.correlation)); the codec did not get worse.",
                    evidence: evidence,
                    curve: FindingCurve(series),
                    causes: ["the output level moved while the output followed the input no more and no less"],
                    advice: ["judge this run by the correlation, not by the SNR"]
                )
            ])
        }
        // A fall counts once it has lasted: three evaluations, or a tenth of the log.
        guard fall >= parameters["drop"], after.count >= 3,
            after.suffix(3).allSatisfy({ $0 <= peak - parameters["drop"] })
        else { return .pass }
        let isLost = peak >= parameters["lost"] && after.suffix(3).allSatisfy { $0 < 0 }
        let ratio = series.role == .snr ? "SNR" : "SI-SDR"
        return .findings([
            Finding(
                rule,
                severity: isLost ? .error : .warning,
                confidence: after.count >= 6 ? .high : .medium,
                episode: episode,
                message: "The \(ratio) fell from \(places) and has not come back.",
                evidence: evidence,
                curve: FindingCurve(series, lower: peak - parameters["drop"])
            )
        ])
    }

    /// How far the SNR would have fallen since a position if only the amplitude had changed.
    private static func fallExplainedByAmplitude(
        _ run: RunView,
        from position: Int64,
        peak: Double
    ) -> (fall: Double, gains: (Double, Double), correlation: Double)? {
        guard let before = run.value(of: .amplitudeRatio, at: position),
            let after = run.value(of: .amplitudeRatio, at: .max),
            let correlation = run.value(of: .correlation, at: position), before.isFinite, after.isFinite,
            correlation.isFinite
        else { return nil }
        let now = SignalAlgebra.snr(amplitudeRatio: after, correlation: correlation)
        return (peak - now, (before, after), correlation)
    }
}

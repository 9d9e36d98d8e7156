import TrainingMetrics

extension HealthRule {
    /// OPT010: numbers that are not finite are left out, so that the log looks well.
    static let nonFiniteHidden = HealthRule(
        RuleDescription(
            id: "OPT010",
            name: "non-finite-hidden",
            group: .optimization,
            severity: .warning,
            summary: """
                NaN or infinite values are kept out of sight: a mean stays finite where the value itself is not, every \
                loss reads exactly 0 until the end of the log, or more than 1 % of the steps are counted as skipped. An \
                error where that lasts, or for more than half of the steps.
                """,
            rationale: """
                A mean that leaves out what is not finite shows a healthy curve until nothing finite is left, and then 0. \
                Steps that are skipped cost as much as others and teach nothing.
                """,
            causes: [
                "a running mean skips non-finite values (nanmean, or a tracker that ignores them): mean of none is 0",
                "batches whose loss is NaN are skipped instead of looked at: broken files, silence divided by its level",
                "a gradient scaler leaves out steps whose gradients overflow",
            ],
            advice: [
                "log the value of the last step beside the mean, and count what is left out",
                "find the first batch with a loss that is not finite, and the term it begins with",
                "stop the run when more than a few steps in a thousand are left out",
            ],
            parameters: [
                RuleParameter(
                    "skipped",
                    0.01,
                    "share of the steps counted as skipped, 0…1",
                    source: "a gradient scaler skips one step in 2000 when all is well; twenty times that is no rhythm"
                ),
                RuleParameter("error", 0.5, "share that is an error", source: "most of the time is paid for nothing"),
                RuleParameter(
                    "zeros",
                    3,
                    unit: "values",
                    "values of exactly 0 at the end, of every logged training loss",
                    source: "no distance of decoded audio is exactly 0; three are no rounding"
                ),
            ],
            calibration: """
                audiotools' tracker, which DAC uses, skips non-finite values in its mean column and prints 0.000000 for a \
                mean of none (read in its source). No public log of it was found; in preview.
                """,
            references: [
                "descriptinc/audiotools: ml/decorators.py, Mean.update (non-finite values are skipped)",
                "NVIDIA/Megatron-LM logs 'number of skipped iterations' and 'number of nan iterations'",
                "wandb/wandb#2202 (NaN is invisible in charts)",
            ],
            examples: [
                RuleExample(
                    "the value is NaN, the mean beside it is not",
                    [
                        (.reconstructionLoss(.mel), "1.2 1.1 1.05 nanx5"),
                        (.reconstructionLoss(.mel), "mean: 1.3 1.2 1.1 1.1x5"),
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "the mean of nothing is 0",
                    [
                        (.generatorLoss, "21 20 19 18 0x5"), (.reconstructionLoss(.mel), "1.2 1.1 1.05 1 0x5"),
                        (.discriminatorLoss, "3.5 3.4 3.3 3.3 0x5"),
                    ],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one step in twenty is skipped",
                    [(.totalLoss, "2-0.01x40"), (.skippedSteps, "50+50x40")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "three in four",
                    [(.totalLoss, "2-0.01x40"), (.skippedSteps, "750x40")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "now and then",
                    [(.totalLoss, "2-0.01x40"), (.skippedSteps, "0x10 1x10 2x10 3x10")],
                    expect: .passes
                ),
                RuleExample(
                    "a discriminator that has not started is 0, reconstruction is not",
                    [(.reconstructionLoss(.mel), "1.2-0.01x30"), (.discriminatorLoss, "0x30")],
                    expect: .passes
                ),
                RuleExample(
                    "one loss that is switched off",
                    [(.totalLoss, "1x30"), (.klLoss, "0.1x20 0x10")],
                    expect: .passes
                ),
                RuleExample("neither losses nor a count", [(.snr, "3x30")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        let losses = run.history.series.filter { $0.role.isLoss && $0.split == .train && !$0.isDerived && !$0.isEmpty }
        let skipped = run.history.series(.skippedSteps)
        guard !losses.isEmpty || skipped != nil else {
            return .unmeasured(needs: [
                .role(.skippedSteps, "how many steps were left out because a number was not finite")
            ])
        }
        let findings = [
            hiddenByMean(losses, run, rule),
            meanOfNothing(losses, run, parameters, rule),
            skipped.flatMap { skippedSteps($0, run, parameters, rule) },
        ].compactMap { $0 }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    /// A loss that is not finite where another reading of the same loss is.
    private static func hiddenByMean(_ losses: [MetricSeries], _ run: RunView, _ rule: RuleDescription) -> Finding? {
        for value in losses where value.values.contains(where: { !$0.isFinite }) {
            for mean in losses where mean.role == value.role && mean.name != value.name && isMean(mean) {
                let rows = AlignedSamples(value, [mean])
                let hidden = (0..<rows.count).filter { !rows.baseValues[$0].isFinite && rows.columns[0][$0].isFinite }
                guard let first = hidden.first, let last = hidden.last else { continue }
                let isLasting = last == rows.count - 1
                return Finding(
                    rule,
                    severity: isLasting ? .error : .warning,
                    confidence: .high,
                    episode: value.episode(
                        from: rows.offsets[first],
                        through: rows.offsets[last],
                        axis: run.history.axis
                    ),
                    message:
                        "\(value.name) is not finite at \(Wording.count(hidden.count, "step")), and \(mean.name) shows "
                        + "\(PlainNumber.text(rows.columns[0][last])) there all the same.",
                    evidence: [
                        Evidence("non-finite values that the mean leaves out", Double(hidden.count), expected: "none")
                    ],
                    curve: FindingCurve(value),
                    subject: value.role.rawValue
                )
            }
        }
        return nil
    }

    private static func isMean(_ series: MetricSeries) -> Bool {
        let words = series.name.lowercased().split { !$0.isLetter }
        return words.contains { ["mean", "avg", "average", "smoothed", "running"].contains($0) }
    }

    /// Every training loss exactly 0 until the end, after the reconstruction was above 0.
    private static func meanOfNothing(
        _ losses: [MetricSeries],
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        let distances = losses.filter { series in
            switch series.role {
            case .reconstructionLoss, .generatorLoss, .totalLoss: series.values.contains { $0 > 0 }
            default: false
            }
        }
        let needed = Int(parameters["zeros"])
        guard let main = distances.first, let end = losses.compactMap(\.positions.last).max() else { return nil }
        let isSilent = losses.allSatisfy { series in
            series.positions.last != end || series.values.suffix(needed).allSatisfy { $0 == 0 }
        }
        guard isSilent, main.positions.last == end, let onset = main.tail(where: { $0 == 0 }), onset > 0,
            main.count - onset >= needed
        else { return nil }
        // What is rounded to 0 was small before.
        let level = RobustStatistics.median(main.slice(max(0, onset - 50)..<onset).values)
        guard level > 0.01 else { return nil }
        return Finding(
            rule,
            severity: .error,
            confidence: .medium,
            episode: main.episode(from: onset, axis: run.history.axis),
            message:
                "Every training loss reads exactly 0 from \(Wording.place(main, onset, on: run.history.axis)) on, where "
                + "\(main.name) was \(PlainNumber.text(level)): the mean of values that were all left out, or nothing is "
                + "computed any more.",
            evidence: [Evidence("\(main.name), last value", 0, expected: "above 0")],
            curve: FindingCurve(main),
            subject: "zero"
        )
    }

    private static func skippedSteps(
        _ series: MetricSeries,
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        guard run.history.axis == .step, series.count > 2 else { return nil }
        let values = Array(series.values)
        let positions = Array(series.positions)
        let steps = Double(positions[positions.count - 1] - positions[0])
        guard steps > 0, values.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        // A count that never falls and rises is one since the beginning; any other is one of each interval.
        let isCumulative =
            zip(values, values.dropFirst()).allSatisfy { $0 <= $1 } && values[0] < values[values.count - 1]
        let total = isCumulative ? values[values.count - 1] - values[0] : values.dropFirst().reduce(0, +)
        let share = min(1, total / steps)
        guard share > parameters["skipped"], let first = values.firstIndex(where: { $0 > 0 }) else { return nil }
        return Finding(
            rule,
            severity: share > parameters["error"] ? .error : .warning,
            confidence: .medium,
            episode: series.episode(from: first, axis: run.history.axis),
            message:
                "\(PlainNumber.percent(share)) of the steps were left out because a number was not finite "
                + "(\(series.name)).",
            evidence: [
                Evidence(
                    "share of skipped steps",
                    100 * share,
                    unit: "%",
                    expected: "below \(PlainNumber.percent(parameters["skipped"]))"
                )
            ],
            curve: FindingCurve(series),
            subject: series.role.rawValue
        )
    }
}

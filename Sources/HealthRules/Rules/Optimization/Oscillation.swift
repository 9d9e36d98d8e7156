import TrainingMetrics

extension HealthRule {
    /// The reconstruction goes up and down by far more than its batches scatter.
    static let oscillation = HealthRule(
        RuleDescription(
            id: "OPT006",
            name: "oscillation",
            group: .optimization,
            severity: .warning,
            summary: """
                Medians of blocks of the reconstruction loss alternate up and down by more than 20 % of their level, and \
                by more than the scatter of single batches explains.
                """,
            rationale: """
                Batch losses scatter in every healthy run. Medians of many batches do not, unless the weights themselves \
                swing: the run takes steps larger than the valley it is in, or the two networks chase each other.
                """,
            causes: [
                "the learning rate is too high for the batch size",
                "generator and discriminator chase each other",
                "batches are not shuffled, so that blocks of the log see different audio",
            ],
            advice: [
                "halve both learning rates",
                "check that the data is shuffled in every epoch",
                "evaluate an exponential moving average of the weights",
            ],
            parameters: [
                RuleParameter(
                    "sign-changes",
                    0.5,
                    "share of successive changes of the medians that turn round",
                    source: "thedeepchecker/thedeepchecker"
                ),
                RuleParameter(
                    "amplitude",
                    0.2,
                    "median change of the medians over their level",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "beyond-noise",
                    3,
                    "the same change over the one that batch scatter gives",
                    source: "three standard errors of a difference of medians"
                ),
            ],
            calibration: "The limits were set so that no healthy labelled log fires, batch size 1 included.",
            references: ["thedeepchecker/thedeepchecker (loss fluctuating)", "shiningrain/AUTOTRAINER (unstable)"],
            examples: [
                RuleExample(
                    "blocks of ten alternate",
                    [(.reconstructionLoss(.mel), Array(repeating: "1x10 2x10", count: 12).joined(separator: " "))],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the same on STFT",
                    [(.reconstructionLoss(.stft), Array(repeating: "0.5x8 0.8x8", count: 16).joined(separator: " "))],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "ordinary batch noise",
                    [
                        (
                            .reconstructionLoss(.mel),
                            Array(repeating: "1 1.6 0.7 1.2 0.8 1.5 0.9 1.3", count: 30).joined(separator: " ")
                        )
                    ],
                    expect: .passes
                ),
                RuleExample("falling", [(.reconstructionLoss(.mel), "2-0.005x240")], expect: .passes),
                RuleExample("fifty values", [(.reconstructionLoss(.mel), "1x50")], expect: .tooShort),
                RuleExample("no reconstruction loss", [(.adversarialLoss, "1x300")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let loss = run.reconstruction(in: .train) else {
            return .unmeasured(needs: [
                .role(.reconstructionLoss(.mel), "a reconstruction distance (mel, STFT or waveform)")
            ])
        }
        let window = JudgedWindow(loss, in: run)
        guard window.judged.count >= 100 else { return .tooShort(window.shortage(until: 100)) }
        // The second half: a start falls steeply and is over.
        let half = loss.slice((window.judged.lowerBound + window.judged.count / 2)..<loss.count)
        let curve = BlockCurve(half, blocks: min(50, half.count / 5))
        let medians = curve.medians.filter(\.isFinite)
        let changes = zip(medians.dropFirst(), medians).map { $0 - $1 }
        let level = RobustStatistics.median(medians)
        guard changes.count >= 8, level > 0 else { return .pass }

        let turns = Double(zip(changes.dropFirst(), changes).count { $0 * $1 < 0 }) / Double(changes.count - 1)
        let amplitude = RobustStatistics.median(changes.map { abs($0) })
        let noise = scatter(of: half, curve)
        // Blocks may be shorter than a swing: a change followed by standstill still turns round at the next one.
        let moves = changes.filter { abs($0) > 0.5 * parameters["amplitude"] * level }
        let moveTurns = Double(zip(moves.dropFirst(), moves).count { $0 * $1 < 0 }) / Double(max(1, moves.count - 1))
        let swing = moves.count >= 6 ? RobustStatistics.median(moves.map { abs($0) }) : amplitude
        guard max(turns, moves.count >= 6 ? moveTurns : 0) > parameters["sign-changes"],
            swing > parameters["amplitude"] * level, swing > parameters["beyond-noise"] * noise
        else { return .pass }
        return .findings([
            Finding(
                rule,
                confidence: .medium,
                episode: loss.episode(from: loss.count - half.count, axis: run.history.axis),
                message:
                    "\(loss.name) swings by \(PlainNumber.percent(swing / level)) of its level of "
                    + "\(PlainNumber.text(level)), more than its batches scatter.",
                evidence: [
                    Evidence(
                        "median change between block medians",
                        100 * swing / level,
                        unit: "%",
                        expected: "below 20 %"
                    ),
                    Evidence("change that batch scatter explains", 100 * noise / level, unit: "%"),
                ],
                curve: FindingCurve(loss)
            )
        ])
    }

    /// Standard error of the difference of two block medians, from the scatter inside the blocks.
    private static func scatter(of series: MetricSeries, _ curve: BlockCurve) -> Double {
        let values = series.values
        let step = max(1, values.count / 20_000) | 1
        let deviations = stride(from: 0, to: values.count, by: step).map { offset in
            abs(values[values.startIndex + offset] - curve.medians[offset / curve.blockLength])
        }
        let sigma = 1.4826 * RobustStatistics.median(deviations)
        // 1.2533: standard error of a median over that of a mean; two medians differ.
        return 1.2533 * sigma / Double(curve.sampleCount).squareRoot() * 2.0.squareRoot()
    }
}

import TrainingMetrics

extension HealthRule {
    /// The quantiser's loss grows and does not stop.
    static let commitmentRunaway = HealthRule(
        RuleDescription(
            id: "VQ005",
            name: "commitment-runaway",
            group: .quantizer,
            severity: .warning,
            summary: """
                The commitment or quantiser loss has grown to 5 times what it was once the quantiser had settled, and is \
                still rising; 100 times is an error.
                """,
            rationale: """
                A loss that rises while the codebook is being filled is normal and levels off. One that keeps growing \
                means that the encoder's output grows faster than the codes follow, and it ends in overflow.
                """,
            causes: [
                "the encoder's output grows without bound: commitment weight too small, no normalisation",
                "the codes move too slowly (EMA decay too high, codebook learning rate too low)",
                "gradients are not clipped",
            ],
            advice: [
                "raise the commitment weight (0.25 to 1), or normalise the latents before the quantiser",
                "lower the EMA decay to 0.99 or raise the codebook's learning rate",
                "clip the generator's gradient",
            ],
            parameters: [
                RuleParameter(
                    "growth",
                    5,
                    "multiple of the settled level",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "error",
                    100,
                    "multiple that is an error",
                    source: "two orders of magnitude are no drift"
                ),
                RuleParameter(
                    "points",
                    10,
                    unit: "values",
                    "values needed after the quantiser joined",
                    source: "fewer show no trend"
                ),
            ],
            calibration:
                "Healthy quantisers rise early by up to 10 times and level off; the rule needs a rise at the end.",
            references: [
                "lucidrains/vector-quantize-pytorch#69", "bigpon/AudioDec#38 (an early rise is normal)",
                "hubertsiuzdak/snac#27, open-mmlab/Amphion#440 (codebook loss drifts up)",
            ],
            examples: [
                RuleExample("grows and grows", [(.commitmentLoss, "0.2x10 0.3+0.1x40")], expect: .fires(.warning)),
                RuleExample("without bound", [(.vqLoss, "0.5x10 1+8x40")], expect: .fires(.error)),
                RuleExample("rises early and levels off", [(.vqLoss, "0.8 1.1 4 7.7 8.7 8x25")], expect: .passes),
                RuleExample(
                    "joins in the middle, high, and falls",
                    [(.vqLoss, "0x30 240 200 120 90 80 70x20")],
                    expect: .passes
                ),
                RuleExample("steady", [(.commitmentLoss, "0.3x40")], expect: .passes),
                RuleExample("five values", [(.commitmentLoss, "0.2+0.5x5")], expect: .tooShort),
                RuleExample("no quantiser loss", [(.totalLoss, "1x40")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let roles: [MetricRole] = [.commitmentLoss, .vqLoss, .codebookLoss]
        let losses = roles.compactMap { run.history.series($0) }.filter { !$0.isEmpty }
        guard !losses.isEmpty else { return .unmeasured(needs: [.role(.commitmentLoss, "the commitment loss")]) }
        var isJudged = false
        for whole in losses {
            let joined = whole.values.firstIndex { $0 > 0 } ?? whole.values.endIndex
            let loss = whole.slice((joined - whole.values.startIndex)..<whole.count)
            guard Double(loss.count) >= parameters["points"] else { continue }
            isJudged = true
            let curve = BlockCurve(loss, blocks: 20)
            let medians = curve.medians.filter(\.isFinite)
            guard medians.count >= 6 else { continue }
            // The first tenth is the filling of the codebook; the quarter behind it is the settled level.
            let settled = medians.dropFirst(max(1, medians.count / 10)).prefix(max(2, medians.count / 4))
            let level = max(RobustStatistics.median(settled), 1e-4)
            let tail = medians.suffix(4)
            let isRising = zip(tail.dropFirst(), tail).allSatisfy { $0 > $1 }
            guard let last = tail.last, last > parameters["growth"] * level, isRising else { continue }
            let first = curve.medians.firstIndex { $0 > 2 * level } ?? 0
            return .findings([
                Finding(
                    rule,
                    severity: last > parameters["error"] * level ? .error : .warning,
                    confidence: .medium,
                    episode: loss.episode(from: min(curve.firstOffset(first), loss.count - 1), axis: run.history.axis),
                    message:
                        "\(loss.name) has grown from \(PlainNumber.text(level)) to \(PlainNumber.text(last)) and is still "
                        + "rising.",
                    evidence: [
                        Evidence("\(loss.name) over its settled level", last / level, expected: "below 5, or level")
                    ],
                    curve: FindingCurve(loss, upper: parameters["growth"] * level),
                    subject: loss.role.rawValue
                )
            ])
        }
        return isJudged ? .pass : .tooShort("\(Int(parameters["points"])) values after the quantiser joined")
    }
}

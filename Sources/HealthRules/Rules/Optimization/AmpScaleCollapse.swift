import Foundation
import TrainingMetrics

extension HealthRule {
    /// OPT007: the loss scale of mixed precision falls and falls.
    static let ampScaleCollapse = HealthRule(
        RuleDescription(
            id: "OPT007",
            name: "amp-scale-collapse",
            group: .optimization,
            severity: .warning,
            summary: """
                The loss scale of mixed-precision training has come down to 1 or less, or is halved five times or more \
                within a thousand steps behind the first thousand. An error below 0.001.
                """,
            rationale: """
                A gradient scaler halves its scale whenever a gradient overflows, and leaves that step out. With a scale \
                below 1 a gradient above 65504 overflows by itself; at 0.001 only a loss that is not finite does, and no \
                step is taken any more, however calm the logged losses look.
                """,
            causes: [
                "gradients exceed what 16-bit floats hold (65504): loss weights, summed losses or a learning rate too high",
                "a loss or a layer is not finite: the logarithm or a division by a norm of silence",
                "spectral losses or the discriminator run in 16 bits",
            ],
            advice: [
                "train in bfloat16, which needs no loss scale, or compute discriminator and spectral losses in 32 bits",
                "log how many steps are skipped, and check every loss for NaN before the backward pass",
                "clip gradients after unscaling them, and lower the learning rate",
            ],
            parameters: [
                RuleParameter(
                    "least",
                    1,
                    "scale that is too small, where it has been higher",
                    source: "identity: below it a gradient of 65504 overflows without any scaling"
                ),
                RuleParameter(
                    "error",
                    0.001,
                    "scale at which no finite gradient overflows any more",
                    source: "identity: a gradient would have to exceed 6.5e7"
                ),
                RuleParameter(
                    "halvings",
                    5,
                    "halvings in a thousand steps",
                    source:
                        "PyTorch's GradScaler doubles once in 2000 steps, so one halving in 2000 is its usual rhythm"
                ),
                RuleParameter(
                    "warm-up",
                    1000,
                    unit: "steps",
                    "steps in which the scaler finds its level",
                    source: "a healthy log (Coqui VITS) is down at 1024 by its first line"
                ),
            ],
            calibration: """
                Silent on the one labelled log that carries a loss scale (Coqui VITS: 1024 at first, then 512 throughout). \
                No public log of a collapse was found; in preview.
                """,
            references: [
                "PyTorch torch.amp.GradScaler (init_scale 65536, growth_interval 2000, backoff_factor 0.5)",
                "IEEE 754 binary16: largest finite number 65504",
            ],
            examples: [
                RuleExample(
                    "halved again and again",
                    [(.gradientScale, "65536x30 32768 16384 8192 4096 2048 1024 512 256 128 64 32")],
                    every: 100,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "down to nothing",
                    [(.gradientScale, "65536x20 1024 1 0.01 0.0001x20")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "at the floor of the scaler",
                    [(.gradientScale, "512x20 64 8 1x20")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "finds its level and keeps it",
                    [(.gradientScale, "65536 8192 1024 512x40")],
                    every: 100,
                    expect: .passes
                ),
                RuleExample(
                    "the usual rhythm",
                    [(.gradientScale, "512x20 256x20 512x20 256x20 512x20")],
                    every: 100,
                    expect: .passes
                ),
                RuleExample("no scaling", [(.gradientScale, "1x60")], every: 100, expect: .passes),
                RuleExample("two values", [(.gradientScale, "65536 512")], every: 100, expect: .tooShort),
                RuleExample("not logged", [(.totalLoss, "1x60")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let scale = run.history.series(.gradientScale) else {
            return .unmeasured(needs: [
                .role(.gradientScale, "the loss scale of mixed-precision training, if it has one")
            ])
        }
        let finite = scale.values.filter(\.isFinite)
        guard finite.count >= 3, let last = finite.last else { return .tooShort("a third value of the loss scale") }
        let highest = finite.max() ?? last
        let isLow = { (value: Double) in value <= parameters["least"] }
        if isLow(last), highest > max(parameters["least"], last), let onset = scale.tail(where: isLow) {
            let isDead = last < parameters["error"]
            return .findings([
                Finding(
                    rule,
                    severity: isDead ? .error : .warning,
                    confidence: scale.count - onset >= 3 ? .high : .medium,
                    episode: scale.episode(from: onset, axis: run.history.axis),
                    message:
                        "The loss scale has come down from \(PlainNumber.text(highest)) to \(PlainNumber.text(last)): "
                        + (isDead ? "no step is taken any more." : "nearly every step overflows and is left out."),
                    evidence: [
                        Evidence("loss scale", last, expected: "well above \(PlainNumber.text(parameters["least"]))")
                    ],
                    curve: FindingCurve(scale, lower: parameters["least"])
                )
            ])
        }
        guard run.history.axis == .step else { return .pass }
        let begin = (scale.positions.first ?? 0) + Int64(parameters["warm-up"])
        guard let worst = halvings(scale.slice(scale.offset(atOrAfter: begin)..<scale.count)),
            worst.perThousand >= parameters["halvings"]
        else { return .pass }
        let first = scale.offset(atOrAfter: worst.from)
        let end = scale.offset(atOrAfter: worst.to)
        return .findings([
            Finding(
                rule,
                confidence: .medium,
                episode: scale.episode(from: first, through: min(end, scale.count - 1), axis: run.history.axis),
                message:
                    "The loss scale was halved \(worst.count) times between steps \(worst.from) and \(worst.to): as many "
                    + "steps and more were left out because a gradient overflowed.",
                evidence: [
                    Evidence(
                        "halvings in a thousand steps",
                        worst.perThousand,
                        expected: "below \(PlainNumber.text(parameters["halvings"]))"
                    )
                ],
                curve: FindingCurve(scale)
            )
        ])
    }

    /// The stretch of a thousand steps (or of two neighbours further apart) with the most halvings; `nil` without any.
    private static func halvings(
        _ scale: MetricSeries
    ) -> (count: Int, perThousand: Double, from: Int64, to: Int64)? {
        guard scale.count > 1 else { return nil }
        let positions = Array(scale.positions)
        let values = Array(scale.values)
        let falls = zip(values, values.dropFirst()).map { before, after in
            before.isFinite && after > 0 && after < before ? Int(log2(before / after).rounded()) : 0
        }
        var best: (count: Int, perThousand: Double, from: Int64, to: Int64)?
        var begin = 0
        var count = 0
        for index in falls.indices {
            count += falls[index]
            while begin < index, positions[index + 1] - positions[begin] > 1000 {
                count -= falls[begin]
                begin += 1
            }
            let span = Double(max(1000, positions[index + 1] - positions[begin]))
            let rate = 1000 * Double(count) / span
            if count > 0, rate > best?.perThousand ?? 0 {
                best = (count, rate, positions[begin], positions[index + 1])
            }
        }
        return best
    }
}

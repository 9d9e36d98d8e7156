import TrainingMetrics

extension HealthRule {
    /// The output runs into full scale.
    static let clipping = HealthRule(
        RuleDescription(
            id: "SIG008",
            name: "clipping",
            group: .signal,
            severity: .warning,
            summary: "More than 0.1 % of the decoded samples lie at full scale, or the peak lies clearly above it.",
            rationale: """
                Samples at full scale are flat-topped: audible distortion, and no gradient behind a saturated tanh. \
                Samples above it are cut when the file is written, so what is heard is not what was scored.
                """,
            causes: [
                "the output is too loud",
                "the training audio itself is clipped or normalised to full scale",
                "a saturated tanh at the output",
            ],
            advice: [
                "normalise the training audio to leave headroom (peak at -1 dB or lower)",
                "check the amplitude ratio; a gain error explains clipping",
                "look at the distribution in front of the output activation",
            ],
            parameters: [
                RuleParameter(
                    "clipped",
                    0.001,
                    "share of samples at or above 0.999 of full scale",
                    source: "a hundred clipped samples in 100 000 are audible"
                ),
                RuleParameter(
                    "peak",
                    1.05,
                    "largest absolute sample",
                    source: "full scale is 1; 5 % for resampling overshoot"
                ),
                RuleParameter(
                    "warm-up",
                    1000,
                    unit: "steps",
                    "steps left out; on the epoch axis the first epoch",
                    source: "an untrained output layer has no level yet"
                ),
            ],
            references: ["full scale of floating-point audio is 1"],
            examples: [
                RuleExample("flat tops", [(.clippedFraction, "0.0005 0.01x12")], expect: .fires(.warning)),
                RuleExample("above full scale", [(.outputPeak, "0.9 1.4x12")], expect: .fires(.warning)),
                RuleExample("a sample now and then", [(.clippedFraction, "0.00002x12")], expect: .passes),
                RuleExample("loud, not clipped", [(.outputPeak, "0.99x12")], expect: .passes),
                RuleExample("too early", [(.outputPeak, "1.4")], every: 100, expect: .tooShort),
                RuleExample("neither share nor peak", [(.snr, "1x12")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let candidates: [(MetricRole, String)] = [(.clippedFraction, "clipped"), (.outputPeak, "peak")]
        var shortage: String?
        var isJudged = false
        for (role, limit) in candidates {
            guard let window = SignalWindow(role, in: run, warmUp: parameters["warm-up"]) else { continue }
            guard !window.recent.isEmpty else {
                shortage = window.shortage
                continue
            }
            isJudged = true
            let level = window.median
            let isClipped = { (value: Double) in value > parameters[limit] }
            guard level > parameters[limit] else { continue }
            let isShare = role == .clippedFraction
            let onset = window.onset(isClipped)
            return .findings([
                Finding(
                    rule,
                    confidence: window.confidence,
                    episode: window.series.episode(from: onset, axis: window.axis),
                    message: isShare
                        ? "\(PlainNumber.percent(level)) of the decoded samples lie at full scale."
                        : "The decoded audio peaks at \(PlainNumber.text(level)) times full scale.",
                    evidence: [
                        Evidence(
                            isShare ? "share of clipped samples, recent median" : "peak, recent median",
                            isShare ? 100 * level : level,
                            unit: isShare ? "%" : "",
                            expected: isShare ? "below 0.1 %" : "below 1"
                        )
                    ],
                    curve: FindingCurve(window.series, upper: parameters[limit])
                )
            ])
        }
        if isJudged { return .pass }
        if let shortage { return .tooShort(shortage) }
        return .unmeasured(needs: [
            .role(.clippedFraction, "share of decoded samples at or above 0.999 of full scale")
        ])
    }
}

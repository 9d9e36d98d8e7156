import Foundation
import TrainingMetrics

extension HealthRule {
    /// OPT003: no gradient arrives, next to none, or far too much.
    static let gradientNorm = HealthRule(
        RuleDescription(
            id: "OPT003",
            name: "gradient-norm",
            group: .optimization,
            severity: .warning,
            summary: """
                A gradient norm is exactly 0 (in front of the quantiser while the generator has one: an error), below \
                1e-7, a thousand times the clipping threshold, or clipped in nearly every step.
                """,
            rationale: """
                Where no gradient arrives nothing is learnt. An encoder with a gradient of 0 behind a generator that has \
                one is cut off by the quantiser; the decoder then learns to make the best of codes that mean nothing.
                """,
            causes: [
                "the graph is cut: a detach too many, a lookup without a straight-through copy, a frozen layer",
                "the loss of this network is multiplied by 0, or not in the objective",
                "activations saturate (tanh, sigmoid) or logits have become constant",
                "the loss is much larger than usual, or clipping is set for another loss",
            ],
            advice: [
                "log the norm for encoder, quantiser and decoder apart: the first that is 0 is behind the cut",
                "check the straight-through line: x + stop_gradient(q - x)",
                "log norms before clipping",
            ],
            parameters: [
                RuleParameter(
                    "zeros",
                    5,
                    unit: "values",
                    "values of exactly 0 in a row",
                    source: "identity: a gradient that arrives is not exactly 0"
                ),
                RuleParameter("vanishing", 1e-7, "norm below which it vanishes", source: "SageMaker Debugger"),
                RuleParameter(
                    "exploding",
                    1000,
                    "multiple of the clipping threshold",
                    source: "AdamW forgives the scale; a thousand times is an exploding loss"
                ),
                RuleParameter("clipped", 0.9, "share of steps that are clipped", source: "calibrated by hand: an info"),
            ],
            references: [
                "yangdongchao/RSTnet#2 (straight-through copy missing)",
                "coqui-ai/TTS#976 (a norm of constant 0 that was not instrumented)",
                "SageMaker Debugger, VanishingGradient",
            ],
            examples: [
                RuleExample(
                    "nothing passes the quantiser",
                    [(.gradientNorm(.encoder), "0x12"), (.gradientNorm(.generator), "3 2.5x11")],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a network whose weights do not move either",
                    [(.gradientNorm(.discriminator), "0x12"), (.updateRatio(.discriminator), "0x12")],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample("vanishing", [(.gradientNorm(.generator), "1e-9x40")], expect: .fires(.warning)),
                RuleExample(
                    "exploding",
                    [(.gradientNorm(.generator), "5e4x40")],
                    facts: [.gradientClip: "1"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "always clipped",
                    [(.gradientNorm(.discriminator), "25x40")],
                    facts: [.discriminatorGradientClip: "10"],
                    expect: .fires(.info)
                ),
                RuleExample("never instrumented", [(.gradientNorm(.generator), "0x40")], expect: .fires(.info)),
                RuleExample(
                    "usual",
                    [(.gradientNorm(.generator), "30-0.5x40"), (.gradientNorm(.discriminator), "4x40")],
                    facts: [.gradientClip: "1000", .discriminatorGradientClip: "10"],
                    expect: .passes
                ),
                RuleExample(
                    "the discriminator has not started",
                    [
                        (.gradientNorm(.discriminator), "0x12"), (.gradientNorm(.generator), "2x12"),
                        (.discriminatorLoss, "0x12"), (.adversarialLoss, "0x12"),
                    ],
                    expect: .passes
                ),
                RuleExample("not logged", [(.totalLoss, "1x9")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let norms = MetricRole.Network.allCases.flatMap { run.history.all(.gradientNorm($0)) }
            .filter { !$0.isEmpty && $0.interpretation.part != "max" }
        guard !norms.isEmpty else {
            return .unmeasured(needs: [
                .role(.gradientNorm(.generator), "the gradient norm of each network, before clipping")
            ])
        }
        let findings = norms.compactMap { series -> Finding? in
            if let stuck = StuckNetwork(series, in: run, needed: Int(parameters["zeros"])) {
                return absence(series, stuck, run, rule)
            }
            return series.interpretation.part.isEmpty ? outOfRange(series, run, parameters, rule) : nil
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    private static func absence(
        _ series: MetricSeries,
        _ stuck: StuckNetwork,
        _ run: RunView,
        _ rule: RuleDescription
    ) -> Finding {
        let network = series.role.network ?? .unspecified
        let name = network.sentenceName + series.partSuffix
        let episode = series.episode(from: stuck.onset, axis: run.history.axis)
        func isAlive(_ role: MetricRole) -> Bool {
            run.history.series(role)?.values.suffix(stuck.count).contains { $0 > 0 } ?? false
        }
        let isCutOff = network == .encoder && isAlive(.gradientNorm(.generator))
        // Where other numbers of the network are measured, this one is too. A hinge loss of exactly 0 has no gradient.
        let isMeasured = run.history.series(.updateRatio(network)) != nil
        let loss = run.history.series(network == .discriminator ? .discriminatorLoss : .totalLoss)
        let hasLoss = loss.map { $0.values.suffix(stuck.count).contains { $0 != 0 } } ?? true
        let isBroken = isCutOff || isMeasured && hasLoss
        var causes: [String] = []
        if isCutOff {
            causes = [
                "the straight-through copy of the gradient is missing in the quantiser: codes are looked up and nothing "
                    + "is passed back",
                "the latents are detached in front of the quantiser",
            ]
        } else if network == .discriminator {
            causes = [
                "its final layer is 0 or frozen, so that nothing in front of it gets a gradient",
                "its loss is computed without gradients, or on detached outputs",
            ]
        }
        return Finding(
            rule,
            severity: isBroken ? .error : .info,
            confidence: isBroken ? .high : .low,
            episode: episode,
            message: isBroken
                ? "No gradient reaches \(name): its norm is exactly 0 \(episode.since(run.history.axis))"
                    + (isCutOff ? ", while the generator behind the quantiser has one." : ".")
                : "The gradient norm of \(name) is exactly 0 \(episode.since(run.history.axis)): it is probably not measured.",
            evidence: [Evidence("gradient norm of \(name), \(stuck.count) values", 0, expected: "above 0")],
            curve: FindingCurve(series),
            causes: causes,
            subject: series.role.rawValue + series.partSuffix
        )
    }

    private static func outOfRange(
        _ series: MetricSeries,
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        let network = series.role.network ?? .unspecified
        let window = JudgedWindow(series, in: run, since: series.start)
        guard window.maturity == .plenty else { return nil }
        let level = RobustStatistics.median(window.values)
        let ownClip = network == .discriminator ? run.facts.number(.discriminatorGradientClip) : nil
        let clip = (ownClip ?? run.facts.number(.gradientClip)).flatMap { $0 > 0 ? $0 : nil }
        let name = network.sentenceName
        let verdict: (condition: (Double) -> Bool, severity: Severity, text: String, expected: String)
        if level < parameters["vanishing"], level > 0 {
            verdict = ({ $0 < parameters["vanishing"] }, .warning, "it vanishes", "above 1e-7")
        } else if let clip, level > parameters["exploding"] * clip {
            let limit = parameters["exploding"] * clip
            verdict = (
                { $0 > limit }, .warning, "\(PlainNumber.text(level / clip)) times what clipping leaves of it",
                "below \(PlainNumber.text(limit))"
            )
        } else if let clip, window.share(where: { $0 > clip }) > parameters["clipped"] {
            verdict = (
                { $0 > clip }, .info, "nearly every step is clipped to \(PlainNumber.text(clip))",
                "below \(PlainNumber.text(clip))"
            )
        } else {
            return nil
        }
        guard let onset = window.onset(where: verdict.condition) else { return nil }
        let episode = window.episode(from: onset)
        return Finding(
            rule,
            severity: verdict.severity,
            confidence: .medium,
            episode: episode,
            message:
                "The gradient norm of \(name) is \(PlainNumber.text(level)) \(episode.since(run.history.axis)): "
                + "\(verdict.text).",
            evidence: [Evidence("gradient norm of \(name), recent median", level, expected: verdict.expected)],
            curve: FindingCurve(series, upper: clip),
            subject: series.role.rawValue
        )
    }
}

import Foundation
import TrainingMetrics

extension HealthRule {
    /// OPT005: a network is not moved by its optimiser, or moved by too much.
    static let updateRatio = HealthRule(
        RuleDescription(
            id: "OPT005",
            name: "update-ratio",
            group: .optimization,
            severity: .warning,
            summary: """
                A step changes a network's weights by exactly nothing although its learning rate is positive (an error), \
                by less than a millionth of them, or by more than a tenth.
                """,
            rationale: """
                An optimiser that is stepped moves every weight that has a gradient. A change of exactly 0 says that the \
                network is not trained at all, whatever its losses do; a tenth of the weights per step is a random walk.
                """,
            causes: [
                "its optimiser is never stepped, or its parameters are not in the optimiser",
                "no gradient reaches its parameters (detached, frozen, multiplied by 0)",
                "the learning rate is far too high or too low for the scale of the weights",
            ],
            advice: [
                "print the names of the parameters each optimiser owns, and compare their number with the network's",
                "check that the step of this optimiser is reached, and is not skipped by a scaler or a condition",
                "sum the network's parameters before and after one step: they must differ",
            ],
            parameters: [
                RuleParameter(
                    "zeros",
                    5,
                    unit: "values",
                    "values of exactly 0 in a row that prove that a network does not move",
                    source: "identity: Adam moves a weight by about the learning rate, whatever its gradient"
                ),
                RuleParameter(
                    "low",
                    1e-6,
                    "update ratio below which next to nothing is learnt",
                    source: "a hundredth of TheDeepChecker's bound of 1e-4"
                ),
                RuleParameter("high", 0.1, "update ratio above which it is a random walk", source: "TheDeepChecker"),
            ],
            references: ["thedeepchecker/thedeepchecker (update scale)", "SageMaker Debugger, WeightUpdateRatio"],
            examples: [
                RuleExample(
                    "a discriminator that is never stepped",
                    [
                        (.updateRatio(.discriminator), "0x12"), (.updateRatio(.generator), "1e-3x12"),
                        (.discriminatorLoss, "8.1 8 8.05x10"), (.learningRate(.discriminator), "1e-4x12"),
                    ],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one sub-discriminator of three that is not in the optimiser",
                    [
                        (.updateRatio(.discriminator), "9e-4x12"), (.updateRatio(.discriminator), "period 2: 1e-3x12"),
                        (.updateRatio(.discriminator), "STFT 512: 0x12"),
                    ],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample("a random walk", [(.updateRatio(.generator), "0.3x40")], expect: .fires(.warning)),
                RuleExample("next to nothing", [(.updateRatio(.generator), "1e-8x40")], expect: .fires(.warning)),
                RuleExample("usual", [(.updateRatio(.generator), "2e-3-1e-6x40")], expect: .passes),
                RuleExample(
                    "the discriminator has not started",
                    [
                        (.updateRatio(.discriminator), "0x12"), (.updateRatio(.generator), "1e-3x12"),
                        (.discriminatorLoss, "0x12"), (.adversarialLoss, "0x12"),
                    ],
                    expect: .passes
                ),
                RuleExample(
                    "a schedule that has ended at 0",
                    [(.updateRatio(.generator), "1e-3x30 0x6"), (.learningRate(.generator), "1e-4x30 0x6")],
                    expect: .passes
                ),
                RuleExample("two steps", [(.updateRatio(.generator), "0x2")], expect: .tooShort),
                RuleExample("not logged", [(.totalLoss, "1x9")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let ratios = MetricRole.Network.allCases.flatMap { run.history.all(.updateRatio($0)) }.filter { !$0.isEmpty }
        guard !ratios.isEmpty else {
            return .unmeasured(needs: [
                .role(.updateRatio(.generator), "the norm of each network's change over the norm of its weights")
            ])
        }
        let needed = Int(parameters["zeros"])
        guard ratios.contains(where: { $0.count >= needed }) else {
            return .tooShort("\(needed - (ratios.map(\.count).max() ?? 0)) more values")
        }
        var findings: [Finding] = []
        for series in ratios {
            if let stuck = StuckNetwork(series, in: run, needed: needed) {
                guard isMeantToMove(series, run) else { continue }
                // Where the whole stands still, its parts say nothing more.
                let isPart = !series.interpretation.part.isEmpty
                if isPart, findings.contains(where: { $0.subject == series.role.rawValue }) { continue }
                findings.append(standstill(series, stuck, run, rule))
            } else if series.interpretation.part.isEmpty, let finding = outOfRange(series, run, parameters, rule) {
                findings.append(finding)
            }
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    /// Learning rate that moves a weight of 0.1 in float32.
    private static let leastRate = 1e-8

    /// Whether the network's learning rate is above 0 while it stands still; an unknown one is.
    private static func isMeantToMove(_ series: MetricSeries, _ run: RunView) -> Bool {
        guard let network = series.role.network else { return true }
        let key: FactKey = network == .discriminator ? .discriminatorLearningRate : .learningRate
        let rate = run.history.series(.learningRate(network)) ?? run.history.series(.learningRate(.unspecified))
        guard let rate else { return run.facts.number(key).map { $0 > leastRate } ?? true }
        // A schedule that has ended is the learning rate's business: float32 weights do not feel less than this.
        return (rate.values.last { $0.isFinite } ?? 0) > leastRate
    }

    private static func standstill(
        _ series: MetricSeries,
        _ stuck: StuckNetwork,
        _ run: RunView,
        _ rule: RuleDescription
    ) -> Finding {
        let network = series.role.network ?? .unspecified
        let episode = series.episode(from: stuck.onset, axis: run.history.axis)
        let name = network.sentenceName
        let part = series.partSuffix
        var causes: [String] = []
        var evidence = [
            Evidence("update ratio of \(name)\(part), \(stuck.count) values", 0, expected: "1e-5 to 1e-2")
        ]
        if let norm = run.history.series(.gradientNorm(network)), let last = norm.values.last, last.isFinite {
            evidence.append(Evidence("gradient norm of \(name)", last))
            if last == 0 {
                causes = [
                    "no gradient reaches its parameters: its loss is detached, multiplied by 0, or its parameters are frozen",
                    "its gradients are cleared between the backward pass and the step",
                ]
            } else {
                causes = [
                    "its optimiser is never stepped, or its parameters are not in the optimiser: gradients arrive and "
                        + "nothing uses them",
                    "every step is skipped (a gradient scaler, a condition on the step's number)",
                ]
            }
        }
        return Finding(
            rule,
            severity: .error,
            confidence: .high,
            episode: episode,
            message:
                "The optimiser does not move \(name)\(part): its weights have changed by exactly 0 "
                + "\(episode.since(run.history.axis)), although its learning rate is above 0.",
            evidence: evidence,
            curve: FindingCurve(series, lower: 1e-6, upper: 0.1),
            causes: causes,
            subject: series.role.rawValue + part
        )
    }

    private static func outOfRange(
        _ series: MetricSeries,
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        let window = JudgedWindow(series, in: run, since: series.start)
        guard window.maturity == .plenty else { return nil }
        let level = RobustStatistics.median(window.values)
        let isHigh = level > parameters["high"]
        guard level > 0, isHigh || level < parameters["low"] else { return nil }
        let isOut = { (value: Double) in isHigh ? value > parameters["high"] : value < parameters["low"] }
        guard window.holds(where: isOut), let onset = window.onset(where: isOut) else { return nil }
        let name = (series.role.network ?? .unspecified).sentenceName
        let episode = window.episode(from: onset)
        return Finding(
            rule,
            severity: .warning,
            confidence: .low,
            episode: episode,
            message:
                "A step changes the weights of \(name) by \(PlainNumber.text(level)) of their norm, "
                + "\(episode.since(run.history.axis)): "
                + (isHigh ? "that is a random walk." : "next to nothing is learnt."),
            evidence: [Evidence("update ratio of \(name), recent median", level, expected: "1e-5 to 1e-2")],
            curve: FindingCurve(series, lower: parameters["low"], upper: parameters["high"]),
            causes: [
                isHigh
                    ? "the learning rate is far too high for the scale of the weights"
                    : "the learning rate is far too low for the scale of the weights"
            ],
            subject: series.role.rawValue
        )
    }
}

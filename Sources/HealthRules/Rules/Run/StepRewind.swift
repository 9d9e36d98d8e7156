import TrainingMetrics

extension HealthRule {
    /// The run was resumed or restarted, and what that did to its losses.
    static let stepRewind = HealthRule(
        RuleDescription(
            id: "RUN003",
            name: "step-rewind",
            group: .run,
            severity: .info,
            summary: """
                The log holds several attempts, or falls back to an earlier step. A warning when a loss is more than 20 % \
                higher after a resume than before; an error when it is the discriminator that begins again.
                """,
            rationale: """
                Work after the last checkpoint was lost. A loss that jumps at a resume means that part of the state did not \
                come back: the optimiser, the moving average, or the discriminator.
                """,
            causes: [
                "the run crashed or was stopped and went on from a checkpoint",
                "the checkpoint holds no optimiser or discriminator state",
                "the data order and the schedule start from the beginning",
            ],
            advice: [
                "save and load the state of both networks, both optimisers and schedulers",
                "compare the first losses after the resume with the last before it",
                "save checkpoints more often if much was repeated",
            ],
            parameters: [
                RuleParameter(
                    "jump",
                    0.2,
                    "relative rise of a loss over a resume",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "discriminator-jump",
                    0.5,
                    "relative rise of the discriminator's loss over a resume that is an error",
                    source: "a new discriminator is at or above its blind constant, one that works far below"
                ),
                RuleParameter(
                    "values",
                    5,
                    unit: "values",
                    "values compared on either side",
                    source: "a median needs a few"
                ),
            ],
            calibration: "Restarts in the labelled logs change their losses by less than this.",
            references: [
                "ZhangXInFD/SpeechTokenizer#27 (discriminators not restored: feature loss 4.705 to 0.087)",
                "TensorBoard purges what lies behind a restart",
            ],
            examples: [
                RuleExample(
                    "resumed, and the loss jumped",
                    [(.totalLoss, "1.01 1 0.99 1 1.02 0.98 1 1 1 1.6x10")],
                    rewinds: [RunHistory.Rewind(from: 15_000, to: 10_000)],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the discriminator began again",
                    [
                        (.discriminatorLoss, "8 5 2.1x18 8 6.5 5.1 4.4x17"), (.totalLoss, "30-0.1x40"),
                        (.reconstructionLoss(.mel), "2-0.01x40"),
                    ],
                    rewinds: [RunHistory.Rewind(from: 23_000, to: 21_000)],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "resumed without a trace",
                    [(.totalLoss, "3-0.1x20")],
                    rewinds: [RunHistory.Rewind(from: 13_500, to: 10_000)],
                    expect: .fires(.info)
                ),
                RuleExample("the third attempt", [(.totalLoss, "3-0.1x20")], attempts: 3, expect: .fires(.info)),
                RuleExample("one attempt without a gap", [(.totalLoss, "3-0.1x20")], expect: .passes),
                RuleExample("one value", [(.totalLoss, "3")], expect: .passes),
            ]
        )
    ) { run, parameters, rule in
        let history = run.history
        var findings: [Finding] = []
        if history.attemptCount > 1, let first = history.firstPosition, let last = history.lastPosition {
            findings.append(
                Finding(
                    rule,
                    severity: .info,
                    confidence: .high,
                    episode: Episode(firstPosition: first, lastPosition: last, isOngoing: true),
                    message:
                        "The log holds \(history.attemptCount) attempts; this is a judgement of attempt \(history.attempt).",
                    evidence: [Evidence("attempts", Double(history.attemptCount))],
                    subject: "attempts"
                )
            )
        }
        if let last = history.rewinds.last {
            let lost = history.rewinds.map { $0.from - $0.to }.max() ?? 0
            let jumps = history.rewinds.flatMap { resumeJumps(history, at: $0, parameters) }
            // Of several jumps the discriminator's says which part of the state is missing.
            let player = jumps.first {
                isDiscriminator($0.series.role) && $0.ratio > 1 + parameters["discriminator-jump"]
            }
            let worst = player ?? jumps.max { $0.ratio < $1.ratio }
            let unit = history.axis.rawValue
            var message =
                "The run was resumed \(history.rewinds.count == 1 ? "once" : "\(history.rewinds.count) times"), last from "
                + "\(unit) \(last.from) back to \(unit) \(last.to)"
            if let worst {
                message +=
                    "; \(worst.series.name) is \(PlainNumber.percent(worst.ratio - 1)) higher after the resume at \(unit) "
                    + "\(worst.rewind.to) (\(PlainNumber.text(worst.before)) to \(PlainNumber.text(worst.after)))"
            }
            findings.append(
                Finding(
                    rule,
                    severity: player != nil ? .error : worst == nil ? .info : .warning,
                    confidence: player != nil ? .high : .medium,
                    episode: Episode(
                        firstPosition: history.rewinds[0].to,
                        lastPosition: max(last.from, history.rewinds[0].to),
                        isOngoing: false
                    ),
                    message: message + ".",
                    evidence: [Evidence("most repeated at a resume", Double(lost), unit: "\(unit)s")],
                    curve: worst.map { FindingCurve($0.series) },
                    causes: player == nil
                        ? []
                        : [
                            "the discriminator was not restored: the resumed run goes on with a new one",
                            "the discriminator's optimiser state was not restored",
                        ],
                    subject: "resume"
                )
            )
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    private typealias ResumeJump = (
        series: MetricSeries, rewind: RunHistory.Rewind, before: Double, after: Double, ratio: Double
    )

    private static func isDiscriminator(_ role: MetricRole) -> Bool {
        [.discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss].contains(role)
    }

    /// The losses that rose over a resume, beyond their own scatter.
    private static func resumeJumps(
        _ history: RunHistory,
        at rewind: RunHistory.Rewind,
        _ parameters: RuleParameters
    ) -> [ResumeJump] {
        var jumps: [ResumeJump] = []
        let count = Int(parameters["values"])
        for series in history.series where series.role.isLoss && !series.isDerived && series.split == .train {
            let cut = series.offset(atOrAfter: rewind.to)
            let earlier = series.slice(max(0, cut - count)..<cut).values
            let later = series.slice(cut..<min(series.count, cut + count)).values
            guard earlier.count >= 3, later.count >= 3 else { continue }
            let before = RobustStatistics.median(earlier)
            let after = RobustStatistics.median(later)
            let scatter = 1.4826 * RobustStatistics.medianAbsoluteDeviation(earlier)
            guard before > 0, after > before * (1 + parameters["jump"]), after - before > 3 * scatter else { continue }
            jumps.append((series, rewind, before, after, after / before))
        }
        return jumps
    }
}

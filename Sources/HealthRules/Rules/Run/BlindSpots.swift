import TrainingMetrics

extension HealthRule {
    /// Much of the run could not be judged, and one more metric or fact would change that.
    static let blindSpots = HealthRule(
        RuleDescription(
            id: "RUN004",
            name: "blind-spots",
            group: .run,
            severity: .info,
            summary: "Several rules could not judge the run for want of the same single metric or fact.",
            rationale: """
                What is not measured is not healthy. One more number in the log often decides between causes that look \
                alike without it.
                """,
            causes: [
                "the trainer does not log the metric",
                "the metric has a name that is not recognised",
                "the log does not say which loss family is used, and its numbers do not settle it",
            ],
            advice: [
                "log the metric, or give the fact with --fact",
                "look with 'codec-doctor ingest --dry-run' whether the metric is there under another name; --map names it",
            ],
            parameters: [
                RuleParameter(
                    "rules",
                    2,
                    unit: "rules",
                    "rules that one metric or fact must unlock",
                    source: "a single rule is no pattern"
                )
            ],
            references: ["mahimailabs/voicegateway#253 (unmeasured must not read as passed)"],
            examples: [
                RuleExample(
                    "a discriminator whose loss family is not known",
                    [(.discriminatorLoss, "1.7-0.01x30"), (.reconstructionLoss(.mel), "2-0.01x30")],
                    expect: .fires(.info)
                ),
                RuleExample(
                    "well logged",
                    [
                        (.discriminatorLoss, "1.7-0.01x30"), (.adversarialLoss, "0.5+0.01x30"),
                        (.featureMatchingLoss, "0.3+0.01x30"), (.generatorLoss, "9-0.1x30"), (.vqLoss, "0.2x30"),
                        (.reconstructionLoss(.waveform), "0.1-0.001x30"), (.snr, "1+0.2x30"),
                        (.amplitudeRatio, "0.98x30"), (.perplexity, "500x30"), (.learningRate(.generator), "1e-4x30"),
                        (.discriminatorRealLogit, "0.3+0.01x30"), (.discriminatorFakeLogit, "-0.2-0.01x30"),
                    ],
                    facts: [.lossFamily: "hinge", .vqWeight: "1"],
                    expect: .passes
                ),
            ]
        ),
        review: { run, results, parameters, rule in
            guard let unlock = results.bestUnlock, Double(unlock.rules.count) >= parameters["rules"],
                let first = run.history.firstPosition, let last = run.history.lastPosition
            else { return .pass }
            let hint = unlock.need.hint.isEmpty ? "" : " (\(unlock.need.hint))"
            return .findings([
                Finding(
                    rule,
                    confidence: .high,
                    episode: Episode(firstPosition: first, lastPosition: last, isOngoing: true),
                    message:
                        "\(results.unmeasuredByLog.count) rules could not judge this run; with \(unlock.need.name)\(hint) "
                        + "\(unlock.rules.count) more could: \(Wording.list(unlock.rules.map(\.rawValue))).",
                    evidence: [
                        Evidence("rules that could not judge", Double(results.unmeasuredByLog.count), expected: "0")
                    ]
                )
            ])
        }
    )
}

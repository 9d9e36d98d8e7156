import TrainingMetrics

extension HealthRule {
    /// FTR002: feature matching jumps, again and again.
    static let featureMatchingSpike = HealthRule(
        RuleDescription(
            id: "FTR002",
            name: "feature-matching-spike",
            group: .feature,
            severity: .warning,
            summary: """
                Feature matching jumps far above its local level several times in a short stretch. Isolated spikes \
                are not reported.
                """,
            rationale: """
                The term is a distance of discriminator features. When it multiplies from one step to the next, \
                features have blown up or are divided by almost nothing, and the generator's step is ruined with them.
                """,
            causes: [
                "a relative distance divides by the mean feature of real audio without a floor",
                "the discriminator's features blow up (no clipping, no normalisation, half precision)",
                "silent or broken segments in the data",
            ],
            advice: [
                "add a floor to the denominator of a relative distance, or use the absolute one",
                "clip the discriminator's gradient, and compute features and distance in 32 bits",
                "find the batches of the spikes and listen to them",
            ],
            parameters: [
                RuleParameter(
                    "factor",
                    10,
                    "multiple of the local level, or of a direct neighbour, that is a spike",
                    source: "calibrated on 36 labelled public logs; AcademiCodec#27"
                ),
                RuleParameter(
                    "deviations",
                    8,
                    "robust standard deviations above the local level that are a spike, from 3 times the level on",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "count",
                    3,
                    unit: "spikes",
                    "spikes that make a cluster, none more than 50 values from the next",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: """
                Local level: the lower quartile of a block of 50 values, or of the block before where that is lower. \
                In a short excerpt the direct neighbours say more, so 10 times one of them counts too.
                """,
            references: ["https://github.com/yangdongchao/AcademiCodec/issues/27"],
            examples: examplesOfFeatureMatchingSpike
        )
    ) { run, parameters, rule in
        guard let series = run.history.series(.featureMatchingLoss) else {
            return .unmeasured(needs: [.role(.featureMatchingLoss, "the feature matching term")])
        }
        guard let first = series.firstOffset(where: { $0 != 0 }) else { return DiscriminatorStart.need }
        let live = series.slice(first..<series.count)
        guard live.count >= 6 else { return .tooShort("\(6 - live.count) more logged values") }
        let finder = SpikeFinder(factor: parameters["factor"], deviations: parameters["deviations"])
        let spikes = finder.spikes(in: live.values)
        let clusters = SpikeFinder.clusters(spikes, minimum: Int(parameters["count"]))
        guard let worst = clusters.max(by: { $0.height < $1.height }) else { return .pass }
        let others = clusters.count - 1
        let more = others == 0 ? "" : " (and in \(others) more such stretch\(others == 1 ? "" : "es"))"
        let episode = live.episode(from: worst.first, through: worst.last, axis: run.history.axis)
        return .findings([
            Finding(
                rule,
                confidence: worst.count >= 5 ? .high : .medium,
                episode: episode,
                message: "Feature matching jumped \(worst.count) times\(more), up to \(PlainNumber.text(worst.value)), "
                    + "\(PlainNumber.text(worst.height)) times its level around, \(episode.since(run.history.axis)).",
                evidence: [
                    Evidence("highest value", worst.value, expected: "near \(PlainNumber.text(worst.level))"),
                    Evidence("spikes in the stretch", Double(worst.count), expected: "0"),
                    Evidence("spikes in the whole run", Double(spikes.count)),
                ],
                curve: FindingCurve(series)
            )
        ])
    }

    private static let examplesOfFeatureMatchingSpike: [RuleExample] = [
        RuleExample(
            "a dividing distance: three jumps by orders of magnitude",
            [(.featureMatchingLoss, "14x6 41000 610 12 15 13 9800 16 14x20")],
            every: 10,
            expect: .fires(.warning)
        ),
        RuleExample(
            "most of a short excerpt is spikes",
            [(.featureMatchingLoss, "15.1 20400 580 13.2 9100 17.4 14.9 16.0")],
            every: 10,
            expect: .fires(.warning)
        ),
        RuleExample(
            "an excerpt without any level",
            [(.featureMatchingLoss, "48000 590 12000 41 13.5 1600 480 350")],
            every: 10,
            expect: .fires(.warning)
        ),
        RuleExample("one spike", [(.featureMatchingLoss, "2.0x40 90 2.0x40")], expect: .passes),
        RuleExample("rising as it should", [(.featureMatchingLoss, "0.5+0.05x200")], expect: .passes),
        RuleExample(
            "off before the discriminator starts, then alive",
            [(.featureMatchingLoss, "0.0x100 1.0 2.0 3.0x100")],
            expect: .passes
        ),
        RuleExample("not logged", [(.discriminatorLoss, "1.4x30")], expect: .unmeasured),
        RuleExample("two values", [(.featureMatchingLoss, "14 41000")], expect: .tooShort),
    ]
}

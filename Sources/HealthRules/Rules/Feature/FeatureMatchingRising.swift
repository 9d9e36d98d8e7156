import TrainingMetrics

extension HealthRule {
    /// FTR003: feature matching rises while reconstruction improves, which is normal.
    static let featureMatchingRising = HealthRule(
        RuleDescription(
            id: "FTR003",
            name: "feature-matching-rising",
            group: .feature,
            severity: .info,
            summary: """
                Feature matching rises while reconstruction improves. This is normal and reported so that nobody has \
                to ask.
                """,
            rationale: """
                The distance is measured with the discriminator's own features, which grow as it learns. A rising \
                distance with falling reconstruction means that both players are learning.
                """,
            causes: ["the discriminator's features grow while it learns: the ruler gets longer, not the distance"],
            advice: ["nothing: judge the run by reconstruction and by listening, not by this curve"],
            parameters: [
                RuleParameter(
                    "rise",
                    0.2,
                    "relative rise from the first to the last third",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "fall",
                    0.02,
                    "relative fall of reconstruction from the first to the last third",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: "Not when feature matching spikes or the rise is a hundredfold: that is no slow growth.",
            references: [
                "https://github.com/kan-bayashi/ParallelWaveGAN/issues/313",
                "https://github.com/facebookresearch/AudioDec/issues/32",
                "https://github.com/ncsoft/avocodo/issues/7",
            ],
            examples: examplesOfFeatureMatchingRising
        )
    ) { run, parameters, rule in
        guard let series = run.history.series(.featureMatchingLoss) else {
            return .unmeasured(needs: [.role(.featureMatchingLoss, "the feature matching term")])
        }
        guard let start = series.start else { return DiscriminatorStart.need }
        let window = JudgedWindow(series, in: run, since: start)
        let needed = window.isEpochMean ? 5 : 10
        guard window.judged.count >= needed else { return .tooShort(window.shortage(until: needed)) }
        guard let rise = Trend.change(window.judgedValues), rise > parameters["rise"], rise < 100 else { return .pass }
        guard let trend = ReconstructionTrend(run, since: series[window.judged.lowerBound].position) else {
            return .unmeasured(needs: [.role(.reconstructionLoss(.mel), "a reconstruction distance")])
        }
        guard trend.change < -parameters["fall"] else { return .pass }
        let fall = PlainNumber.percent(-trend.change)
        return .findings([
            Finding(
                rule,
                confidence: .medium,
                episode: window.episode(from: window.judged.lowerBound),
                message: "Feature matching rose by \(PlainNumber.percent(rise)) while \(trend.series.name) fell by "
                    + "\(fall): normal, the discriminator's features grow as it learns.",
                evidence: [
                    Evidence("change of feature matching", 100 * rise, unit: "%"),
                    Evidence("change of \(trend.series.name)", 100 * trend.change, unit: "%", expected: "falling"),
                ],
                curve: FindingCurve(series)
            )
        ])
    }

    private static let examplesOfFeatureMatchingRising: [RuleExample] = [
        RuleExample(
            "rising with falling mel",
            [(.featureMatchingLoss, "1.2+0.02x60"), (.reconstructionLoss(.mel), "1.6-0.01x60")],
            expect: .fires(.info)
        ),
        RuleExample(
            "the same by epochs",
            [(.featureMatchingLoss, "3.0 3.4 3.9 4.3 4.6 4.8"), (.reconstructionLoss(.mel), "0.5-0.03x6")],
            every: 1,
            axis: .epoch,
            expect: .fires(.info)
        ),
        RuleExample(
            "rising while mel gets worse is no comfort",
            [(.featureMatchingLoss, "1.2+0.02x60"), (.reconstructionLoss(.mel), "0.6+0.01x60")],
            expect: .passes
        ),
        RuleExample(
            "flat",
            [(.featureMatchingLoss, "1.2x60"), (.reconstructionLoss(.mel), "1.6-0.01x60")],
            expect: .passes
        ),
        RuleExample("no reconstruction logged", [(.featureMatchingLoss, "1.2+0.02x60")], expect: .unmeasured),
        RuleExample(
            "three epochs",
            [(.featureMatchingLoss, "1.2 1.5 1.9")],
            every: 1,
            axis: .epoch,
            expect: .tooShort
        ),
    ]
}

import TrainingMetrics

extension HealthRule {
    /// RUN002: the GPU waits for data, or single steps take much longer than the rest.
    static let slowSteps = HealthRule(
        RuleDescription(
            id: "RUN002",
            name: "slow-steps",
            group: .run,
            severity: .warning,
            summary: """
                A step waits for data for more than half as long as it takes. As information: more than ten steps that \
                took three times as long as usual and together cost more than half of the time.
                """,
            rationale: """
                Every second in which the GPU waits is paid for and teaches nothing. A loader that is slower than the step \
                turns an hour of training into two.
                """,
            causes: [
                "too few loader workers, or audio is decoded and resampled on the fly",
                "data on a slow or shared file system, or many small files",
                "validation, checkpoints or garbage collection inside the measured step",
            ],
            advice: [
                "raise the number of loader workers and let them prefetch; keep them alive between epochs",
                "resample and cut the audio once, before training, and keep it on a local disk",
                "look whether the slow steps fall together with validation or checkpoints; then they are no fault",
            ],
            parameters: [
                RuleParameter(
                    "share",
                    0.5,
                    "loader time over step time; a third of the time is waiting, where the step does not contain it",
                    source: "SageMaker Debugger, IOBottleneck and CPUBottleneck: 50 %"
                ),
                RuleParameter(
                    "wait",
                    0.02,
                    unit: "s",
                    "waiting a step that is worth a word",
                    source: "below it the batch is tiny and time is the framework's"
                ),
                RuleParameter(
                    "slow",
                    3,
                    "multiple of the median step that is slow",
                    source: "three times, not three sigma: step times have long tails"
                ),
                RuleParameter(
                    "outliers",
                    10,
                    unit: "steps",
                    "slow steps that are too many",
                    source: "SageMaker Debugger, StepOutlier"
                ),
                RuleParameter(
                    "cost",
                    0.5,
                    "share of the time spent in what slow steps take beyond three medians, 0…1",
                    source: "as for the loader: half of the time"
                ),
            ],
            calibration: """
                Silent on the labelled logs that carry both times. In one of them (CycleGAN-style loss_log.txt, healthy) 45 of \
                979 logged steps take three to 125 times as long as usual, 36 % of the time. No public log of a starved GPU \
                was found among codecs; in preview.
                """,
            references: [
                "SageMaker Debugger profiler rules StepOutlier, IOBottleneck",
                "descriptinc/descript-audio-codec#18 (loader hangs)",
            ],
            examples: [
                RuleExample(
                    "waits longer than it works",
                    [(.stepTime, "0.4x60"), (.loaderTime, "0.6x60")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "twelve steps of ten seconds",
                    [(.stepTime, "0.5x20 10x6 0.5x20 10x6 0.5x20"), (.loaderTime, "0.01x72")],
                    expect: .fires(.info)
                ),
                RuleExample("fed", [(.stepTime, "0.5x60"), (.loaderTime, "0.01x60")], expect: .passes),
                RuleExample(
                    "the first batch of each epoch waits for the workers",
                    [(.stepTime, "1.3x60"), (.loaderTime, "20 0.01x29 19 0.01x29")],
                    expect: .passes
                ),
                RuleExample(
                    "a tiny network whose step is shorter than anything",
                    [(.stepTime, "0.004x60"), (.loaderTime, "0.004x60")],
                    expect: .passes
                ),
                RuleExample("three steps", [(.stepTime, "0.4x3"), (.loaderTime, "0.6x3")], expect: .tooShort),
                RuleExample("step time alone", [(.stepTime, "0.4x60")], expect: .unmeasured),
                RuleExample("no times", [(.totalLoss, "1x60")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let step = run.history.series(.stepTime) else {
            return .unmeasured(needs: [
                .role(.stepTime, "seconds a step takes"), .role(.loaderTime, "seconds it waits for data"),
            ])
        }
        let loader = run.history.series(.loaderTime, onlyIn: step.split)
        let times = step.values.filter { $0.isFinite && $0 > 0 }
        guard times.count >= 10 else { return .tooShort("\(10 - times.count) more step times") }
        let median = RobustStatistics.median(times)
        if let loader, let finding = waiting(loader, step, run, parameters, rule) { return .findings([finding]) }
        let limit = parameters["slow"] * median
        let slow = times.filter { $0 > limit }
        let cost = slow.reduce(0) { $0 + $1 - limit } / times.reduce(0, +)
        if Double(slow.count) > parameters["outliers"], cost > parameters["cost"],
            let first = step.firstOffset(where: { $0 > limit })
        {
            return .findings([
                Finding(
                    rule,
                    severity: .info,
                    confidence: .medium,
                    episode: step.episode(from: first, axis: run.history.axis),
                    message:
                        "\(Wording.count(slow.count, "logged step")) took more than \(PlainNumber.text(parameters["slow"])) "
                        + "times the usual \(PlainNumber.text(median)) s, \(PlainNumber.percent(cost)) of the time.",
                    evidence: [
                        Evidence("steps three times as long as usual", Double(slow.count), expected: "10 at most")
                    ],
                    curve: FindingCurve(step, upper: limit),
                    subject: "outliers"
                )
            ])
        }
        return loader == nil
            ? .unmeasured(needs: [.role(.loaderTime, "seconds a step waits for data")]) : .pass
    }

    private static func waiting(
        _ loader: MetricSeries,
        _ step: MetricSeries,
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        let rows = AlignedSamples(loader, [step])
        guard rows.count >= 10 else { return nil }
        let recent = max(0, rows.count - max(50, rows.count / 20))..<rows.count
        let wait = RobustStatistics.median(rows.baseValues[recent])
        let work = RobustStatistics.median(rows.columns[0][recent])
        guard work > 0, wait > parameters["wait"], wait > parameters["share"] * work else { return nil }
        let isSlow = { (row: Int) in rows.baseValues[row] > parameters["share"] * rows.columns[0][row] }
        guard Double(recent.filter(isSlow).count) >= 0.9 * Double(recent.count) else { return nil }
        var first = recent.lowerBound
        while first > 0, isSlow(first - 1) { first -= 1 }
        return Finding(
            rule,
            confidence: .medium,
            episode: loader.episode(from: rows.offsets[first], axis: run.history.axis),
            message:
                "A step waits \(PlainNumber.text(wait)) s for data and takes \(PlainNumber.text(work)) s: at least "
                + "\(PlainNumber.percent(wait / (wait + work))) of the time is spent waiting.",
            evidence: [
                Evidence("loader time, recent median", wait, unit: "s"),
                Evidence("step time, recent median", work, unit: "s"),
            ],
            curve: FindingCurve(loader, upper: parameters["share"] * work),
            subject: "loader"
        )
    }
}

import TrainingMetrics

extension HealthRule {
    /// A log that is being watched has stopped growing.
    static let stalled = HealthRule(
        RuleDescription(
            id: "RUN001",
            name: "stalled",
            group: .run,
            severity: .error,
            summary:
                "Nothing has been logged for half an hour, and for 20 times the usual interval. Only for logs being watched.",
            rationale: "A run that hangs costs as much per hour as one that learns.",
            causes: [
                "the data loader hangs (workers, file system, a file that cannot be decoded)",
                "the process was killed, or the machine was taken away",
                "the disk is full, so that the log or a checkpoint cannot be written",
            ],
            advice: [
                "see whether the process lives and whether the GPU is busy",
                "look at the last line of the log and at free disk space",
                "restart from the last checkpoint with a timeout on the data loader",
            ],
            parameters: [
                RuleParameter(
                    "silence",
                    1800,
                    unit: "s",
                    "silence that is always allowed",
                    source: "SageMaker Debugger StalledTrainingRule"
                ),
                RuleParameter(
                    "intervals",
                    20,
                    "multiples of the median interval between two lines that are allowed",
                    source: "validation and checkpoints pause a log for far less"
                ),
            ],
            references: ["SageMaker Debugger StalledTrainingRule", "descriptinc/descript-audio-codec#18, #59"],
            examples: [
                RuleExample(
                    "two hours of silence, the interval unknown",
                    [(.totalLoss, "1x20")],
                    silentSeconds: 7200,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "two hours of silence where epochs take a minute",
                    [(.totalLoss, "1x20"), (.epochTime, "60x20")],
                    every: 1,
                    axis: .epoch,
                    silentSeconds: 7200,
                    expect: .fires(.error)
                ),
                RuleExample("ten minutes", [(.totalLoss, "1x20")], silentSeconds: 600, expect: .passes),
                RuleExample(
                    "an hour, but an epoch takes that long",
                    [(.totalLoss, "1x20"), (.epochTime, "3600x20")],
                    every: 1,
                    axis: .epoch,
                    silentSeconds: 3700,
                    expect: .passes
                ),
                RuleExample("not being watched", [(.totalLoss, "1x20")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let silence = run.silentSeconds else {
            return .unmeasured(needs: [
                RuleOutcome.Need(
                    name: "live log",
                    hint: "a log that is still being written; a finished one cannot stall"
                )
            ])
        }
        guard let longest = run.history.series.max(by: { $0.count < $1.count }), longest.count > 0 else { return .pass }
        let interval = medianInterval(longest) ?? epochSeconds(run)
        let allowed = max(parameters["silence"], parameters["intervals"] * (interval ?? 0))
        guard silence > allowed else { return .pass }
        let place = Wording.place(longest, longest.count - 1, on: run.history.axis)
        let usual = interval.map { "a line usually comes every \(PlainNumber.text($0.rounded())) seconds" }
        return .findings([
            Finding(
                rule,
                severity: interval == nil ? .warning : .error,
                confidence: interval == nil ? .low : .high,
                episode: longest.episode(from: longest.count - 1, axis: run.history.axis),
                message:
                    "Nothing has been logged for \(PlainNumber.text((silence / 60).rounded())) minutes since \(place)"
                    + "\(usual.map { "; \($0)" } ?? "").",
                evidence: [
                    Evidence("silence", silence, unit: "s", expected: "below \(PlainNumber.text(allowed)) s")
                ]
            )
        ])
    }

    /// Median distance of successive times of a series in seconds, `nil` when the log has none.
    private static func medianInterval(_ series: MetricSeries) -> Double? {
        let times = series.times.suffix(2000).filter { !$0.isNaN }
        let intervals = zip(times.dropFirst(), times).map { $0 - $1 }.filter { $0 > 0 }
        return intervals.isEmpty ? nil : RobustStatistics.median(intervals)
    }

    /// Seconds per epoch, where a record is an epoch.
    private static func epochSeconds(_ run: RunView) -> Double? {
        guard run.history.axis == .epoch else { return nil }
        return run.history.series(.epochTime)?.values.last { $0.isFinite } ?? run.facts.number(.epochSeconds)
    }
}

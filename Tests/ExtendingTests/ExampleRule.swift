import TrainingMetrics

// Inside the module this import is not needed.
@testable import HealthRules

extension HealthRule {
    /// RUN099: epochs take longer and longer.
    static let epochsSlowDown = HealthRule(
        RuleDescription(
            id: "RUN099",
            name: "epochs-slow-down",
            group: .run,
            severity: .warning,
            summary: "The last third of the epochs takes one and a half times as long as the first third.",
            rationale: "A run that slows down costs more than was planned, and something in it grows without end.",
            causes: [
                "a list that is never emptied keeps tensors alive", "the data loader's cache outgrows the memory",
            ],
            advice: ["log the memory in use beside the time", "detach what is kept for logging"],
            parameters: [
                RuleParameter("growth", 1.5, "last third over first third", source: "half as much again is no noise")
            ],
            references: ["a page, a paper or an issue that others can read"],
            examples: [
                RuleExample("slower and slower", [(.epochTime, "60+5x12")], axis: .epoch, expect: .fires(.warning)),
                RuleExample("as fast as ever", [(.epochTime, "60x12")], axis: .epoch, expect: .passes),
                RuleExample("three epochs", [(.epochTime, "60x3")], axis: .epoch, expect: .tooShort),
                RuleExample("no clock", [(.totalLoss, "1x12")], axis: .epoch, expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let times = run.history.series(.epochTime) else {
            return .unmeasured(needs: [.role(.epochTime, "seconds an epoch takes")])
        }
        guard times.count >= 6 else { return .tooShort("\(6 - times.count) more epochs") }
        let third = times.count / 3
        let before = RobustStatistics.median(times.values.prefix(third))
        let after = RobustStatistics.median(times.values.suffix(third))
        guard after > parameters["growth"] * before else { return .pass }
        return .findings([
            Finding(
                rule,
                episode: times.episode(from: times.count - third, axis: run.history.axis),
                message: "An epoch takes \(PlainNumber.text(after)) s where it took \(PlainNumber.text(before)) s.",
                evidence: [Evidence("seconds an epoch, last third", after, unit: "s")],
                curve: FindingCurve(times, upper: parameters["growth"] * before)
            )
        ])
    }
}

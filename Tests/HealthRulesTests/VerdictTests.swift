import HealthRules
import Testing
import TrainingMetrics

@Suite struct VerdictTests {
    private func rule(_ id: RuleID, _ group: RuleGroup, isPreview: Bool = false) -> HealthRule {
        HealthRule(
            RuleDescription(
                id: id,
                name: id.rawValue,
                group: group,
                severity: .error,
                summary: "",
                rationale: "",
                causes: [],
                advice: [],
                references: [],
                examples: [],
                isPreview: isPreview
            )
        ) { _, _, _ in .pass }
    }

    private var registry: [HealthRule] {
        [
            rule("AAA001", .signal), rule("AAA002", .adversarial), rule("AAA003", .run),
            rule("AAA004", .signal, isPreview: true),
        ]
    }

    private func finding(_ index: Int, _ severity: Severity) -> Finding {
        Finding(
            registry[index].description,
            severity: severity,
            episode: Episode(firstPosition: 1, lastPosition: 2, isOngoing: true),
            message: "",
            evidence: []
        )
    }

    @Test func anErrorFails() {
        var results = RuleResults()
        results.passed = ["AAA001"]
        results.findings = [finding(1, .error)]
        #expect(Verdict(results, registry: registry) == .failing)
    }

    @Test func anErrorInPreviewDoesNotFail() {
        var results = RuleResults()
        results.passed = ["AAA001"]
        results.findings = [finding(3, .error)]
        #expect(Verdict(results, registry: registry) == .healthy)
    }

    @Test func aRuleInPreviewMakesNothingHealthyByPassing() {
        var results = RuleResults()
        results.passed = ["AAA004"]
        #expect(Verdict(results, registry: registry) == .unsettled)
        results.tooShort = [TooShortRule(rule: "AAA004", name: "", missing: "3 epochs")]
        results.passed = ["AAA001"]
        #expect(Verdict(results, registry: registry) == .healthy)
    }

    @Test func nothingMeasuredIsNotHealthy() {
        var results = RuleResults()
        results.passed = ["AAA003"]
        results.unmeasured = [UnmeasuredRule(rule: "AAA001", name: "", needs: [])]
        #expect(Verdict(results, registry: registry) == .unsettled)
    }

    @Test func aShortRunIsNotHealthy() {
        var results = RuleResults()
        results.passed = ["AAA001"]
        results.tooShort = [TooShortRule(rule: "AAA002", name: "", missing: "3 epochs")]
        #expect(Verdict(results, registry: registry) == .unsettled)
    }

    @Test func theUnlockThatHelpsMostIsTheOneNeedOfMostRules() {
        var results = RuleResults()
        let snr = RuleOutcome.Need.role(.snr), level = RuleOutcome.Need.role(.amplitudeRatio)
        results.unmeasured = [
            UnmeasuredRule(rule: "AAA001", name: "", needs: [snr]),
            UnmeasuredRule(rule: "AAA002", name: "", needs: [snr, level]),
            UnmeasuredRule(rule: "AAA003", name: "", needs: [level]),
            UnmeasuredRule(rule: "AAA004", name: "", needs: [level]),
        ]
        #expect(results.bestUnlock?.need == level)
        #expect(results.bestUnlock?.rules == ["AAA003", "AAA004"])
    }
}

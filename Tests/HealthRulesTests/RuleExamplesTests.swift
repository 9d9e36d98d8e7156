import HealthRules
import TestSupport
import Testing
import TrainingMetrics

/// One example of one rule, named so that a failure says which.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let rule: HealthRule
    let example: RuleExample

    var testDescription: String { "\(rule.description.id): \(example.title)" }

    static let all = RuleRegistry.all.flatMap { rule in
        rule.description.examples.map { RuleCase(rule: rule, example: $0) }
    }
}

@Suite struct RuleExamplesTests {
    @Test(arguments: RuleCase.all)
    func anExampleGivesWhatItsRulePromises(_ item: RuleCase) throws {
        let outcome = item.rule.evaluate(try RunViewBuilder.view(item.example))
        switch (item.example.expectation, outcome) {
        case (.passes, .pass), (.unmeasured, .unmeasured), (.tooShort, .tooShort):
            break
        case (.fires(let severity), .findings(let findings)):
            #expect(!findings.isEmpty, "findings are never an empty list")
            if let severity { #expect(findings.map(\.severity).max() == severity) }
            for finding in findings {
                #expect(finding.rule == item.rule.description.id)
                #expect(finding.message.hasSuffix("."), "a message is a sentence: \(finding.message)")
                #expect(!finding.evidence.isEmpty)
                #expect(finding.episode.firstPosition <= finding.episode.lastPosition)
            }
        default:
            Issue.record("expected \(item.example.expectation), got \(outcome)")
        }
    }

    @Test(arguments: RuleRegistry.all.map(\.description.id.rawValue))
    func aRuleSurvivesAnEmptyRun(_ id: String) throws {
        let rule = try #require(RuleRegistry.rule(named: id))
        let empty = RunView(history: RunHistory(name: "", axis: .step, series: []), facts: RunFacts())
        if case .findings(let findings) = rule.evaluate(empty) {
            Issue.record("nothing was logged, yet it found \(findings.map(\.message))")
        }
    }

    /// Whatever a log holds, a rule answers; NaN and infinities are values.
    @Test(arguments: RuleRegistry.all.map(\.description.id.rawValue))
    func aRuleSurvivesNonFiniteValues(_ id: String) throws {
        let rule = try #require(RuleRegistry.rule(named: id))
        for example in rule.description.examples {
            for poison in [Double.nan, .infinity, -.infinity] {
                let view = try RunViewBuilder.view(example)
                let series = view.history.series.map { series in
                    MetricSeries(
                        key: series.key,
                        interpretation: series.interpretation,
                        positions: series.positions,
                        epochs: series.epochs,
                        values: series.values.map { _ in poison }[...]
                    )
                }
                let history = RunHistory(name: "", axis: view.history.axis, series: series)
                let poisoned = RunView(history: history, facts: view.facts, profile: view.profile)
                if case .findings(let findings) = rule.evaluate(poisoned) {
                    #expect(!findings.isEmpty)
                }
            }
        }
    }
}

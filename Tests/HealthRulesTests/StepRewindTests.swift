import Foundation
import HealthRules
import TestSupport
import Testing
import TrainingMetrics

/// What the examples of RUN003 cannot say: histories with resumes and attempts.
@Suite struct StepRewindTests {
    private func findings(
        _ loss: String,
        rewinds: [RunHistory.Rewind] = [],
        attempts: Int = 1
    ) throws -> [Finding] {
        let read = try #require(ExampleSeries(loss, every: 100))
        let history = RunHistory(
            name: "resumed",
            axis: .step,
            series: [RunViewBuilder.metricSeries(.totalLoss, read, axis: .step)],
            attempt: attempts,
            attemptCount: attempts,
            rewinds: rewinds
        )
        let rule = try #require(RuleRegistry.rule(named: "RUN003"))
        guard case .findings(let findings) = rule.evaluate(RunView(history: history, facts: RunFacts())) else {
            return []
        }
        return findings
    }

    @Test func aResumeIsInformation() throws {
        let found = try findings("3-0.1x20", rewinds: [.init(from: 1350, to: 1000)])
        #expect(found.map(\.severity) == [.info])
        #expect(found[0].message.contains("1350"))
    }

    @Test func aLossThatIsHigherAfterAResumeIsAWarning() throws {
        let found = try findings("1.01 1 0.99 1 1.02 0.98 1 1 1 1.6x10", rewinds: [.init(from: 1500, to: 1000)])
        #expect(found.map(\.severity) == [.warning])
        #expect(found[0].message.contains("60 %"))
    }

    @Test func aLossThatScattersThatMuchAnywayIsNot() throws {
        let found = try findings("1 1.9 0.6 1.7 0.5 1.8 0.7 1.6 1 1.5x5", rewinds: [.init(from: 1500, to: 1000)])
        #expect(found.map(\.severity) == [.info])
    }

    @Test func severalAttemptsAreNamed() throws {
        let found = try findings("1x20", attempts: 3)
        #expect(found.map(\.subject) == ["attempts"])
        #expect(found[0].message.contains("3 attempts"))
    }
}

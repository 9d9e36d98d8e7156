import HealthRules
import TestSupport
import Testing
import TrainingMetrics

/// A discriminator that joins in the middle and never learns: the grace period after its start hides no beginning.
@Suite struct LateDiscriminatorTests {
    private func view() throws -> RunView {
        try RunViewBuilder.view(
            RuleExample(
                "joins at step 3000",
                [
                    (.discriminatorLoss, "0x29 0.5x90"), (.adversarialLoss, "0x29 0.25x90"),
                    (.featureMatchingLoss, "0x29 0.0004x90"), (.reconstructionLoss(.mel), "1.5x119"),
                    (.generatorLoss, "70x119"),
                ],
                facts: [.lossFamily: "lsgan", .featureMatchingWeight: "2"],
                every: 100,
                expect: .fires(.error)
            )
        )
    }

    @Test func blindnessBeginsWhenTheDiscriminatorDoes() throws {
        let findings = try RuleEngine().evaluate(try view()).findings
        let blind = try #require(findings.first { $0.rule == "ADV001" })
        #expect(blind.episode.firstPosition == 3000)
    }

    @Test func tinyFeaturesAreItsEffectFromTheFirstStep() throws {
        let diagnosis = Diagnosis(try RuleEngine().evaluate(try view()).findings)
        let features = try #require(diagnosis.nodes.first { $0.finding.rule == "FTR001" })
        #expect(features.causes.first.map { diagnosis.nodes[$0.node].finding.rule } == "ADV001")
    }
}

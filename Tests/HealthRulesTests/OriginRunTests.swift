import HealthRules
import TestSupport
import Testing
import TrainingMetrics

/// The run the tool was conceived for, as `Fixtures/logs/origin.txt` has it: what was visible when.
@Suite struct OriginRunTests {
    /// The run as it was after an epoch.
    private func run(through epoch: Int64, profile: String? = nil) throws -> RunView {
        let example = RuleExample(
            "origin",
            [
                (.discriminatorLoss, "@1,2,3,4,5,10: 2.0000 1.9990 1.9974 1.9945 1.9893 1.9925"),
                (.featureMatchingLoss, "@1,2,3,4,5,10: 0.0130 0.0116 0.0110 0.0102 0.0114 0.0118"),
                (.generatorLoss, "2.5930"), (.adversarialLoss, "1.0018"),
                (.reconstructionLoss(.unspecified), "0.1668"), (.vqLoss, "1.5486"),
                (.snr, "validation:@5,10: -2.44 -3.69"), (.amplitudeRatio, "validation:@5,10: 0.849 1.136"),
            ],
            facts: [.lossFamily: "hinge-relu"],
            every: 1,
            axis: .epoch,
            profile: profile,
            expect: .passes
        )
        return try RunViewBuilder.view(example).prefix(through: epoch)
    }

    private func findings(_ name: String, through epoch: Int64, profile: String? = nil) throws -> [Finding] {
        let rule = try #require(RuleRegistry.rule(named: name))
        guard case .findings(let findings) = rule.evaluate(try run(through: epoch, profile: profile)) else { return [] }
        return findings
    }

    @Test(
        arguments: ["discriminator-blind", "feature-matching-tiny"],
        [(1, Severity.warning, Confidence.low), (3, .error, .high), (5, .error, .high), (10, .error, .high)]
    )
    func theDiscriminatorIsBlindSinceTheFirstEpoch(_ name: String, _ expected: (Int, Severity, Confidence)) throws {
        let finding = try #require(try findings(name, through: Int64(expected.0)).first)
        #expect(finding.severity == expected.1)
        #expect(finding.confidence == expected.2)
        #expect(finding.episode.firstEpoch == 1)
        #expect(finding.episode.isOngoing)
    }

    @Test func theLogitGapIsReadOffTheLoss() throws {
        let finding = try #require(try findings("discriminator-blind", through: 10).first)
        let gap = try #require(finding.evidence.first { $0.label.contains("logit") })
        #expect(abs(gap.value - (2 - (1.9945 + 1.9974) / 2)) < 1e-9)
    }

    @Test func zeroLogitsAreOnlyHintedAtByTheOnePair() throws {
        let finding = try #require(try findings("discriminator-zero-logit", through: 10).first)
        #expect(finding.severity == .warning)
        #expect(finding.confidence == .low)
    }

    @Test(arguments: [
        "discriminator-blind-again", "discriminator-constant-class", "discriminator-saturated",
        "discriminator-worse-than-blind", "discriminator-frozen-value", "feature-matching-spike",
        "feature-matching-rising",
    ])
    func nothingElseIsSaidAboutTheGame(_ name: String) throws {
        #expect(try findings(name, through: 10).isEmpty)
    }

    @Test func theAuthorsExpectationsAreShownAsClaims() throws {
        let found = try findings("outside-expected-range", through: 10, profile: "telugu-dac")
        #expect(Set(found.map(\.subject)).isSuperset(of: ["discriminatorLoss", "snr", "amplitudeRatio"]))
        #expect(found.allSatisfy { $0.severity < .error && $0.message.contains("a claim of") })
        let snr = try #require(found.first { $0.subject == "snr" })
        #expect(snr.message.contains("no published codec reaches this"))
        #expect(snr.evidence.first?.expected == "20 to 28")
    }
}

import Foundation
import TestSupport
import Testing

/// The main job on the log of the run this tool was made for, from the built program.
@Suite struct OriginLogTests {
    private let doctor: CommandRunner
    private let log = FixtureLocation.root.appending(path: "logs/origin.txt").path(percentEncoded: false)
    private let rawLog = FixtureLocation.root.appending(path: "logs/text/origin-raw.txt").path(percentEncoded: false)

    init() throws { doctor = try CommandRunner() }

    private func check(_ log: String, _ words: [String] = []) throws -> CheckDocument {
        defer { doctor.remove() }
        let ingested = try doctor("ingest", log)
        #expect(ingested.status == 0, "\(ingested.errors)")
        let checked = try doctor.run(["check", "--run", "--format", "json"] + words)
        #expect(checked.status == 1, "\(checked.errors)")
        return try CheckDocument(checked.output)
    }

    @Test func theLossFamilyIsInferredAndSaysFromWhat() throws {
        let family = try #require(try check(log).facts.first { $0.key == "loss-family" })
        #expect(family.value == "hinge-relu")
        #expect(family.origin == "inferred")
        #expect(family.evidence.contains("2.00") && family.evidence.contains("1.00"))
    }

    @Test func theDiscriminatorIsBlindSinceEpochOneAndNeverLeft() throws {
        let blind = try #require(try check(log).findings.first { $0.rule == "ADV001" })
        #expect(blind.severity == "error" && blind.root && blind.ongoing)
        #expect(blind.firstEpoch == 1 && blind.lastEpoch == 10)
        #expect(blind.confidence == "high")
    }

    @Test func tinyFeaturesAreItsEffect() throws {
        let features = try #require(try check(log).findings.first { $0.rule == "FTR001" })
        #expect(features.causedBy.contains { $0.rule == "ADV001" })
        #expect(!features.root)
    }

    @Test func theOutputIsUncorrelatedWithTheInputAsARootOfItsOwn() throws {
        let uncorrelated = try #require(try check(log).findings.first { $0.rule == "SIG004" })
        #expect(uncorrelated.severity == "error" && uncorrelated.root)
        #expect(uncorrelated.firstEpoch == 5 && uncorrelated.lastEpoch == 10)
        let values = uncorrelated.evidence.compactMap(\.number)
        #expect(values.contains { abs($0 + 0.02) < 0.005 }, "no ρ of -0.02 in \(values)")
    }

    @Test func negativeSNRAndUnstableAmplitudeFollowFromIt() throws {
        let findings = try check(log).findings
        for rule in ["SIG001", "SIG006"] {
            let finding = try #require(findings.first { $0.rule == rule }, "\(rule) is missing")
            #expect(finding.causedBy.contains { $0.rule == "SIG004" })
        }
    }

    @Test func theFallOfTheSNRIsNotCalledADeterioration() throws {
        let deteriorating = try check(log).findings.first { $0.rule == "SIG003" }
        #expect(deteriorating.map { $0.severity == "info" && $0.message.contains("amplitude") } ?? true)
    }

    @Test func theQuantiserTakesSixtyPercentOfTheObjective() throws {
        let share = try #require(try check(log).findings.first { $0.rule == "VQ001" })
        #expect(share.evidence.compactMap(\.number).contains { abs($0 - 59.7) < 0.1 || abs($0 - 0.597) < 0.001 })
    }

    @Test func givenWeightsExplainTheTotal() throws {
        let words = ["--weights", "adversarial=1,feature=2,reconstruction=0.1,vq=1"]
        let share = try #require(try check(log, words).findings.first { $0.rule == "VQ001" })
        #expect(share.evidence.compactMap(\.number).contains { abs($0 - 59.7) < 0.1 || abs($0 - 0.597) < 0.001 })
    }

    @Test func whatWasVisibleWhenIsTold() throws {
        let document = try check(log)
        func visible(_ rule: String, _ severity: String) -> Double? {
            document.findings.first { $0.rule == rule }?.visibleSince.first { $0.severity == severity }?.epoch
        }
        #expect(visible("ADV001", "warning") == 1)
        #expect(try #require(visible("ADV001", "error")) <= 3)
        #expect(visible("SIG004", "warning") == 5)
        #expect(visible("VQ001", "warning") == 1)
    }

    @Test func theTrainersOwnFormGivesTheSameFindings() throws {
        func identities(_ document: CheckDocument) -> [String] {
            document.findings.filter { $0.severity != "info" }
                .map { "\($0.rule) \($0.severity) \($0.root) \($0.firstEpoch ?? -1)" }.sorted()
        }
        let raw = try OriginLogTests().check(rawLog)
        #expect(identities(try check(log)) == identities(raw))
    }

    @Test func moneyAfterTheFirstErrorIsCounted() throws {
        let cost = try #require(
            try check(log, ["--price-per-hour", "250", "--currency", "₹", "--fact", "epoch-seconds=90"]).cost
        )
        #expect(abs(cost.total - 62.5) < 0.01)
        let after = try #require(cost.afterFirstError)
        #expect(after > 0 && after < cost.total)
        #expect(cost.currency == "₹")
    }
}

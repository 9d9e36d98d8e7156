import HealthRules
import TestSupport
import Testing
import TrainingMetrics

/// What a saved probe changes about the diagnosis of a run whose discriminator is blind.
@Suite struct ProbeDiagnosisTests {
    private func probe(
        _ verdict: ProbeEvidence.Learning.Verdict?,
        leftBlindAt: Int? = nil,
        remedy: String? = nil,
        subject: String = "grouped"
    ) -> ProbeEvidence {
        ProbeEvidence(
            kind: .discriminator,
            subject: subject,
            weights: .initial,
            parameterCount: 16_913_859,
            learning: verdict.map {
                .init(
                    verdict: $0,
                    steps: 120,
                    leftBlindAt: leftBlindAt,
                    gap: $0 == .able ? 1.2 : 0.01,
                    heldOutAccuracy: $0 == .able ? 0.96 : 0.5,
                    featureMatching: 0.1,
                    remedy: remedy
                )
            }
        )
    }

    /// A checkup of a run whose hinge loss stays at 2.0.
    private func checkup(_ probes: [ProbeEvidence]) throws -> Checkup {
        let view = try RunViewBuilder.view(
            RuleExample(
                "blind",
                [
                    (.discriminatorLoss, "2.0 1.999 1.998 1.995x7"), (.adversarialLoss, "1.002 0.998 1.0x8"),
                    (.featureMatchingLoss, "0.012x10"), (.snr, "validation:@5,10: -2.4 -3.7"),
                ],
                facts: [.lossFamily: "hinge-relu"],
                every: 1,
                axis: .epoch,
                expect: .passes
            )
        )
        return try Checkup(history: view.history, facts: view.facts, probes: probes)
    }

    private func finding(_ rule: RuleID, _ checkup: Checkup) throws -> Finding {
        try #require(checkup.results.findings.first { $0.rule == rule })
    }

    private func causes(of rule: String) throws -> [RuleClause] {
        try #require(RuleRegistry.rule(named: rule)).description.causes
    }

    @Test(arguments: ["ADV001", "ADV003"])
    func aNetProvenAbleLosesTheNetworkAsACause(_ rule: String) throws {
        let found = try finding(RuleID(rule), checkup([probe(.able, leftBlindAt: 23)]))
        let all = try causes(of: rule)
        #expect(found.causes == all.filter { $0.question == nil }.map(\.text))
        #expect(all.first?.question == .network, "the next one moves up")
        #expect(found.message.contains("left the blind value after 23 steps") && found.message.hasSuffix("."))
        #expect(found.message.contains("'grouped'"))
        let dropped = try #require(RuleRegistry.rule(named: rule)).description.advice.filter { $0.question != nil }
        #expect(!dropped.isEmpty && !found.advice.contains { advice in dropped.contains { $0.text == advice } })
    }

    @Test func aNetThatIsUnableIsTheFirstCauseAndTheRemedyTheFirstAdvice() throws {
        let found = try finding("ADV001", checkup([probe(.unable, remedy: "learning rate × 10")]))
        let all = try causes(of: "ADV001")
        let network = all.filter { $0.question == .network }.map(\.text)
        #expect(network.count == 2 && Array(found.causes.prefix(2)) == network)
        #expect(found.causes.count == all.count)
        #expect(found.advice.first?.contains("learning rate × 10") == true)
        #expect(found.message.contains("never left the blind value"))
    }

    @Test func aSlowNetKeepsEveryCause() throws {
        let found = try finding("ADV001", checkup([probe(.slow, leftBlindAt: 100)]))
        #expect(found.causes == (try causes(of: "ADV001")).map(\.text))
        #expect(found.message.contains("slowly"))
    }

    @Test func withoutATrainingNothingChanges() throws {
        let plain = try checkup([])
        let described = try checkup([probe(nil)])
        #expect(plain.results.findings == described.results.findings)
        #expect(try finding("ADV001", plain).causes.isEmpty, "those of the rule")
    }

    @Test func theNewestTrainingCounts() throws {
        let newestFirst = [probe(nil), probe(.able, leftBlindAt: 9, subject: "new"), probe(.unable, subject: "old")]
        #expect(try finding("ADV001", checkup(newestFirst)).message.contains("'new'"))
    }

    @Test func severityAndConfidenceAreThoseOfTheLog() throws {
        let plain = try finding("ADV001", checkup([]))
        for verdict in ProbeEvidence.Learning.Verdict.allCases {
            let probed = try finding("ADV001", checkup([probe(verdict)]))
            #expect(probed.severity == plain.severity && probed.confidence == plain.confidence)
            #expect(probed.episode == plain.episode)
        }
    }

    @Test func aDiscriminatorThatCannotLearnExplainsTheBlindOne() throws {
        let diagnosis = try checkup([probe(.unable)]).diagnosis
        let rules = diagnosis.roots.map { diagnosis.nodes[$0].finding.rule }
        let root = try #require(diagnosis.roots.first { diagnosis.nodes[$0].finding.rule == "PRB006" })
        #expect(rules.first == "PRB006", "as early as the error it explains: \(rules)")
        #expect(diagnosis.nodes[root].finding.severity == .warning)
        let effects = diagnosis.effects(of: root).map { diagnosis.nodes[$0].finding.rule }
        #expect(effects == ["ADV001"], "the others hang under ADV001: \(effects)")
    }

    @Test func groupsExplainNothingInANetThatLearns() throws {
        var grouped = probe(.able, leftBlindAt: 9)
        grouped.mixing = [.init(part: "scale 0", reach: 0.25, mixesBeforeHead: false, smallestFanIn: 164)]
        grouped.logits = [.init(part: "scale 0", mean: 0, spread: 1e-7, speechFromNoise: 1e-7)]
        let checkup = try checkup([grouped])
        for rule in ["PRB001", "PRB002"] as [RuleID] { #expect(try finding(rule, checkup).severity == .info) }
        let blind = try #require(checkup.diagnosis.nodes.first { $0.finding.rule == "ADV001" })
        #expect(blind.isRoot)
    }

    @Test func deadLogitsExplainTheBlindDiscriminator() throws {
        var dead = probe(nil)
        dead.logits = [.init(part: "scale 0", mean: 0.01, spread: 1e-9, speechFromNoise: 0)]
        let diagnosis = try checkup([dead]).diagnosis
        let blind = try #require(diagnosis.nodes.first { $0.finding.rule == "ADV001" })
        #expect(blind.causes.map { diagnosis.nodes[$0.node].finding.rule } == ["PRB002"])
    }

    @Test func probesDoNotMoveTheMomentOfTheFirstError() throws {
        var broken = probe(nil)
        broken.layers = [.init(name: "convs.0", nonFinite: 2)]
        let (plain, probed) = (try checkup([]), try checkup([broken]))
        #expect(try finding("PRB004", probed).severity == .error)
        #expect(plain.timeline == probed.timeline)
    }

    @Test func rulesThatWaitForAProbeAreNoBlindSpotOfTheLog() throws {
        let results = try checkup([]).results
        #expect(results.unprobed.map(\.rule) == ["PRB001", "PRB002", "PRB003", "PRB004", "PRB005", "PRB006"])
        #expect(results.unprobed.allSatisfy { $0.needs.allSatisfy { $0.hint.contains("codec-doctor probe") } })
        #expect(!results.unmeasuredByLog.contains { $0.rule.rawValue.hasPrefix("PRB") })
        #expect(results.bestUnlock.map { !$0.need.isProbe } ?? true)
        let probed = try checkup([probe(.able, leftBlindAt: 9)]).results
        #expect(!probed.unprobed.contains { $0.rule == "PRB006" } && probed.passed.contains("PRB006"))
    }
}

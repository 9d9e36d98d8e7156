import HealthRules
import Testing

@Suite struct DiagnosisTests {
    private func finding(
        _ rule: RuleID,
        _ severity: Severity = .error,
        from first: Int64,
        ongoing: Bool = true
    ) -> Finding {
        let description = RuleDescription(
            id: rule,
            name: rule.rawValue.lowercased(),
            group: .run,
            severity: severity,
            summary: "",
            rationale: "",
            causes: [],
            advice: [],
            references: [],
            examples: []
        )
        return Finding(
            description,
            episode: Episode(firstPosition: first, lastPosition: 100, isOngoing: ongoing),
            message: "",
            evidence: []
        )
    }

    private func causes(_ findings: [Finding]) -> [[String]] {
        let diagnosis = Diagnosis(findings)
        return diagnosis.nodes.map { node in node.causes.map { diagnosis.nodes[$0.node].finding.rule.rawValue } }
    }

    @Test func tinyFeaturesHangUnderABlindDiscriminator() {
        #expect(causes([finding("ADV001", from: 1), finding("FTR001", from: 1)]) == [[], ["ADV001"]])
    }

    @Test func anEffectThatBeganBeforeItsCauseIsARoot() {
        #expect(causes([finding("ADV001", from: 5), finding("FTR001", from: 1)]) == [[], []])
    }

    @Test func aBlindDiscriminatorDoesNotExplainNegativeSNR() {
        #expect(causes([finding("ADV001", from: 1), finding("SIG001", from: 5)]) == [[], []])
    }

    @Test func uncorrelatedOutputExplainsNegativeSNRAndUnstableAmplitude() {
        let found = causes([finding("SIG004", from: 5), finding("SIG001", from: 5), finding("SIG006", from: 10)])
        #expect(found == [[], ["SIG004"], ["SIG004"]])
    }

    @Test func aWarningDoesNotExplainAnError() {
        #expect(causes([finding("ADV001", .warning, from: 1), finding("FTR001", from: 1)]) == [[], []])
    }

    @Test func everythingAfterTheFirstNonFiniteNumberIsItsEffect() {
        let found = causes([
            finding("OPT001", from: 40), finding("SIG011", .warning, from: 50), finding("VQ001", from: 10),
        ])
        #expect(found == [[], ["OPT001"], []])
    }

    @Test func anExplosionThatPassedDoesNotPreempt() {
        let found = causes([finding("OPT002", from: 10, ongoing: false), finding("ADV001", from: 50)])
        #expect(found == [[], []])
    }

    @Test func theGraphNamesOnlyKnownRulesAndHasNoCycle() {
        let known = Set(RuleRegistry.all.map(\.description.id))
        for edge in CausalGraph.edges {
            #expect(known.contains(edge.cause), "\(edge.cause) is no rule")
            #expect(known.contains(edge.effect), "\(edge.effect) is no rule")
        }
        func reaches(_ from: RuleID, _ goal: RuleID, _ visited: Set<RuleID> = []) -> Bool {
            CausalGraph.edges.contains { edge in
                edge.cause == from && !visited.contains(edge.effect)
                    && (edge.effect == goal || reaches(edge.effect, goal, visited.union([edge.effect])))
            }
        }
        for rule in known { #expect(!reaches(rule, rule), "\(rule) would cause itself") }
    }
}

import HealthRules
import Testing

@Suite struct FindingFingerprintTests {
    /// Fixed values: baselines that people keep in their repositories must not go stale with a new version.
    @Test(arguments: [
        ("ADV001", "", "39750ec9ba177e83"), ("VQ002", "stage 3", "d4fb08f629e17b0d"),
        ("SIG004", "", "3fdc1222d145b376"),
    ])
    func aFingerprintNeverChanges(_ rule: String, _ subject: String, _ digits: String) {
        #expect(FindingFingerprint(rule: RuleID(rule), subject: subject).text == digits)
    }

    @Test func ruleAndSubjectAreKeptApart() {
        let all = [("A", "BC"), ("AB", "C"), ("ABC", ""), ("", "ABC")].map {
            FindingFingerprint(rule: RuleID($0.0), subject: $0.1)
        }
        #expect(Set(all).count == all.count)
    }

    @Test func laterStepsOtherNumbersAndAnotherSeverityKeepIt() throws {
        let rule = try #require(RuleRegistry.rule(named: "ADV001")?.description)
        func finding(_ severity: Severity, _ position: Int64, _ message: String) -> Finding {
            Finding(
                rule,
                severity: severity,
                episode: Episode(firstPosition: position, lastPosition: position + 9, isOngoing: true),
                message: message,
                evidence: [Evidence("loss", Double(position))]
            )
        }
        #expect(finding(.error, 1, "a").fingerprint == finding(.warning, 500, "b").fingerprint)
    }
}

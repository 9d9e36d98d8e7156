import Foundation
import HealthRules
import Testing

@Suite struct BaselineFileTests {
    private func read(_ text: String) throws(BaselineError) -> Baseline {
        try BaselineFile.read(Data(text.utf8), path: "b.json")
    }

    @Test func aBaselineIsReadAsItWasWritten() throws {
        let baseline = Baseline([
            Baseline.Entry(rule: "VQ002", subject: "stage 3", severity: .error),
            Baseline.Entry(rule: "ADV001", subject: "", severity: .warning),
            Baseline.Entry(rule: "ADV001", subject: "", severity: .error),
        ])
        #expect(baseline.entries.map(\.rule) == ["ADV001", "VQ002"])
        #expect(baseline.entries.map(\.severity) == [.error, .error])
        let text = try BaselineFile.write(baseline)
        #expect(text.hasSuffix("}\n"))
        #expect(try read(text) == baseline)
        #expect(try BaselineFile.write(try read(text)) == text)
    }

    @Test func aReportIsABaselineAndWhatItLeftOutAsKnownStaysKnown() throws {
        let report = """
            {"schema_version": 1, "verdict": "failing", "run": {"id": 1},
             "findings": [{"rule": "SIG001", "severity": "error", "subject": "", "message": "x", "evidence": []}],
             "known": [{"rule": "SIG009", "severity": "warning", "subject": ""}]}
            """
        #expect(try read(report).entries.map(\.rule) == ["SIG001", "SIG009"])
    }

    @Test(arguments: [
        ("", "no JSON"), ("[]", "no JSON"), ("{}", "'findings' is missing"),
        (#"{"findings": [{"severity": "error"}]}"#, "'rule' is missing"),
        (#"{"findings": [{"rule": "A", "severity": "fatal"}]}"#, "'fatal' is no severity"),
        (#"{"schema_version": 99, "findings": []}"#, "newer version"),
    ])
    func anythingElseIsRefusedWithAWayToMakeOne(_ text: String, _ problem: String) {
        let error = #expect(throws: BaselineError.self) { try read(text) }
        let sentence = "\(error.map { "\($0)" } ?? "")"
        #expect(sentence.contains(problem), "\(sentence)")
        #expect(sentence.contains("--write-baseline"))
    }
}

import Foundation
import HealthReport
import TestSupport
import Testing

/// What other programs get of a check, from the built program.
@Suite struct CheckOutputTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private let failing = "step=1 loss=1.0\nstep=2 loss=nan\nstep=3 loss=nan\n"

    private func ingest(_ text: String, as name: String = "logs/a.log") throws {
        let outcome = try doctor("ingest", doctor.write(text, to: name))
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func anUnknownFormatListsTheValidOnes() throws {
        defer { doctor.remove() }
        let outcome = try doctor("check", "--format", "yaml")
        #expect(outcome.status == 64)
        for format in CheckFormat.allCases { #expect(outcome.errors.contains(format.rawValue)) }
    }

    @Test(arguments: CheckFormat.allCases)
    func everyFormatIsWrittenAndTheStatusStays(format: CheckFormat) throws {
        defer { doctor.remove() }
        try ingest(failing)
        let outcome = try doctor("check", "--format", format.rawValue)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("OPT001"))
    }

    @Test func findingsNameTheLineTheyBeginAt() throws {
        defer { doctor.remove() }
        try ingest(failing)
        #expect(try doctor("check", "--format", "concise").output.hasPrefix("logs/a.log:2: error OPT001 non-finite"))
        let annotation = try doctor("check", "--format", "github").output
        #expect(annotation.hasPrefix("::error file=logs/a.log,line=2,title=OPT001 non-finite"))
    }

    @Test func aLogThatIsGoneStillHasItsName() throws {
        defer { doctor.remove() }
        try ingest(failing)
        try FileManager.default.removeItem(at: doctor.folder.appending(path: "logs/a.log"))
        #expect(try doctor("check", "--format", "concise").output.hasPrefix("logs/a.log: error OPT001"))
    }

    @Test func aRunFromStandardInputGoesByItsName() throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", "-", "--name", "piped", input: failing).status == 0)
        let outcome = try doctor("check", "--format", "concise")
        #expect(outcome.output.hasPrefix("piped: error OPT001"))
        #expect(outcome.errors.contains("piped: failing: "))
    }

    @Test func aFileGetsTheResultAndStandardOutputAShortText() throws {
        defer { doctor.remove() }
        try ingest(failing)
        let file = doctor.folder.appending(path: "result.sarif")
        let outcome = try doctor("check", "--output", file.path(percentEncoded: false))
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("error OPT001") && outcome.output.contains("as sarif"))
        let log = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        #expect(log?["version"] as? String == "2.1.0")
    }

    @Test func aFileThatCannotBeWrittenIsStatus2() throws {
        defer { doctor.remove() }
        try ingest(failing)
        let outcome = try doctor("check", "--output", "no/such/folder/result.json")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("no/such/folder/result.json"))
    }

    @Test func jsonAndAnotherFormatContradictEachOther() throws {
        defer { doctor.remove() }
        #expect(try doctor("check", "--json", "--format", "sarif").status == 64)
    }
}

import Foundation
import TestSupport
import Testing

/// `report` and `compare`, from the built program.
@Suite struct DocumentCommandTests {
    private let doctor: CommandRunner
    private let origin = FixtureLocation.root.appending(path: "logs/origin.txt").path(percentEncoded: false)

    init() throws { doctor = try CommandRunner() }

    private let better = """
        Epoch 1:  Discriminator: 1.6000, Generator: 15.5930
                  Adversarial: 2.0018, Feature: 0.9130, Recon: 0.1668, VQ: 1.2486

        Epoch 5:  Discriminator: 1.2893, Feature: 0.7114
                  SNR: 2.44 dB, Amplitude: 94.9%

        Epoch 10: Discriminator: 1.1925, Feature: 0.6118
                  SNR: 4.69 dB, Amplitude: 97.6%

        """

    @Test(arguments: ["html", "md"])
    func aReportIsWrittenAsItsEndingAsks(ending: String) throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", origin).status == 0)
        let file = doctor.folder.appending(path: "report.\(ending)")
        let outcome = try doctor("report", "origin", "-o", file.path(percentEncoded: false))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(page.hasPrefix(ending == "html" ? "<!doctype html>" : "# origin: failing"))
        #expect(page.contains("ADV001 discriminator-blind") && page.contains("SIG004 low-correlation"))
    }

    @Test func aLogThatWasNeverIngestedIsLookedAtAndNotKept() throws {
        defer { doctor.remove() }
        let outcome = try doctor("report", origin)
        #expect(outcome.status == 0 && outcome.output.hasPrefix("# origin: failing"))
        #expect(try doctor("runs").output.contains("empty"))
    }

    @Test func aRunThatIsNeitherStoredNorALogIsAnError() throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", origin).status == 0)
        let outcome = try doctor("report", "nonsense")
        #expect(outcome.status == 2 && outcome.errors.contains("origin"))
    }

    @Test func twoRunsAreComparedOneOfThemALog() throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", origin).status == 0)
        let log = try doctor.write(better, to: "better.txt")
        let outcome = try doctor("compare", "origin", log)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("origin → better") && outcome.output.contains("At equal epochs"))
        #expect(outcome.output.contains(/gone +SIG001 snr-negative/))
        let json = try doctor("compare", "origin", log, "--json").output
        #expect((try? JSONSerialization.jsonObject(with: Data(json.utf8))) != nil)
    }

    @Test(arguments: [
        ["report", "--json"], ["compare", "origin", "@-1", "--json"], ["check", "--json"],
        ["forget", "origin", "--json"],
    ])
    func everyVerbSpeaksJSON(words: [String]) throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", origin).status == 0)
        let output = try doctor.run(words).output
        #expect((try? JSONSerialization.jsonObject(with: Data(output.utf8))) != nil, "\(words): no JSON")
    }

    @Test func anExportAsJSONHasAnObjectALine() throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", origin).status == 0)
        let lines = try doctor("export", "--json").output.split(separator: "\n")
        #expect(lines.count == 20)
        #expect(lines.allSatisfy { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) != nil })
    }

    @Test(arguments: ["report", "compare"])
    func theseCommandsHaveHelp(command: String) throws {
        defer { doctor.remove() }
        let outcome = try doctor(command, "--help", usesStore: false)
        #expect(outcome.status == 0 && outcome.output.contains("OVERVIEW"))
    }
}

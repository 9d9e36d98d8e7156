import ArgumentParser
import Foundation
import RunStore
import TestSupport
import Testing

@testable import codec_doctor

/// `about`, `self-check` and shell completions.
@Suite struct InstallationTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func ingestLog() throws {
        let log = try doctor.write("step 1 loss_d=1\nstep 2 loss_d=2\n", to: "first.log")
        #expect(try doctor("ingest", log).status == 0)
    }

    @Test func aboutNamesVersionsAndTheStoreAndCreatesNothing() throws {
        defer { doctor.remove() }
        let about = try object(doctor("about", "--json").output)
        #expect(about["version"] as? String == CodecDoctor.version)
        #expect((about["sqlite"] as? String)?.hasPrefix("3.") == true)
        let store = try #require(about["store"] as? [String: Any])
        #expect(store["path"] as? String == doctor.store && store["exists"] as? Bool == false)
        #expect(try doctor("about").output.contains(CodecDoctor.version))
        #expect(!FileManager.default.fileExists(atPath: doctor.store))
    }

    @Test func aSoundInstallationPassesTheSelfCheck() throws {
        defer { doctor.remove() }
        #expect(try doctor("self-check").status == 0)
        #expect(!FileManager.default.fileExists(atPath: doctor.store), "a store that is not there is not created")
        try ingestLog()
        let outcome = try doctor("self-check", "--json")
        let check = try object(outcome.output)
        let names = try #require(check["checks"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        #expect(outcome.status == 0 && check["healthy"] as? Bool == true)
        for name in ["SQLite", "store", "integrity", "foreign keys", "writing", "store folder", "temporary", "clock"] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test func aDamagedStoreFailsTheSelfCheck() throws {
        defer { doctor.remove() }
        try Data("no database at all, but long enough to be read as one, surely".utf8).write(
            to: URL(filePath: doctor.store)
        )
        let outcome = try doctor("self-check")
        #expect(outcome.status == 1 && outcome.output.contains("FAILED"))
    }

    @Test func rowsThatBelongToNothingAreCounted() throws {
        defer { doctor.remove() }
        try ingestLog()
        let health = try RunStore(path: doctor.store).health()
        #expect(health.damage.isEmpty && health.orphans == 0 && health.journal == "wal" && health.runs == 1)
        #expect(health.bytes > 0)
    }

    @Test func aClockOfThePastIsTold() {
        #expect(ClockCheck.item(now: Date(timeIntervalSince1970: 0)).outcome == .warning)
        #expect(ClockCheck.item(now: Date(timeIntervalSince1970: 1_800_000_000)).outcome == .ok)
    }

    @Test func foreignKernelsAreNamed() {
        let set = ["OPENBLAS_CORETYPE": "Prescott"]
        #expect(AboutProgram.notes(environment: set, hasBLAS: true).count == 1)
        #expect(AboutProgram.notes(environment: set, hasBLAS: false).isEmpty)
        #expect(AboutProgram.notes(environment: [:], hasBLAS: true).isEmpty)
        #expect(NumericLibraries.version(in: "fftw-3.3.10-sse2-avx") == "3.3.10-sse2-avx")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsOfferRulesAndFormats(shell: String) throws {
        defer { doctor.remove() }
        let script = try doctor("--generate-completion-script", shell, usesStore: false).output
        for word in ["ADV001", "jsonl", "self-check", "watch", "telugu-dac"] {
            #expect(script.contains(word), "\(word)")
        }
    }

    @Test func runsAreCompletedFromTheStoreThatIsNamed() throws {
        defer { doctor.remove() }
        let words = ["codec-doctor", "check", "--store", doctor.store, "--run"]
        #expect(Completions.store(in: words) == doctor.store)
        #expect(Completions.store(in: ["codec-doctor", "check", "--store=/x/y"]) == "/x/y")
        try ingestLog()
        let offered = try doctor.run(["---completion", "check", "--", "--run", "4", "0"] + words, usesStore: false)
        #expect(offered.output.split(separator: "\n").contains("first"), "\(offered.output)\(offered.errors)")
    }
}

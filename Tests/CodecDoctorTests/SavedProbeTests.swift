import Foundation
import Probe
import RunStore
import TestSupport
import Testing
import TrainingMetrics

/// Probe reports in the store, from the built program: what `check` and `show` make of them.
@Suite struct SavedProbeTests {
    private let doctor: CommandRunner
    private let log = FixtureLocation.root.appending(path: "logs/origin.txt").path(percentEncoded: false)

    init() throws { doctor = try CommandRunner() }

    private struct Document: Decodable {
        struct Probe: Decodable {
            struct Learning: Decodable { let verdict: String }
            let subject: String
            let measured: [String]
            let learning: Learning?
        }
        struct Finding: Decodable {
            let rule: String
            let message: String
            let causes: [String]
        }
        struct Unmeasured: Decodable {
            let rule: String
        }
        let probes: [Probe]
        let notes: [String]
        let findings: [Finding]
        let unmeasured: [Unmeasured]
        let passed: [String]
    }

    private func report(_ verdict: ProbeEvidence.Learning.Verdict, gap: Double = 1, subject: String = "disc.pth") throws
        -> String
    {
        var network = NetworkReport(
            name: subject,
            weights: .trained,
            parameterCount: 5,
            weightCount: 4,
            denseWeightCount: 4
        )
        network.evidence.learning = .init(
            verdict: verdict,
            steps: 60,
            leftBlindAt: verdict == .able ? 12 : nil,
            gap: gap,
            heldOutAccuracy: 0.9,
            featureMatching: .nan
        )
        var report = ProbeReport(kind: .discriminator, seed: 0)
        report.networks = [network]
        return try report.json()
    }

    /// Ingests the log, saves reports for its run, oldest first, and one for no run.
    private func save(_ reports: [String]) throws {
        #expect(try doctor("ingest", log).status == 0)
        let store = try RunStore(path: doctor.store)
        let run = try store.run(matching: nil)
        for report in reports {
            _ = try store.saveProbe(report: report, subject: "disc.pth", runID: run.id, version: "1")
        }
        _ = try store.saveProbe(
            report: try report(.unable, subject: "of no run"),
            subject: "",
            runID: nil,
            version: "1"
        )
    }

    private func check() throws -> Document {
        let outcome = try doctor("check", "--run", "--format", "json")
        #expect(outcome.status == 1, "\(outcome.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Document.self, from: Data(outcome.output.utf8))
    }

    @Test func theNewestReadableReportOfASubjectIsUsed() throws {
        defer { doctor.remove() }
        let newer = try report(.unable).replacing(#""schema_version":1"#, with: #""schema_version":99"#)
        try save([try report(.unable), try report(.able, gap: .infinity), "{ damaged", newer])
        let document = try check()
        #expect(document.probes.map(\.subject) == ["disc.pth"])
        #expect(document.probes.first?.learning?.verdict == "able")
        #expect(document.probes.first?.measured == ["learning"])
        #expect(document.notes.count == 2)
        #expect(document.notes.contains { $0.contains("damaged") } && document.notes.contains { $0.contains("newer") })
        #expect(document.passed.contains("PRB006"))
        let blind = try #require(document.findings.first { $0.rule == "ADV001" })
        #expect(blind.message.contains("left the blind value after 12 steps"))
        #expect(!blind.causes.isEmpty && !blind.causes.contains { $0.contains("too weak") })
    }

    @Test func textNamesTheProbeAndTheNotes() throws {
        defer { doctor.remove() }
        try save([try report(.able, subject: "evil\u{1B}[2J"), "damaged"])
        for words in [["check"], ["show"]] {
            let text = try doctor.run(words).output
            #expect(text.contains("Probes used: evil\\u{1B}[2J (discriminator, trained weights: able to learn)"))
            #expect(text.contains("1 saved probe report is damaged"))
            #expect(!text.contains("\u{1B}"))
        }
        let shown = try doctor("show", "--json").output
        #expect(shown.contains(#""verdict" : "able""#) && shown.contains(#""feature_matching" : "NaN""#))
    }

    @Test func withoutAProbeTheTextSaysOnceHowToMakeOne() throws {
        defer { doctor.remove() }
        try save([])
        let document = try check()
        #expect(document.probes.isEmpty && document.notes.isEmpty)
        #expect(document.unmeasured.filter { $0.rule.hasPrefix("PRB") }.count == 6)
        let text = try doctor("check").output
        let lines = text.split(separator: "\n").filter { $0.contains("PRB") }
        #expect(lines.count <= 2 && lines.first?.contains("not probed") == true, "\(lines)")
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("codec-doctor probe discriminator --save --run 1"))
        #expect(!text.contains("Probes used"))
    }

    @Test func aForgottenRunTakesItsProbesWithIt() throws {
        defer { doctor.remove() }
        try save([try report(.able)])
        #expect(try doctor("forget", "1").status == 0)
        let store = try RunStore(path: doctor.store)
        #expect(try store.probes(of: 1).isEmpty && store.probes(of: nil).count == 1)
    }

    /// Store and report agree on what the newest version is.
    @Test func aFreshReportCanBeReadAgain() throws {
        #expect(try SavedReport.evidence(in: report(.slow))?.learning?.verdict == .slow)
        doctor.remove()
    }
}

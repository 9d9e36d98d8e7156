import RunStore
import Testing
import TrainingMetrics

@Suite struct ProbeStoreTests {
    let folder: TemporaryFolder
    let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
    }

    private func ingest(_ name: String) throws -> RunRecord {
        let log = try folder.write("step,loss\n1,2\n2,1\n", to: "\(name).csv")
        _ = try store.ingest(
            .file(path: log),
            options: IngestOptions { $0.map { _ in MetricInterpretation(role: .totalLoss) } }
        )
        return try store.run(matching: nil)
    }

    @discardableResult
    private func save(_ report: String, _ run: RunRecord?) throws -> Int64 {
        try store.saveProbe(report: report, subject: "dac", runID: run?.id, version: "1.2")
    }

    @Test func reportsComeBackNewestFirstAndAsTheyWere() throws {
        let run = try ingest("a")
        let reports = ["{}", "not even JSON \u{1B}[31m తెలుగు", ""]
        let numbers = try reports.map { try save($0, run) }
        let found = try store.probes(of: run.id)
        #expect(found.map(\.report) == reports.reversed())
        #expect(found.map(\.id) == numbers.reversed())
        #expect(found.allSatisfy { $0.runID == run.id && $0.subject == "dac" && $0.version == "1.2" })
        #expect(found.allSatisfy { $0.createdAt.hasSuffix("Z") && $0.createdAt.count == 24 })
    }

    @Test func aReportForNoRunBelongsToNoRun() throws {
        let run = try ingest("a")
        try save("for none", nil)
        #expect(try store.probes(of: run.id).isEmpty)
        #expect(try store.probes(of: nil).map(\.report) == ["for none"])
        #expect(try store.probes(of: nil).first?.runID == nil)
    }

    @Test func forgettingARunForgetsItsReportsAndNoOthers() throws {
        let first = try ingest("a")
        let second = try ingest("b")
        try save("of a", first)
        try save("of b", second)
        try save("of none", nil)
        try store.forget(first)
        #expect(try store.probes(of: first.id).isEmpty)
        #expect(try store.probes(of: second.id).map(\.report) == ["of b"])
        #expect(try store.probes(of: nil).map(\.report) == ["of none"])
        #expect(try folder.values("SELECT count(*) FROM probe_report") == [2])
    }

    @Test func aReportForAnUnknownRunIsRefusedWithTheKnownOnes() throws {
        _ = try ingest("a")
        #expect(throws: RunStoreError.unknownRun(reference: "17", known: ["a"])) {
            try store.saveProbe(report: "{}", subject: "dac", runID: 17, version: "1")
        }
        #expect(try folder.values("SELECT count(*) FROM probe_report") == [0])
    }
}

import Foundation
import GRDB
import RunStore
import Testing
import TrainingMetrics

@Suite struct RunStoreTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func ingest(_ name: String, into store: RunStore, _ text: String? = nil) throws -> IngestReport {
        let log = try folder.write(text ?? "step,epoch,loss,snr\n1,1,2,\(name.count)\n2,2,1,4\n", to: "\(name).csv")
        let options = IngestOptions { keys in
            keys.map { MetricInterpretation(role: $0.name == "snr" ? .snr : .discriminatorLoss, scale: 0.5) }
        }
        return try store.ingest(.file(path: log), options: options)
    }

    @Test(arguments: [
        (["CODEC_DOCTOR_STORE": "/a/b.sqlite", "HOME": "/h"], "/a/b.sqlite"),
        (["XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/codec-doctor/runs.sqlite"),
        (["CODEC_DOCTOR_STORE": "", "HOME": "/h"], "/h/.local/share/codec-doctor/runs.sqlite"),
    ])
    func theDefaultPathFollowsTheEnvironment(environment: [String: String], path: String) {
        #expect(RunStore.defaultPath(environment: environment) == path)
    }

    @Test func foldersAreCreatedAndTheSettingsAreThoseAgreedOn() throws {
        _ = try folder.store("deep/er/runs.sqlite")
        let queue = try DatabaseQueue(path: folder.path("deep/er/runs.sqlite"))
        let settings = try queue.inDatabase { database in
            try ["journal_mode", "user_version"].map { try String.fetchOne(database, sql: "PRAGMA \($0)") }
        }
        #expect(settings == ["wal", "2"])
    }

    @Test func aFolderAndForeignFilesAreRefused() throws {
        #expect(throws: RunStoreError.isFolder(path: folder.path(""))) { try RunStore(path: folder.path("")) }
        let text = try folder.write(String(repeating: "no database at all\n", count: 99), to: "text.sqlite")
        #expect(throws: RunStoreError.notAStore(path: text)) { try RunStore(path: text) }
        let foreign = folder.path("foreign.sqlite")
        try DatabaseQueue(path: foreign).inDatabase { try $0.execute(sql: "CREATE TABLE cat(name)") }
        #expect(throws: RunStoreError.notAStore(path: foreign)) { try RunStore(path: foreign) }
    }

    @Test func aStoreOfANewerVersionIsRefused() throws {
        _ = try folder.store()
        try folder.execute("PRAGMA user_version = 99")
        #expect(throws: RunStoreError.newerSchema(path: folder.path("runs.sqlite"))) { try folder.store() }
    }

    @Test func aStoreOfTheFirstVersionIsBroughtUpToDate() throws {
        let first = try folder.store()
        try ingest("a", into: first)
        try folder.execute(
            "DROP VIEW run_latest; DROP VIEW run_epoch; DROP VIEW every_sample; PRAGMA user_version = 1"
        )
        #expect(try folder.store().runs().map(\.name) == ["a"])
        #expect(try folder.values("SELECT count(*) FROM run_latest") == [2])
    }

    @Test func aRunIsFoundByNumberNameBeginningAndAge() throws {
        let store = try folder.store()
        let path = folder.path("runs.sqlite")
        #expect(throws: RunStoreError.noRuns(path: path)) { try store.run(matching: nil) }
        for name in ["alpha", "alps", "beta"] { try ingest(name, into: store) }
        let expected = [
            (nil, "beta"), ("1", "alpha"), ("alps", "alps"), ("b", "beta"), ("@-1", "beta"), ("@-3", "alpha"),
        ]
        for (reference, name) in expected { #expect(try store.run(matching: reference).name == name) }
        #expect(throws: RunStoreError.ambiguousRun(reference: "al", matches: ["alps", "alpha"])) {
            try store.run(matching: "al")
        }
        for reference in ["@-4", "17", "gamma"] {
            #expect(throws: RunStoreError.unknownRun(reference: reference, known: ["beta", "alps", "alpha"])) {
                try store.run(matching: reference)
            }
        }
        try ingest("alpha", into: store)
        #expect(try store.run(matching: nil).name == "alpha")
    }

    @Test func factsAndFindingsAreKept() throws {
        let store = try folder.store()
        let run = try ingest("a", into: store).runs[0]
        try store.setFact(Fact(.lossFamily, "lsgan", .given, evidence: "--loss-family"), of: run)
        let fact = Fact(.lossFamily, "hinge", .given, evidence: "--loss-family")
        try store.setFact(fact, of: run)
        #expect(try store.facts(of: run) == [fact])
        let finding = FindingRecord(
            rule: "ADV001",
            firstStep: 1,
            lastStep: 2,
            severity: "error",
            message: "blind",
            evidence: "[]"
        )
        try store.saveFindings([finding, finding], of: run, version: "1")
        try store.saveFindings([finding], of: run, version: "1")
        #expect(try store.findings(of: run) == [finding])
    }

    @Test func aHistoryHoldsCanonicalValuesWithProvisionalOnesLast() throws {
        let store = try folder.store()
        let run = try ingest("a", into: store, "step,epoch,loss,snr\n1,1,2,nan\n2,1,1,4\n3,2,8,6").runs[0]
        let histories = try store.history(of: run)
        #expect(histories.count == 1 && histories[0].axis == .step)
        let loss = try #require(histories[0].series(.discriminatorLoss))
        #expect(Array(loss.positions) == [1, 2, 3] && Array(loss.values) == [1, 0.5, 4])
        #expect(Array(loss.epochs) == [1, 1, 2])
        let snr = try #require(histories[0].series(.snr))
        #expect(snr.values[0].isNaN && Array(snr.values.dropFirst()) == [2, 3])
    }

    @Test func aRestartedLogHasTwoAttempts() throws {
        let store = try folder.store()
        let rows = ((1...20).map { "\($0),1" } + (1...15).map { "\($0),2" }).joined(separator: "\n")
        let run = try ingest("a", into: store, "step,loss\n\(rows)\n").runs[0]
        let histories = try store.history(of: run)
        #expect(
            histories.map { Array($0.series[0].values) } == [
                [Double](repeating: 0.5, count: 20), [Double](repeating: 1, count: 15),
            ]
        )
    }

    @Test func theViewsShowCanonicalValues() throws {
        let store = try folder.store()
        try ingest("a", into: store, "step,epoch,loss,snr\n1,1,2,3\n2,1,1,4\n3,2,8,6")
        #expect(try folder.values("SELECT discriminator_loss FROM run_epoch ORDER BY epoch") == [0.5, 4])
        #expect(try folder.values("SELECT snr FROM run_epoch ORDER BY epoch") == [2, 3])
        #expect(try folder.values("SELECT value FROM run_latest WHERE metric = 'snr'") == [3])
    }

    @Test func anExportHoldsEverySampleInOrder() throws {
        let store = try folder.store()
        let run = try ingest("a", into: store, "step,epoch,loss,snr\n2,1,2,3\n1,1,1,4\n3,2,8,6").runs[0]
        var lines: [String] = []
        try store.export(run) { lines.append("\($0.metric.key.name) \($0.step) \($0.value) \($0.epoch ?? -1)") }
        #expect(
            lines == [
                "loss 1 1.0 1.0", "loss 2 2.0 1.0", "loss 3 8.0 2.0", "snr 1 4.0 1.0", "snr 2 3.0 1.0", "snr 3 6.0 2.0",
            ]
        )
    }
}

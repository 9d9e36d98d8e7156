import Foundation
import GRDB
import RunStore
import TestSupport
import Testing
import TrainingMetrics

/// Runs of experiment trackers: MLflow's folders and database, W&B's offline folders.
@Suite struct TrackerIngestTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    private func write(_ bytes: [UInt8], to name: String) throws {
        let url = folder.url.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    private func ingest(_ store: RunStore, _ name: String) throws -> [IngestReport] {
        try FolderSurvey(folder: folder.path(name)).found.map { found in
            try store.ingest(found.group, options: IngestOptions { MetricInterpreter().interpret($0) }).report
        }
    }

    // MARK: MLflow's file store

    private func writeMLflowRun(_ number: String, steps: Int, stage: String = "active") throws {
        let run = "mlruns/1/\(number)"
        try write("name: codec\nexperiment_id: '1'\n", to: "mlruns/1/meta.yaml")
        try write("run_id: \(number)\nrun_name: other\nlifecycle_stage: \(stage)\n", to: "\(run)/meta.yaml")
        try write("wide-\(number)\n", to: "\(run)/tags/mlflow.runName")
        try write("0.0001", to: "\(run)/params/lr")
        let lines = (0..<steps).map { "17000000000\($0 + 10) \($0) \($0)\n" }
        try write(lines.joined(), to: "\(run)/metrics/train/d_loss")
        try write(lines.joined(), to: "\(run)/metrics/val_mel")
        try write("not a metric", to: "\(run)/artifacts/model.txt")
    }

    @Test func aRunOfTheFileStoreIsOneRun() throws {
        try writeMLflowRun("a1", steps: 20)
        try writeMLflowRun("b2", steps: 5)
        try writeMLflowRun("c3", steps: 5, stage: "deleted")
        let store = try folder.store()
        #expect(try ingest(store, "mlruns").map(\.newSamples).sorted() == [10, 40])
        #expect(Set(try store.runs().map(\.name)) == ["codec/wide-a1", "codec/wide-b2"])
        let run = try store.run(matching: "codec/wide-a1")
        #expect(Set(try store.metrics(of: run).map(\.key.name)) == ["train/d_loss", "val_mel"])
        #expect(try store.loggedFacts(of: run).map { "\($0.key)=\($0.value)" } == ["lr=0.0001"])
        let before = try folder.dump()
        #expect(try ingest(store, "mlruns").map(\.status) == [.unchanged, .unchanged])
        #expect(try folder.dump() == before)
    }

    @Test func aRunOfTheFileStoreThatGrewGivesWhatIsNew() throws {
        try writeMLflowRun("a1", steps: 20)
        let store = try folder.store()
        _ = try ingest(store, "mlruns")
        try writeMLflowRun("a1", steps: 25)
        try write("1700000000010 7 3\n1700000000011 8 4\n", to: "mlruns/1/a1/metrics/late")
        let reports = try ingest(store, "mlruns")
        #expect(reports.map(\.newSamples) == [12] && reports[0].status == .grown)
        #expect(try store.runs().count == 1)
        #expect(try folder.values("SELECT count(*) FROM sample") == [52])
    }

    // MARK: MLflow's database

    private func database() throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: folder.path("mlflow.db"))
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT);
                    CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, experiment_id INTEGER);
                    CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
                    CREATE TABLE metrics (key TEXT, value REAL NOT NULL, timestamp BIGINT, run_uuid TEXT, step BIGINT,
                        is_nan BOOLEAN, PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));
                    INSERT INTO experiments VALUES (1, 'codec');
                    INSERT INTO runs VALUES ('aaaa1111', 'wide', 1), ('bbbb2222', 'wide', 1);
                    INSERT INTO params VALUES ('lr', '0.0001', 'aaaa1111');
                    """
            )
        }
        return queue
    }

    private func log(_ queue: DatabaseQueue, _ run: String, _ steps: Range<Int>) throws {
        try queue.write { database in
            for step in steps {
                try database.execute(
                    sql: "INSERT INTO metrics VALUES ('d_loss', ?, ?, ?, ?, 0)",
                    arguments: [Double(step), 1_700_000_000_000 + step, run, step]
                )
            }
        }
    }

    @Test(arguments: [1, 3, 1000])
    func theDatabaseIsReadOnFromWhereItWas(batchSize: Int) throws {
        let queue = try database()
        try log(queue, "aaaa1111", 0..<20)
        try log(queue, "bbbb2222", 0..<5)
        let store = try folder.store()
        func ingest() throws -> IngestReport {
            try store.ingest(.file(path: folder.path("mlflow.db")), options: IngestOptions(batchSize: batchSize))
        }
        let first = try ingest()
        #expect(first.status == .new && first.newSamples == 25 && first.format == .mlflowDatabase)
        #expect(Set(first.runs.map(\.name)) == ["mlflow/codec/wide", "mlflow/codec/wide (bbbb2222)"])
        let before = try folder.dump()
        #expect(try ingest().status == .unchanged)
        #expect(try folder.dump() == before)
        try log(queue, "aaaa1111", 20..<30)
        let second = try ingest()
        #expect(second.status == .grown && second.newSamples == 10)
        #expect(try store.runs().count == 2)
        let run = try store.run(matching: "mlflow/codec/wide")
        #expect(run.lastStep == 29 && run.sampleCount == 30)
        #expect(try store.loggedFacts(of: run).map { "\($0.key)=\($0.value)" } == ["lr=0.0001"])
    }

    @Test func theDatabasesMarksAreValues() throws {
        let queue = try database()
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO metrics VALUES ('loss', 0, 1700000000000, 'aaaa1111', 0, 1),
                        ('loss', 1.7976931348623157e308, 1700000000001, 'aaaa1111', 1, 0),
                        ('loss', -1.7976931348623157e308, 1700000000002, 'aaaa1111', 2, 0),
                        ('loss', 1, 1700000000002, 'aaaa1111', 4000000000000000000, 0)
                    """
            )
        }
        let store = try folder.store()
        let report = try store.ingest(.file(path: folder.path("mlflow.db")), options: IngestOptions())
        #expect(report.newSamples == 3 && report.rejected == 1)
        let series = try #require(try store.history(of: report.runs[0]).first?.series.first)
        #expect(series.values[0].isNaN && Array(series.values[1...]) == [.infinity, -.infinity])
    }

    @Test func aLockedDatabaseIsReadWhenItsWriterIsDone() throws {
        let queue = try database()
        try log(queue, "aaaa1111", 0..<5)
        let store = try folder.store()
        // A writer that holds its lock without having written to the file yet does not keep readers out.
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            let report = try store.ingest(.file(path: folder.path("mlflow.db")), options: IngestOptions())
            #expect(report.newSamples == 5)
            try database.execute(sql: "ROLLBACK")
        }
    }

    @Test func whatIsLoggedWhileItIsReadIsReadOnce() async throws {
        let queue = try database()
        try log(queue, "aaaa1111", 0..<200)
        let store = try folder.store()
        let path = folder.path("mlflow.db")
        async let writing: Void = Task.detached {
            for step in 200..<600 {
                try queue.write { database in
                    try database.execute(
                        sql: "INSERT INTO metrics VALUES ('d_loss', 0, 1700000000000, 'aaaa1111', ?, 0)",
                        arguments: [step]
                    )
                }
            }
        }.value
        for _ in 0..<5 { _ = try store.ingest(.file(path: path), options: IngestOptions(batchSize: 50)) }
        try await writing
        _ = try store.ingest(.file(path: path), options: IngestOptions())
        #expect(try folder.values("SELECT step FROM sample ORDER BY seq") == (0..<600).map(Double.init))
    }

    @Test func anotherProgramsDatabaseIsRefused() throws {
        let queue = try DatabaseQueue(path: folder.path("other.db"))
        try queue.write { try $0.execute(sql: "CREATE TABLE metrics (a)") }
        let store = try folder.store()
        #expect(throws: IngestError.notALog(path: folder.path("other.db"), reason: .otherDatabase, firstRejection: nil))
        {
            try store.ingest(.file(path: folder.path("other.db")), options: IngestOptions())
        }
    }

    // MARK: W&B

    @Test func anOfflineFolderIsOneRun() throws {
        var file = WandbFileBuilder()
        file.run(name: "wide", configuration: [("lr", "0.0001")])
        for step in 0..<30 { file.history(step, [("train/d_loss", "\(step)")]) }
        let run = "wandb/offline-run-20260101_000000-abc"
        try write(file.bytes, to: "\(run)/run-abc.wandb")
        try write("epoch 1 loss 3\nepoch 2 loss 4\n", to: "\(run)/files/output.log")
        let store = try folder.store()
        #expect(try ingest(store, "wandb").map(\.newSamples) == [30])
        #expect(try store.runs().map(\.name) == ["wide"])
        #expect(try store.loggedFacts(of: store.run(matching: nil)).map(\.key) == ["config/lr"])
        file.history(30, [("train/d_loss", "1")])
        try write(file.bytes, to: "\(run)/run-abc.wandb")
        #expect(try ingest(store, "wandb").map(\.newSamples) == [1])
    }
}

import Foundation
import GRDB
import RunStore
import Testing
import TrainingMetrics

@Suite struct IngestTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Lines of a table with two metrics; the first line is the header.
    private func table(_ rows: Range<Int>, header: Bool = true) -> String {
        (header ? "step,epoch,d_loss,snr\n" : "")
            + rows.map { "\($0),\($0 / 10),\(2.0 - Double($0) / 1000),\(Double($0) / 8)\n" }.joined()
    }

    @Test func aFileIsReadOnceHoweverOftenItIsIngested() throws {
        let store = try folder.store()
        let log = try folder.write(table(0..<500), to: "log.csv")
        let first = try store.ingest(.file(path: log), options: IngestOptions())
        let before = try folder.dump()
        let second = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(first.status == .new && first.newSamples == 1000)
        #expect(second.status == .unchanged && second.newSamples == 0)
        #expect(try folder.dump() == before)
        let run = try store.run(matching: nil)
        #expect(run.name == "log" && run.sampleCount == 1000 && run.lastStep == 499 && run.lastEpoch == 49)
        #expect(run.sources == [log])
    }

    @Test(arguments: [1, 7, 64, 1000])
    func anyBatchSizeGivesTheSameStore(batchSize: Int) throws {
        let store = try folder.store()
        let log = try folder.write(table(0..<300), to: "log.csv")
        _ = try store.ingest(.file(path: log), options: IngestOptions(batchSize: batchSize))
        let other = try TemporaryFolder()
        let reference = try other.store()
        _ = try reference.ingest(.file(path: log), options: IngestOptions())
        #expect(try folder.dump() == other.dump())
    }

    @Test func aFileThatGrowsFiftyTimesIsTheFileReadAtOnce() throws {
        let store = try folder.store()
        let whole = Array(table(0..<400).utf8)
        var generator = SplitMix(seed: 7)
        var cuts = (0..<49).map { _ in Int(generator.next() % UInt64(whole.count - 100)) + 100 }.sorted()
        cuts.append(whole.count)
        let path = folder.path("log.csv")
        for cut in cuts {
            try Data(whole[..<cut]).write(to: URL(filePath: path), options: [])
            _ = try store.ingest(.file(path: path), options: IngestOptions())
            #expect(try store.runs().count == 1)
        }
        let other = try TemporaryFolder()
        _ = try other.store().ingest(.file(path: path), options: IngestOptions())
        #expect(try folder.dump() == other.dump())
    }

    @Test func anUnfinishedLastLineIsProvisional() throws {
        let store = try folder.store()
        let log = try folder.write("step,loss\n1,0.5\n2,0.2", to: "log.csv")
        let first = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(first.newSamples == 2)
        #expect(try folder.values("SELECT value FROM provisional_sample") == [0.2])
        try folder.write("5\n3,0.1\n", to: "log.csv", appending: true)
        let second = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(second.status == .grown)
        #expect(try folder.values("SELECT value FROM provisional_sample").isEmpty)
        #expect(try folder.values("SELECT value FROM sample ORDER BY step") == [0.5, 0.25, 0.1])
    }

    @Test func aReplacedFileIsANewRunAndAMovedOneIsNot() throws {
        let store = try folder.store()
        let log = try folder.write(table(0..<50), to: "log.csv")
        _ = try store.ingest(.file(path: log), options: IngestOptions())
        try folder.write("step,loss\n1,3\n2,4\n", to: "log.csv")
        let replaced = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(replaced.status == .replaced && replaced.runs.map(\.name) == ["log-2"])
        try FileManager.default.moveItem(atPath: log, toPath: folder.path("old.csv"))
        try folder.write("5,6\n", to: "old.csv", appending: true)
        let moved = try store.ingest(.file(path: folder.path("old.csv")), options: IngestOptions())
        #expect(moved.status == .grown && moved.runs.map(\.name) == ["log-2"] && moved.newSamples == 1)
        #expect(try store.runs().first?.sources == [folder.path("old.csv")])
        try FileManager.default.copyItem(atPath: folder.path("old.csv"), toPath: folder.path("copy.csv"))
        let copy = try store.ingest(.file(path: folder.path("copy.csv")), options: IngestOptions())
        #expect(copy.status == .new && copy.runs.map(\.name) == ["copy"])
    }

    @Test func aDocumentWrittenAnewStaysTheSameRun() throws {
        func document(_ epochs: Range<Int>, loss: Double = 1) -> String {
            let rows = epochs.map { "{\"epoch\": \($0), \"loss\": \(loss / Double($0))}" }
            return "{\"epoch\": \(epochs.upperBound - 1), \"log_history\": [\n\(rows.joined(separator: ",\n"))\n]}\n"
        }
        let store = try folder.store()
        let log = try folder.write(document(1..<4), to: "trainer_state.json")
        #expect(try store.ingest(.file(path: log), options: IngestOptions()).status == .new)
        #expect(try store.ingest(.file(path: log), options: IngestOptions()).status == .unchanged)
        try folder.write(document(1..<9), to: "trainer_state.json")
        let second = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(second.status == .rewritten && second.newSamples == 5)
        #expect(second.runs.map(\.name) == ["trainer_state"])
        #expect(try store.runs().map(\.sampleCount) == [8])
        let other = try TemporaryFolder()
        _ = try other.store().ingest(.file(path: log), options: IngestOptions())
        #expect(
            try folder.values("SELECT value FROM sample ORDER BY step")
                == other.values("SELECT value FROM sample ORDER BY step")
        )
        // Other numbers at the same places: another run.
        try folder.write(document(1..<5, loss: 3), to: "trainer_state.json")
        let third = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(third.status == .replaced && third.runs.map(\.name) == ["trainer_state-2"])
        #expect(try store.runs().map(\.sampleCount) == [4, 8])
    }

    @Test func aTruncatedFileIsANewRun() throws {
        let store = try folder.store()
        let log = try folder.write(table(0..<50), to: "log.csv")
        _ = try store.ingest(.file(path: log), options: IngestOptions())
        try folder.write(table(0..<20), to: "log.csv")
        #expect(try store.ingest(.file(path: log), options: IngestOptions()).status == .replaced)
        #expect(try store.runs().map(\.sampleCount) == [40, 100])
    }

    @Test func notANumberAndInfinitiesSurvive() throws {
        let store = try folder.store()
        let log = try folder.write("step,loss\n1,nan\n2,inf\n3,-inf\n4,0.5\n", to: "log.csv")
        _ = try store.ingest(.file(path: log), options: IngestOptions())
        var values: [Double] = []
        try store.export(try store.run(matching: nil)) { values.append($0.value) }
        #expect(values.map { "\($0)" } == ["nan", "inf", "-inf", "0.5"])
    }

    @Test func aHostileNameIsOnlyAName() throws {
        let store = try folder.store()
        let name = "'; DROP TABLE run; --"
        let log = try folder.write("step,\"'; DROP TABLE sample; --\"\n1,2\n2,3\n", to: "log.csv")
        _ = try store.ingest(.file(path: log), options: IngestOptions(runName: name))
        #expect(try store.run(matching: name).name == name)
        #expect(try store.metrics(of: store.run(matching: nil)).map(\.key.name) == ["'; DROP TABLE sample; --"])
        try store.forget(try store.run(matching: name))
        #expect(try store.runs().isEmpty)
        #expect(try folder.values("SELECT count(*) FROM sample") == [0])
        #expect(try folder.values("SELECT count(*) FROM source") == [0])
    }

    @Test func aColumnOfRunsMakesSeveralRuns() throws {
        let store = try folder.store()
        let log = try folder.write("run,step,loss\na,1,2\nb,1,3\na,2,1\nb,2,4\n", to: "sweep.csv")
        let report = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(report.runs.map(\.name) == ["sweep/a", "sweep/b"])
        #expect(report.runs.map(\.sampleCount) == [2, 2])
        try store.forget(report.runs[0])
        #expect(try store.runs().map(\.name) == ["sweep/b"])
        #expect(try store.sources(of: report.runs[1]).map(\.label) == ["b"])
    }

    @Test(arguments: [("", "empty"), ("\u{0}\u{1}\u{2}", "binary"), ("step,loss\n1,\n2,\n", "no metric")])
    func aSourceWithoutMetricsLeavesNothing(text: String, reason: String) throws {
        let store = try folder.store()
        let before = try folder.dump()
        let log = try folder.write(text, to: "log.csv")
        let error = #expect(throws: IngestError.self) {
            _ = try store.ingest(.file(path: log), options: IngestOptions(format: .csv))
        }
        #expect("\(try #require(error))".contains(reason))
        #expect(try folder.dump() == before)
    }

    @Test func missingFilesAndFoldersAreToldApart() throws {
        let store = try folder.store()
        #expect(throws: IngestError.isFolder(path: folder.path(""))) {
            _ = try store.ingest(.file(path: folder.path("")), options: IngestOptions())
        }
        #expect(throws: IngestError.cannotRead(path: folder.path("no.csv"), reason: "No such file or directory")) {
            _ = try store.ingest(.file(path: folder.path("no.csv")), options: IngestOptions())
        }
    }

    @Test func rejectionsAreCountedAndTheFirstHundredKept() throws {
        let store = try folder.store()
        let rows = (0..<150).map { "\($0),1,2,3,4\n\($0),0.5\n" }.joined()
        let log = try folder.write("step,loss\n\(rows)", to: "log.csv")
        let first = try store.ingest(.file(path: log), options: IngestOptions(batchSize: 40))
        try folder.write("900,1,2,3\n901,0.5\n", to: "log.csv", appending: true)
        let second = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(first.rejected >= 150 && second.rejected == first.rejected + 1)
        #expect(first.rejections.count == 100 && second.rejections == first.rejections)
        #expect(first.rejections[0].line == 2)
    }

    @Test func aCorrectedInterpretationStaysWhenTheLogGrows() throws {
        let store = try folder.store()
        let log = try folder.write("step,a,b\n1,2,3\n", to: "log.csv")
        let options = IngestOptions { keys in
            keys.map { MetricInterpretation(role: $0.name == "a" ? .snr : keys.count > 1 ? .vqLoss : .unknown) }
        }
        let report = try store.ingest(.file(path: log), options: options)
        #expect(report.metrics.map(\.interpretation.role) == [.snr, .vqLoss])
        let corrected = MetricInterpretation(role: .siSDR, part: "x", scale: 0.5, isNegated: true)
        try store.setInterpretation(corrected, of: report.metrics[0])
        try folder.write("2,5,6\n", to: "log.csv", appending: true)
        let grown = try store.ingest(.file(path: log), options: options)
        #expect(grown.metrics.map(\.interpretation) == [corrected, MetricInterpretation(role: .vqLoss)])
        try store.reinterpret(grown.runs[0]) { $0.map { _ in MetricInterpretation(role: .correlation) } }
        #expect(try store.metrics(of: grown.runs[0]).map(\.interpretation.role) == [.siSDR, .correlation])
    }

    @Test func aSourceCanJoinARun() throws {
        let store = try folder.store()
        let first = try folder.write("step,loss\n1,2\n2,3\n", to: "train.csv")
        let second = try folder.write("step,val_loss\n1,2\n2,3\n", to: "val.csv")
        _ = try store.ingest(.file(path: first), options: IngestOptions(runName: "big"))
        let joined = try store.ingest(
            .file(path: second),
            options: IngestOptions(runName: "big", joinsExistingRun: true)
        )
        #expect(joined.runs.map(\.sampleCount) == [4])
        #expect(try store.runs().map(\.sources) == [[first, second]])
    }

    @Test func twoIngestsOfOneFileAtOnceStoreItOnce() async throws {
        let log = try folder.write(table(0..<3000), to: "log.csv")
        let path = folder.path("runs.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    let store = try RunStore(path: path)
                    _ = try store.ingest(.file(path: log), options: IngestOptions(batchSize: 100))
                }
            }
            try await group.waitForAll()
        }
        let store = try folder.store()
        #expect(try store.runs().map(\.sampleCount) == [6000])
        #expect(try folder.values("SELECT count(*) FROM sample") == [6000])
    }

    @Test func fourWritersAndTwoReadersWorkAtOnce() async throws {
        let path = folder.path("runs.sqlite")
        let logs = try (0..<4).map { try folder.write(table(0..<2000), to: "log\($0).csv") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for log in logs {
                group.addTask {
                    let store = try RunStore(path: path)
                    _ = try store.ingest(.file(path: log), options: IngestOptions(batchSize: 500))
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    let store = try RunStore(path: path)
                    for _ in 0..<20 {
                        for run in try store.runs() { _ = try store.history(of: run) }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try folder.store().runs().map(\.sampleCount) == [4000, 4000, 4000, 4000])
    }

    @Test func afterAFailureAnywhereTheRestIsReadOnce() throws {
        let log = try folder.write(table(0..<500), to: "log.csv")
        let reference = try TemporaryFolder()
        _ = try reference.store().ingest(.file(path: log), options: IngestOptions())
        var generator = SplitMix(seed: 3)
        for _ in 0..<20 {
            let place = try TemporaryFolder()
            let store = try place.store()
            let record = generator.next() % 500
            try place.execute(
                """
                CREATE TRIGGER injected BEFORE INSERT ON sample WHEN NEW.seq = \(record)
                BEGIN SELECT RAISE(ABORT, 'injected'); END
                """
            )
            _ = try? store.ingest(.file(path: log), options: IngestOptions(batchSize: 64))
            try place.execute("DROP TRIGGER injected")
            let rest = try store.ingest(.file(path: log), options: IngestOptions(batchSize: 64))
            #expect((rest.status == .unchanged) == (record == 0))
            #expect(try place.dump() == reference.dump())
        }
    }
}

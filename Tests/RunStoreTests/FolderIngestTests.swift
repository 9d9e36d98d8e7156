import Foundation
import GRDB
import RunStore
import TestSupport
import Testing
import TrainingMetrics

@Suite struct FolderIngestTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes an event file of one scalar per step.
    @discardableResult
    private func events(_ name: String, tag: String = "loss", _ steps: Range<Int>, offset: Float = 0) throws -> String {
        var file = EventFileBuilder()
        for step in steps { file.scalar(tag, Float(step) + offset, step: Int64(step)) }
        return try write(file.bytes, to: name)
    }

    private func write(_ bytes: [UInt8], to name: String) throws -> String {
        let url = folder.url.appending(path: "runs").appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: url)
        return url.path(percentEncoded: false)
    }

    private func ingest(_ store: RunStore) throws -> [GroupReport] {
        let survey = FolderSurvey(folder: folder.path("runs"))
        return try survey.found.map { found in
            try store.ingest(found.group, options: IngestOptions { MetricInterpreter().interpret($0) })
        }
    }

    private func history(_ store: RunStore, _ name: String) throws -> RunHistory {
        try #require(try store.history(of: store.run(matching: name)).last)
    }

    @Test func filesOfAFolderAreOneRunInTheOrderOfTheirTimes() throws {
        try events("exp/events.out.tfevents.1700000900.host.1.0", 200..<300)
        try events("exp/events.out.tfevents.1700000100.host.1.0", 0..<200)
        let store = try folder.store()
        let reports = try ingest(store)
        #expect(reports.count == 1 && reports[0].report.newSamples == 300 && reports[0].report.status == .new)
        #expect(try store.runs().map(\.name) == ["exp"])
        let series = try #require(try history(store, "exp").series.first)
        #expect(Array(series.positions) == (0..<300).map(Int64.init))
        let before = try folder.dump()
        #expect(try ingest(store).map(\.report.status) == [.unchanged])
        #expect(try folder.dump() == before)
    }

    @Test func aResumedTrainingReplacesWhatItRepeats() throws {
        try events("exp/events.out.tfevents.1700000100.host.1.0", 0..<200)
        let store = try folder.store()
        _ = try ingest(store)
        try events("exp/events.out.tfevents.1700000900.host.2.0", 150..<300, offset: 0.5)
        let reports = try ingest(store)
        #expect(reports.map(\.report.newSamples) == [150] && reports[0].report.status == .grown)
        #expect(try store.runs().count == 1)
        let history = try history(store, "exp")
        let series = try #require(history.series.first)
        #expect(Array(series.positions) == (0..<300).map(Int64.init))
        #expect(series.values[149] == 149 && series.values[150] == 150.5)
        #expect(history.rewinds.map(\.to) == [150])
    }

    @Test func aTrainingBegunAnewInTheSameFolderIsAnotherAttempt() throws {
        try events("exp/events.out.tfevents.1700000100.host.1.0", 0..<100)
        try events("exp/events.out.tfevents.1700000900.host.2.0", 0..<60, offset: 0.5)
        let store = try folder.store()
        _ = try ingest(store)
        let attempts = try store.history(of: store.run(matching: nil))
        #expect(attempts.map { $0.series.first?.positions.count } == [100, 60])
    }

    @Test func foldersBelowAreRunsOfTheirOwn() throws {
        try events("events.out.tfevents.1700000100.host.1.0", 0..<10)
        try events("a/events.out.tfevents.1700000100.host.1.0", 0..<20)
        try events("b/version_0/events.out.tfevents.1700000100.host.1.0", 0..<30)
        let store = try folder.store()
        #expect(try ingest(store).count == 3)
        #expect(Set(try store.runs().map(\.name)) == ["runs", "a", "b/version_0"])
    }

    @Test func theSeriesOfAddScalarsBelongToTheirRun() throws {
        try events("exp/events.out.tfevents.1700000100.host.1.0", tag: "lr", 0..<10)
        for series in ["train", "val"] {
            let name = "exp/loss_mel_\(series)/events.out.tfevents.1700000101.host.1.1"
            try events(name, tag: "loss/mel", 0..<20)
        }
        try events("exp/1700000102.25/events.out.tfevents.1700000102.host.1.2", tag: "hparam/mel", 0..<1)
        let store = try folder.store()
        _ = try ingest(store)
        let runs = try store.runs()
        #expect(runs.map(\.name) == ["exp"])
        let keys = try store.metrics(of: runs[0]).map(\.key)
        #expect(Set(keys.map(\.name)) == ["lr", "loss/mel/train", "loss/mel/val", "hparam/mel"])
        #expect(keys.first { $0.name == "loss/mel/val" }?.split == .validation)
        let series = try history(store, "exp").series
        #expect(series.first { $0.name == "loss/mel/val" }?.positions.count == 20)
    }

    @Test func anUnfinishedRecordIsPendingUntilTheFileGrows() throws {
        var file = EventFileBuilder()
        for step in 1...20 { file.scalar("loss", Float(step), step: Int64(step)) }
        let name = "exp/events.out.tfevents.1700000100.host.1.0"
        let cut = file.bytes.count - 7
        let path = try write(Array(file.bytes[..<cut]), to: name)
        let store = try folder.store()
        let first = try #require(try ingest(store).first?.report)
        #expect(first.newSamples == 19 && first.rejected == 1)
        #expect(first.rejections.first?.reason.hasPrefix("pending") == true)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(file.bytes[cut...]))
        try handle.close()
        let second = try #require(try ingest(store).first?.report)
        #expect(second.newSamples == 1 && second.rejected == 0 && second.status == .grown)
        let other = try TemporaryFolder()
        _ = try other.store().ingest(.file(path: path), options: IngestOptions(runName: "exp"))
        #expect(try other.values("SELECT value FROM sample ORDER BY seq") == (1...20).map(Double.init))
        #expect(try folder.values("SELECT value FROM sample ORDER BY seq") == (1...20).map(Double.init))
    }

    @Test func aSurveySaysWhatItDoesNotKnow() throws {
        try events("exp/events.out.tfevents.1700000100.host.1.0", 0..<10)
        for name in ["exp/a.pt", "exp/b.pt", "exp/LICENSE", "exp/x.wav"] { _ = try write([1], to: name) }
        _ = try write(Array("step,loss\n1,2\n".utf8), to: "exp/metrics.csv")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("runs/exp/latest"),
            withDestinationPath: folder.path("runs/exp")
        )
        let survey = FolderSurvey(folder: folder.path("runs"))
        #expect(survey.summary == "1 TensorBoard run, 1 possible text log")
        #expect(survey.unknownSummary == "5 other files (2 .pt, 1 .wav, 1 links, 1 without ending)")
        #expect(FolderSurvey(folder: folder.path("nothing")).found.isEmpty)
    }

    @Test func aFolderWhoseFilesHoldNoMetricIsAnError() throws {
        _ = try write(EventFileBuilder().bytes, to: "exp/events.out.tfevents.1700000100.host.1.0")
        _ = try write([], to: "exp/events.out.tfevents.1700000200.host.1.0")
        let store = try folder.store()
        #expect(throws: IngestError.self) { try ingest(store) }
        #expect(try store.runs().isEmpty)
    }
}

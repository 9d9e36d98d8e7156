import Foundation
import TestSupport
import Testing

/// `ingest` of folders and of what experiment trackers keep, through the program.
@Suite struct FolderCommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private func write(_ bytes: [UInt8], to name: String) throws {
        let url = doctor.folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    private func events(_ tags: [String], steps: Int, value: (Int) -> Float) -> EventFileBuilder {
        var file = EventFileBuilder()
        for step in 0..<steps { for tag in tags { file.scalar(tag, value(step), step: Int64(step)) } }
        return file
    }

    @Test func aFolderSaysWhatItHoldsAndEachRunIsChecked() throws {
        defer { doctor.remove() }
        let file = events(["train/mel_loss", "train/lr"], steps: 50) { $0 < 30 ? 2 - Float($0) / 50 : .nan }
        try write(file.bytes, to: "runs/broken/events.out.tfevents.1700000000.host.1.0")
        try write([1, 2, 3], to: "runs/broken/model.pt")
        let outcome = try doctor("ingest", "runs")
        #expect(outcome.status == 0 && outcome.output.contains("run 1 broken: 100 samples"))
        #expect(outcome.errors.contains("found 1 TensorBoard run; left alone 1 other file (1 .pt)"))
        let check = try doctor("check", "--run", "broken")
        #expect(check.status == 1 && check.output.contains("OPT001"))
        #expect(try doctor("ingest", "runs").output.contains("nothing new"))
    }

    @Test func damageIsCountedAndNamedByRecord() throws {
        defer { doctor.remove() }
        var bytes = events(["loss"], steps: 20) { Float($0) }.bytes
        bytes[bytes.count / 2] ^= 0xFF
        try write(bytes + EventFileBuilder.head(length: 1 << 60), to: "events.out.tfevents.1700000000.host.1.0")
        let outcome = try doctor("ingest", "events.out.tfevents.1700000000.host.1.0")
        #expect(outcome.status == 0 && outcome.output.contains("19 samples"))
        #expect(outcome.output.contains("2 could not be used") && outcome.output.contains("record "))
    }

    @Test func aFolderWithoutALogSaysWhatWasLookedFor() throws {
        defer { doctor.remove() }
        try write([1], to: "runs/a.pt")
        let outcome = try doctor("ingest", "runs")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("holds no log, only 1 other file (1 .pt)"))
        #expect(outcome.errors.contains("TensorBoard"))
    }

    @Test func aDryRunOfAFolderStoresNothing() throws {
        defer { doctor.remove() }
        try write(events(["loss"], steps: 5) { Float($0) }.bytes, to: "runs/events.out.tfevents.1700000000.host.1.0")
        try write(Array("1700000000000 0.5 1\n".utf8), to: "runs/1/abc/metrics/mel")
        try write(Array("run_name: x\n".utf8), to: "runs/1/abc/meta.yaml")
        let outcome = try doctor("ingest", "runs", "--dry-run", usesStore: false)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("read as tensorboard, 6 records") && outcome.output.contains("read as mlflow"))
        #expect(try doctor("runs").output.contains("empty"))
    }

    @Test func anUnknownDatabaseIsRefused() throws {
        defer { doctor.remove() }
        try write(Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 100), to: "x.db")
        for outcome in [try doctor("ingest", "x.db"), try doctor("ingest", "x.db", "--dry-run", usesStore: false)] {
            #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.errors.isEmpty)
        }
    }
}

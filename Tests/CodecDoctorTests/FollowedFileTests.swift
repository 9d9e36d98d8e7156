import Foundation
import RunStore
import TestSupport
import Testing
import TrainingMetrics

@testable import codec_doctor

/// What happens to a log while it is followed; every look is made by hand, nothing waits.
@Suite struct FollowedFileTests {
    private let doctor: CommandRunner
    private let store: RunStore

    init() throws {
        doctor = try CommandRunner()
        store = try RunStore(path: doctor.store)
    }

    private func lines(_ steps: Range<Int>) -> String {
        steps.map { "step \($0) loss_d=\(Double($0) / 8)\n" }.joined()
    }

    private func follow(_ name: String, isFound: Bool = false) -> FollowedFile {
        let intake = LogIntake(store: store, format: nil, name: nil, overrides: [], facts: [])
        return FollowedFile(path: path(name), isFound: isFound, intake: intake)
    }

    private func path(_ name: String) -> String { doctor.folder.appending(path: name).path(percentEncoded: false) }

    private func append(_ text: String, to name: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path(name)))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private func steps(of run: Int64) throws -> [Int64] {
        let record = try #require(try store.run(id: run))
        return try store.history(of: record).flatMap { $0.series.first.map { Array($0.positions) } ?? [] }
    }

    @Test func aFileThatDoesNotExistYetIsWaitedFor() throws {
        defer { doctor.remove() }
        var file = follow("a.log")
        #expect(try file.look().notes == ["waiting for \(path("a.log"))"])
        #expect(try file.look().notes.isEmpty, "it is said once")
        _ = try doctor.write("", to: "a.log")
        #expect(try file.look().runs.isEmpty)
        _ = try doctor.write("starting\n", to: "a.log")
        #expect(try file.look().runs.isEmpty, "no metric yet")
        _ = try doctor.write("starting\n" + lines(0..<5), to: "a.log")
        #expect(try file.look().runs.count == 1)
        try append(lines(5..<9), to: "a.log")
        let look = try file.look()
        #expect(try look.runs.count == 1 && steps(of: look.runs[0]) == Array(0..<9))
        #expect(try file.look().runs.isEmpty, "nothing new")
    }

    @Test func aRotatedLogGoesOnInTheSameRunAndItsEndIsRead() throws {
        defer { doctor.remove() }
        var file = follow("a.log")
        _ = try doctor.write(lines(0..<20), to: "a.log")
        let run = try #require(try file.look().runs.first)
        try append(lines(20..<25), to: "a.log")
        try FileManager.default.moveItem(atPath: path("a.log"), toPath: path("a.log.1"))
        _ = try doctor.write(lines(25..<40), to: "a.log")
        let look = try file.look()
        #expect(look.notes.count == 1 && look.notes[0].contains("goes on"))
        try append(lines(40..<50), to: "a.log")
        _ = try file.look()
        #expect(try store.runs().map(\.id) == [run])
        #expect(try steps(of: run) == Array(0..<50))
    }

    @Test func aRotatedLogWhoseSuccessorComesLaterLosesNothing() throws {
        defer { doctor.remove() }
        var file = follow("a.log")
        _ = try doctor.write(lines(0..<20), to: "a.log")
        let run = try #require(try file.look().runs.first)
        try append(lines(20..<25), to: "a.log")
        try FileManager.default.moveItem(atPath: path("a.log"), toPath: path("a.log.1"))
        #expect(try file.look().runs == [run])
        _ = try doctor.write(lines(25..<30), to: "a.log")
        _ = try file.look()
        #expect(try steps(of: run) == Array(0..<30))
    }

    @Test func aLogCutOffInPlaceGoesOnInTheSameRun() throws {
        defer { doctor.remove() }
        var file = follow("a.log")
        _ = try doctor.write(lines(0..<20), to: "a.log")
        let run = try #require(try file.look().runs.first)
        let handle = try #require(FileHandle(forWritingAtPath: path("a.log")))
        try handle.truncate(atOffset: 0)
        #expect(try file.look().runs.isEmpty, "an empty file says nothing")
        try handle.write(contentsOf: Data(lines(20..<25).utf8))
        let look = try file.look()
        #expect(look.notes.contains { $0.contains("cut off") })
        #expect(try steps(of: run) == Array(0..<25))
    }

    @Test func aLogThatBeginsAnewIsANewRun() throws {
        defer { doctor.remove() }
        var file = follow("a.log")
        _ = try doctor.write(lines(0..<20), to: "a.log")
        let first = try #require(try file.look().runs.first)
        _ = try doctor.write(lines(0..<7), to: "b.log")
        try FileManager.default.removeItem(atPath: path("a.log"))
        try FileManager.default.moveItem(atPath: path("b.log"), toPath: path("a.log"))
        let look = try file.look()
        let second = try #require(look.runs.first)
        #expect(second != first && look.notes.contains { $0.contains("begins anew") })
        #expect(try steps(of: first) == Array(0..<20) && steps(of: second) == Array(0..<7))
    }

    @Test func aWatchThatIsStartedAgainGoesOnWhereTheStoreLeftOff() throws {
        defer { doctor.remove() }
        _ = try doctor.write(lines(0..<20), to: "a.log")
        var file = follow("a.log")
        let run = try #require(try file.look().runs.first)
        try append(lines(20..<30), to: "a.log")
        var again = follow("a.log")
        #expect(try again.look().runs == [run])
        #expect(try steps(of: run) == Array(0..<30))
    }

    @Test func inAFolderAFileThatIsNoLogIsPassedOver() throws {
        defer { doctor.remove() }
        _ = try doctor.write("Once upon a time.\nThere was a log.\n", to: "tale.txt")
        var file = follow("tale.txt", isFound: true)
        for _ in 0..<2 {
            let look = try file.look()
            #expect(look.notes.isEmpty && look.runs.isEmpty)
        }
    }
}

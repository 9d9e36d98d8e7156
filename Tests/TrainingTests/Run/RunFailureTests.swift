import Codec
import CodecTestSupport
import Foundation
import Testing
import TrainingMetrics

@testable import Training

struct RunFailureTests {
    private struct NoSpace: Error, CustomStringConvertible {
        var description: String { "The disk of the store is full." }
    }

    @Test func aNaNIsRecordedAndEndsTheRunWithTheLastGoodCheckpoint() throws {
        let (run, sink) = (TinyRun(), MemorySink())
        run.sinks = [sink]
        run.onBatch = { $0 == 6 ? $1 * .nan : $1 }
        let error = #expect(throws: TrainingRunError.self) { try run.train() }
        guard case .diverged(7, let names, 6)? = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(names.contains("loss"))
        #expect(sink.records.last?["loss"]?.isNaN == true && sink.records.last?.step == 7)
        let last = try String(contentsOfFile: run.path("metrics.jsonl"), encoding: .utf8).split(separator: "\n").last
        #expect(last?.contains("\"loss\":\"NaN\"") == true)
        #expect(run.files(in: "checkpoints").last == "step-00000006.safetensors")
        let checkpoint = try RunCheckpoint(path: run.path("checkpoints/step-00000006.safetensors"))
        #expect(checkpoint.state.tensors.entries.allSatisfy { $0.tensor.values.allSatisfy(\.isFinite) })
        #expect("\(try #require(error))".contains("codec-doctor check"))
    }

    @Test func aNaNMayBeLived() throws {
        let run = TinyRun()
        run.configuration.stopsOnNonFinite = false
        run.onBatch = { $0 == 6 ? $1 * .nan : $1 }
        #expect(try run.train().ending == .finished)
    }

    @Test func aFullStoreStopsTheRunWhichThenGoesOn() throws {
        let (run, sink) = (TinyRun(), MemorySink())
        run.sinks = [sink]
        sink.failure = (5, NoSpace())
        #expect(throws: TrainingRunError.sinkFailed(reason: "The disk of the store is full.", resumesFrom: 4)) {
            try run.train()
        }
        sink.failure = nil
        try run.train()
        #expect(sink.steps(.train) == Array(1...12))
    }

    @Test(arguments: ["metrics.jsonl", "log.txt"])
    func aFullDiskUnderALogIsNamed(name: String) throws {
        let run = TinyRun()
        _ = try RunFolder(run.path, intent: .start)
        try FileManager.default.createSymbolicLink(atPath: run.path(name), withDestinationPath: "/dev/full")
        #expect(throws: TrainingRunError.diskFull(path: run.path(name), resumesFrom: 0)) { try run.train() }
    }

    /// In a process of its own: the limit of file sizes holds for all of it.
    @Test func aCheckpointWithoutRoomLeavesTheOneBefore() async {
        await #expect(processExitsWith: .success) {
            let run = TinyRun()
            try run.trainUntilKilled(at: 7)
            let before = run.files(in: "checkpoints")
            _ = StopSignals()
            let size = try Data(contentsOf: run.url.appending(path: "checkpoints/step-00000006.safetensors")).count
            var limit = rlimit(rlim_cur: rlim_t(size - 1), rlim_max: rlim_t.max)
            precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            do {
                try run.train()
                preconditionFailure("it trained beyond the limit")
            } catch let error as TrainingRunError {
                guard case .diskFull(let path, 6) = error else { preconditionFailure("\(error)") }
                precondition(path.hasSuffix("step-00000008.safetensors"), path)
            }
            precondition(run.files(in: "checkpoints") == before)
        }
    }

    @Test func aFolderIsUsedOnce() throws {
        let run = TinyRun()
        try run.trainUntilKilled(at: 3)
        #expect(throws: TrainingRunError.folderTaken(path: run.path)) { try run.train(.start) }
        let open = try RunFolder(run.path, intent: .resume)
        #expect(throws: TrainingRunError.folderInUse(path: run.path)) { try run.train() }
        #expect(!open.isNew)
    }

    @Test func aForeignFolderAndAPlaceThatCannotBeAreRefused() throws {
        let run = TinyRun()
        try FileManager.default.createDirectory(at: run.url, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: run.url.appending(path: "thesis.txt"))
        for intent in [RunFolder.Intent.start, .resume] {
            #expect(throws: TrainingRunError.folderForeign(path: run.path)) { try RunFolder(run.path, intent: intent) }
        }
        let below = run.path("thesis.txt/run")
        let error = #expect(throws: TrainingRunError.self) { try RunFolder(below, intent: .start) }
        guard case .folderNotWritable(below, _)? = error else { return #expect(Bool(false), "\(error as Any)") }
    }

    @Test func anIdentityStaysWithItsFolder() throws {
        let run = TinyRun()
        let first = try RunFolder(run.path, intent: .start).identity
        #expect(try RunFolder(run.path + "/", intent: .start).identity == first)
        #expect(UUID(uuidString: first) != nil)
        try Data(first.dropLast(3).utf8).write(to: run.url.appending(path: ".run"))
        #expect(try RunFolder(run.path, intent: .start).identity != first)
    }

    @Test func aDeadRunIsEndedEarlyAndSaysWhatThatSaved() throws {
        let run = TinyRun()
        run.options.checkInterval = 3
        run.options.pricePerHour = 3600
        var seen: [Int] = []
        run.onCheck = { measured in
            seen.append(measured.count)
            return RunVerdict(diagnosis: "D is blind", stopReason: measured.count > 5 ? "ADV001 at step 6" : nil)
        }
        let outcome = try run.train()
        #expect(outcome.ending == .ended(reason: "ADV001 at step 6") && outcome.step == 6 && outcome.exitStatus == 0)
        // Six steps and one validation.
        #expect(seen == [3, 7])
        let (saving, pace) = (try #require(outcome.saving), try #require(outcome.secondsPerStep))
        #expect(saving.steps == 6 && abs(saving.seconds - 6 * pace) < 1e-9)
        #expect(try abs(#require(saving.price) - saving.seconds) < 1e-9)
        #expect(run.files(in: "checkpoints").last == "step-00000006.safetensors")
    }

    @Test func progressCountsStepsEpochsAndTime() throws {
        let run = TinyRun()
        run.options.checkInterval = 4
        run.onCheck = { _ in RunVerdict(diagnosis: "healthy") }
        try run.train()
        #expect(run.progress.map(\.step) == Array(1...12))
        #expect(run.progress.map(\.epoch) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
        #expect(run.progress.allSatisfy { $0.secondsPerStep > 0 && $0.steps == 12 && $0.epochs == 3 })
        #expect(run.progress[4].diagnosis == "healthy" && run.progress[3].diagnosis == nil)
        #expect(run.progress[11].secondsLeft == 0)
    }

    @Test func signalsAreHeardAndTheSecondEndsTheProcess() async {
        await #expect(processExitsWith: .exitCode(143)) {
            let heard = DispatchSemaphore(value: 0)
            let signals = StopSignals { _ in heard.signal() }
            kill(getpid(), SIGTERM)
            heard.wait()
            precondition(signals.signalReceived == SIGTERM)
            kill(getpid(), SIGTERM)
            while signals.signalReceived != nil { sched_yield() }
        }
    }
}

import Codec
import Foundation
import Testing
import TrainingMetrics

@testable import Training

struct ResumingTests {
    private static let whole = Result { () throws -> [String: String] in
        let run = TinyRun()
        try run.train(.start)
        return try run.traces()
    }

    /// Compares part by part, so that a failure names the part and not megabytes.
    private func expectWhole(_ run: TinyRun) throws {
        let (whole, traces) = (try Self.whole.get(), try run.traces())
        #expect(whole.keys.sorted() == traces.keys.sorted())
        for (name, trace) in whole { #expect(trace == traces[name], "\(name) differs") }
    }

    @Test(arguments: [[0], [1], [2], [4], [7], [11], [3, 3, 5, 5, 10]])
    func aRunKilledAtAnyMomentEndsAsIfItHadNotBeen(kills: [Int]) throws {
        let (run, sink) = (TinyRun(), MemorySink())
        run.sinks = [sink]
        for step in kills { try run.trainUntilKilled(at: step) }
        let outcome = try run.train()
        #expect(outcome.ending == .finished && outcome.step == 12 && outcome.exitStatus == 0)
        try expectWhole(run)
        #expect(sink.steps(.train) == Array(1...12) && sink.steps(.validation) == [4, 8, 12])
    }

    @Test func aSignalLeavesACheckpointAndAStatus() throws {
        let run = TinyRun()
        run.stopRequest = { [unowned run] in run.progress.count == 5 ? 15 : nil }
        let outcome = try run.train()
        #expect(outcome.ending == .interrupted(signal: 15) && outcome.exitStatus == 143 && outcome.step == 5)
        #expect(outcome.saving?.steps == 7)
        #expect(run.files(in: "checkpoints").contains("step-00000005.safetensors"))
        run.stopRequest = { nil }
        try run.train()
        let (whole, traces) = (try Self.whole.get(), try run.traces())
        for name in ["state", "codec.safetensors", "metrics", "log"] { #expect(whole[name] == traces[name]) }
    }

    @Test func aDamagedCheckpointIsPassedOverAndReplaced() throws {
        let run = TinyRun()
        try run.trainUntilKilled(at: 7)
        let newest = run.path("checkpoints/step-00000006.safetensors")
        let handle = try #require(FileHandle(forWritingAtPath: newest))
        try handle.truncate(atOffset: 5000)
        try handle.close()
        try run.train()
        #expect(run.messages.count == 1 && run.messages.allSatisfy { $0.contains("step-00000006.safetensors") })
        try expectWhole(run)
    }

    @Test func withoutAnyReadableCheckpointNothingIsTouched() throws {
        let run = TinyRun()
        try run.trainUntilKilled(at: 5)
        let before = try String(contentsOfFile: run.path("metrics.jsonl"), encoding: .utf8)
        for name in run.files(in: "checkpoints") {
            try Data().write(to: run.url.appending(path: "checkpoints/\(name)"))
        }
        let error = #expect(throws: TrainingRunError.self) { try run.train() }
        guard case .noUsableCheckpoint(_, let reasons)? = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(reasons.count == 2 && reasons[0].contains("empty"))
        #expect(try String(contentsOfFile: run.path("metrics.jsonl"), encoding: .utf8) == before)
    }

    @Test func leftoversOfAKilledWriterAreRemoved() throws {
        let run = TinyRun()
        try run.trainUntilKilled(at: 3)
        try Data([1, 2]).write(to: run.url.appending(path: "checkpoints/step-00000004.safetensors.77.0.tmp"))
        try run.train()
        #expect(run.files(in: "checkpoints").allSatisfy { $0.hasSuffix(".safetensors") })
    }

    @Test func aStoreThatLostTheRunIsFilledAgain() throws {
        let (run, sink) = (TinyRun(), MemorySink())
        try run.trainUntilKilled(at: 7)
        run.sinks = [sink]
        try run.train()
        #expect(sink.steps(.train) == Array(1...12) && sink.steps(.validation) == [4, 8, 12])
        #expect(run.messages.count == 1)
    }

    @Test func anotherConfigurationIsRefusedByTheFieldsThatDiffer() throws {
        let run = TinyRun()
        try run.trainUntilKilled(at: 5)
        run.configuration.batchSize = 3
        run.configuration.generatorOptimizer.learningRate = 0.5
        #expect(
            throws: TrainingRunError.configurationDiffers(
                path: run.path,
                differences: [
                    "batchSize was 2, is now 3", "generatorOptimizer.learningRate was 0.001, is now 0.5",
                ]
            )
        ) { try run.train() }
        run.configuration = TinyRun.configuration
        run.dataDigest = "speech"
        #expect(throws: TrainingRunError.dataDiffers(path: run.path)) { try run.train() }
        run.dataDigest = "noise"
        try run.train()
        try expectWhole(run)
    }

    @Test func aFinishedRunIsLeftAloneAndMayBeMadeLonger() throws {
        let (run, sink) = (TinyRun(), MemorySink())
        run.sinks = [sink]
        try run.train()
        let before = try run.traces()
        let again = try run.train()
        #expect(again.ending == .finished && again.secondsPerStep == nil && again.saving == nil)
        #expect(try run.traces() == before)
        run.configuration.epochs = 4
        #expect(try run.train().step == 16)
        #expect(sink.steps(.train) == Array(1...16))
        #expect(try RunFolder.configuration(in: run.path)?.epochs == 4)
    }

    @Test func aLogThatLostItsEndIsRefused() throws {
        let run = TinyRun()
        try run.trainUntilKilled(at: 5)
        let handle = try #require(FileHandle(forWritingAtPath: run.path("metrics.jsonl")))
        try handle.truncate(atOffset: 10)
        try handle.close()
        let error = #expect(throws: TrainingRunError.self) { try run.train() }
        guard case .logShortened(run.path("metrics.jsonl"), 10, _)? = error else {
            return #expect(Bool(false), "\(error as Any)")
        }
    }

    @Test func theNewestCheckpointsAndTheBestAreKept() throws {
        let run = TinyRun()
        run.options.checkpointInterval = 1
        run.options.keptCheckpoints = 2
        let outcome = try run.train()
        let best = try #require(outcome.best?.step)
        let kept = Set([11, 12, best]).sorted().map { String(format: "step-%08d.safetensors", $0) }
        #expect(run.files(in: "checkpoints") == kept)
    }
}

import Foundation
import RunStore
import Testing
import TrainingMetrics

@Suite struct RunFollowerTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func lines(_ steps: Range<Int>) -> String {
        steps.map { "step \($0) loss_d=\(Double($0) / 8) mel_loss=\($0 % 7)\n" }.joined()
    }

    private func ingest(_ path: String, into store: RunStore) throws -> RunRecord {
        let options = IngestOptions { MetricInterpreter().interpret($0) }
        return try #require(try store.ingest(.file(path: path), options: options).runs.first)
    }

    /// A history as text, every number of it.
    private func text(_ attempts: [RunHistory]) -> String {
        attempts.map { attempt in
            "\(attempt.attempt)/\(attempt.attemptCount) \(attempt.axis) \(attempt.rewinds)\n"
                + attempt.series.map { "\($0.key) \($0.interpretation) \(Array($0.positions)) \(Array($0.values))" }
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    @Test func whatIsFollowedIsWhatTheStoreHolds() throws {
        let store = try folder.store()
        let log = try folder.write(lines(0..<50), to: "a.log")
        let run = try ingest(log, into: store)
        var follower = RunFollower(run, in: store)
        #expect(try follower.refresh())
        #expect(try !follower.refresh(), "nothing new is nothing new")
        // Growth, an unfinished last line, its rest, and a restart from the beginning.
        for addition in [lines(50..<90), "step 90 loss_d=1", "1.25 mel_loss=3\n", lines(0..<40), lines(40..<55)] {
            try folder.write(addition, to: "a.log", appending: true)
            _ = try ingest(log, into: store)
            #expect(try follower.refresh())
            let run = try #require(try store.run(id: run.id))
            #expect(text(follower.attempts) == text(try store.history(of: run)))
            #expect(follower.sampleCount == run.sampleCount && follower.recordsPerSample == 1)
        }
    }

    @Test func aRecorderThatRewindsIsFollowed() throws {
        let store = try folder.store()
        let recorder = try store.startRun(name: "tiny", path: folder.path("metrics.jsonl"))
        func record(_ steps: ClosedRange<Int64>, _ value: Double) throws {
            for step in steps {
                let values = [Measurement("loss", value)]
                try recorder.record(MeasuredStep(step: step, epoch: 1, time: 0, split: .train, values: values))
            }
            try recorder.flush()
        }
        try record(1...20, 1)
        let run = try #require(try store.run(id: recorder.runID))
        var follower = RunFollower(run, in: store)
        _ = try follower.refresh()
        try recorder.rewind(to: 10)
        _ = try follower.refresh()
        try record(11...30, 2)
        _ = try follower.refresh()
        #expect(text(follower.attempts) == text(try store.history(of: run)))
    }

    @Test func aLongRunIsKeptInBoundedMemory() throws {
        let store = try folder.store()
        let log = try folder.write(lines(0..<4000), to: "a.log")
        var follower = RunFollower(try ingest(log, into: store), in: store, limit: 4096)
        _ = try follower.refresh()
        try folder.write(lines(4000..<9000), to: "a.log", appending: true)
        _ = try ingest(log, into: store)
        _ = try follower.refresh()
        let series = try #require(follower.attempts.first?.series)
        #expect(follower.sampleCount == 18_000 && follower.recordsPerSample >= 4)
        #expect(series.reduce(0) { $0 + $1.count } <= 4096 + series.count)
        for metric in series {
            #expect(metric.positions.last == 8999, "the latest sample is always there")
            // Records are counted from 1, so the first block is one shorter.
            let gaps = Set(zip(metric.positions.dropFirst(), metric.positions).map { $0 - $1 }.dropFirst().dropLast())
            #expect(gaps.count == 1 && gaps.isSubset(of: [2, 4, 8]), "what is kept lies at even distances")
        }
    }

    @Test func twoLogsThatGrowInOneRunAreFollowed() throws {
        let store = try folder.store()
        let options = IngestOptions(runName: "both", joinsExistingRun: true) { MetricInterpreter().interpret($0) }
        func ingest(_ name: String, _ steps: Range<Int>) throws -> RunRecord {
            let text = steps.map { "step \($0) \(name == "a" ? "loss_d" : "mel_loss")=\($0)\n" }.joined()
            let log = try folder.write(text, to: "\(name).log", appending: true)
            return try #require(try store.ingest(.file(path: log), options: options).runs.first)
        }
        let run = try ingest("a", 0..<20)
        var follower = RunFollower(run, in: store)
        for (name, steps) in [("b", 0..<30), ("a", 20..<40), ("b", 30..<60)] {
            _ = try ingest(name, steps)
            _ = try follower.refresh()
            #expect(text(follower.attempts) == text(try store.history(of: run)))
        }
    }

    @Test func aForgottenRunEndsTheFollowing() throws {
        let store = try folder.store()
        let run = try ingest(try folder.write(lines(0..<5), to: "a.log"), into: store)
        var follower = RunFollower(run, in: store)
        _ = try follower.refresh()
        try store.forget(run)
        #expect(throws: RunStoreError.unknownRun(reference: "a", known: [])) { try follower.refresh() }
    }
}

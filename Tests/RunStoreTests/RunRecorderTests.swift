import Foundation
import RunStore
import Testing
import TrainingMetrics

@Suite struct RunRecorderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What a tiny trainer measures at a step: D appears at step 3, every fifth step is validated.
    private func records(_ steps: ClosedRange<Int64>) -> [MeasuredStep] {
        steps.flatMap { step -> [MeasuredStep] in
            var values = [Measurement("loss", 1 / Double(step)), Measurement("lr_g", 1e-4)]
            if step >= 3 { values.append(Measurement("adv/disc_loss", step == 4 ? .nan : 2)) }
            let time = 1000 + Double(step)
            let train = MeasuredStep(step: step, epoch: 1, time: time, split: .train, values: values)
            guard step % 5 == 0 else { return [train] }
            let snr = [Measurement("snr", step == 5 ? -.infinity : 3, unit: "dB")]
            return [train, MeasuredStep(step: step, epoch: 1, time: time, split: .validation, values: snr)]
        }
    }

    private func record(_ steps: ClosedRange<Int64>, with recorder: RunRecorder) throws {
        for record in records(steps) { try recorder.record(record) }
        try recorder.flush()
    }

    @Test func whatIsRecordedReadsAsAnIngestedLogWould() throws {
        let store = try folder.store()
        try record(1...10, with: try store.startRun(name: "tiny", path: folder.path("metrics.jsonl")))
        let run = try store.run(matching: "tiny")
        let history = try #require(try store.history(of: run).first)
        let loss = try #require(history.series(.discriminatorLoss))
        #expect(Array(loss.positions) == Array(3...10) && loss.values[1].isNaN && loss.values[2] == 2)
        let snr = try #require(history.series(.snr, onlyIn: .validation))
        #expect(Array(snr.values) == [-.infinity, 3] && Array(snr.times) == [1005, 1010])
        #expect(history.axis == .step && history.attemptCount == 1 && history.rewinds.isEmpty)
        #expect(try store.sources(of: run).map(\.format) == [nil])
        #expect(run.lastStep == 10 && run.lastEpoch == 1)
    }

    @Test func recordsAreStoredTogetherAndAtTheLatestByFlushing() throws {
        let store = try folder.store()
        let pace = RunRecorder.Pace(seconds: 3600, samples: 8)
        let recorder = try store.startRun(name: "tiny", path: "x", pace: pace)
        var counts: [Double] = []
        for record in records(1...4) {
            try recorder.record(record)
            counts += try folder.values("SELECT count(*) FROM sample")
        }
        try recorder.flush()
        counts += try folder.values("SELECT count(*) FROM sample")
        #expect(counts == [0, 0, 0, 10, 10])
    }

    @Test(arguments: [-1, 0, 2, 3, 5, 7, 10] as [Int64])
    func aResumedRunHasEveryStepOnce(step: Int64) throws {
        let store = try folder.store()
        let whole = try store.startRun(name: "whole", path: "a")
        try record(1...10, with: whole)
        let first = try store.startRun(name: "cut", path: "b", identity: "one")
        try record(1...10, with: first)
        // The process is gone here; another one opens the store.
        let second = try #require(try folder.store().resumeRun(identity: "one"))
        let kept = try second.rewind(to: step)
        #expect(kept == records(1...10).count { $0.step <= step })
        try record(max(1, step + 1)...11, with: second)
        try record(11...11, with: whole)
        for run in ["whole", "cut"] {
            #expect(
                try folder.values(
                    """
                    SELECT count(*) - count(DISTINCT step) FROM sample JOIN metric ON metric.id = metric_id
                    JOIN run ON run.id = run_id WHERE run.name = '\(run)' GROUP BY metric_id HAVING count(*) > 0
                    """
                ) == [0, 0, 0, 0]
            )
        }
        func series(_ name: String) throws -> [String] {
            try store.history(of: try store.run(matching: name))[0].series
                .map { "\($0.key.name) \(Array($0.positions)) \(Array($0.values))" }.sorted()
        }
        #expect(try series("whole") == series("cut"))
        let runs = try store.runs()
        #expect(Set(runs.map(\.sampleCount)).count == 1 && Set(runs.map(\.lastStep)) == [11])
    }

    @Test func whatWaitsIsForgottenToo() throws {
        let store = try folder.store()
        let recorder = try store.startRun(name: "a", path: "a", pace: .init(seconds: 3600))
        for record in records(1...4) { try recorder.record(record) }
        #expect(try recorder.rewind(to: 4) == 0)
        try record(1...2, with: recorder)
        #expect(try folder.values("SELECT step FROM sample ORDER BY metric_id, step") == [1, 2, 1, 2])
    }

    @Test func severalRunsAreRecordedAtOnce() async throws {
        let (path, records) = (folder.path("runs.sqlite"), records(1...40))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...3 {
                group.addTask {
                    let recorder = try RunStore(path: path)
                        .startRun(name: "tiny", path: "run \(number)", pace: .init(seconds: 0))
                    for record in records { try recorder.record(record) }
                    try recorder.flush()
                }
            }
            try await group.waitForAll()
        }
        let runs = try folder.store().runs()
        #expect(Set(runs.map(\.name)) == ["tiny", "tiny-2", "tiny-3"])
        #expect(runs.map(\.sampleCount) == Array(repeating: records.reduce(0) { $0 + $1.values.count }, count: 3))
    }

    @Test func factsKeepTheirOriginAndAreReplacedOnResuming() throws {
        let store = try folder.store()
        let given = Fact(.lossFamily, "hinge", .given, evidence: "--loss")
        let read = Fact(.plannedEpochs, "10", .log, evidence: "configuration")
        _ = try store.startRun(name: "a", path: "a", facts: [given, read], identity: "one")
        let run = try store.run(matching: nil)
        #expect(try store.facts(of: run) == [given])
        #expect(LoggedFactInterpreter.facts(from: try store.loggedFacts(of: run)).map(\.value) == ["10"])
        _ = try store.resumeRun(identity: "one", facts: [Fact(.plannedEpochs, "20", .log, evidence: "")])
        #expect(try store.facts(of: run).isEmpty && store.loggedFacts(of: run).map(\.value) == ["20"])
        _ = try store.resumeRun(identity: "one")
        #expect(try store.loggedFacts(of: run).map(\.value) == ["20"])
        #expect(try store.resumeRun(identity: "two") == nil)
        #expect(try store.startRun(name: "other", path: "b", identity: "one").runName == "a")
    }

    @Test(arguments: [
        "", "a'; DROP TABLE run; --", "\u{1B}[31mred\n", String(repeating: "é", count: 5000), "3", "../../x",
    ])
    func anyNameIsKept(name: String) throws {
        let store = try folder.store()
        try record(1...2, with: try store.startRun(name: name, path: name))
        #expect(try store.runs().map(\.name) == [name.isEmpty ? "training" : name])
    }

    @Test func aForgottenRunIsReported() throws {
        let store = try folder.store()
        let recorder = try store.startRun(name: "gone", path: "a")
        try record(1...2, with: recorder)
        try store.forget(try store.run(matching: "gone"))
        #expect(throws: RunStoreError.runRemoved(name: "gone")) { try record(3...3, with: recorder) }
        #expect(throws: RunStoreError.runRemoved(name: "gone")) { try recorder.rewind(to: 1) }
    }

    @Test func theLogOfARecordedRunIsAnotherSource() throws {
        let log = try folder.write("{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\":1}\n", to: "metrics.jsonl")
        let store = try folder.store()
        try record(1...2, with: try store.startRun(name: "recorded", path: log))
        let report = try store.ingest(.file(path: log), options: IngestOptions())
        #expect(report.status == .new && report.runs.map(\.name) == ["metrics"])
    }
}

import Foundation
import GRDB
public import TrainingMetrics

extension RunStore {
    /// Starts a run that a trainer records itself.
    /// - Parameters:
    ///   - name: its name; one already taken gets a number (`tiny-2`), an empty one becomes `training`.
    ///   - path: the log the same numbers go to, or another file that changes while the run lives; made absolute.
    ///   - facts: what the configuration says about it. A `given` fact is kept as if the user had given it, any other as stated by a log.
    ///   - identity: what ``resumeRun(identity:facts:interpreter:pace:)`` finds it by; the run's folder keeps it. A run that
    ///     has it already, because its training was killed while it began, is taken.
    ///   - interpreter: names to roles; must be pure and quick.
    ///   - pace: when records are stored.
    /// - Returns: where to record.
    /// - Throws: ``RunStoreError``.
    public func startRun(
        name: String,
        path: String,
        facts: [Fact] = [],
        identity: String? = nil,
        interpreter: @escaping IngestOptions.Interpreter = { MetricInterpreter().interpret($0) },
        pace: RunRecorder.Pace = RunRecorder.Pace()
    ) throws(RunStoreError) -> RunRecorder {
        let absolute = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
        let run = try writing { database in
            let identity = identity ?? UUID().uuidString
            let run =
                try RecordedRun.find(database, identity: identity)
                ?? RecordedRun.create(
                    database,
                    identity: identity,
                    name: name.isEmpty ? "training" : name,
                    path: absolute
                )
            try run.setFacts(facts, database)
            return run
        }
        return RunRecorder(self, run, interpreter: interpreter, pace: pace)
    }

    /// Goes on recording a run; cut it to the step it resumes from with `rewind(to:)`.
    /// - Parameters:
    ///   - identity: what it was started with.
    ///   - facts: what the configuration says about it now, in place of what it said before; `nil` to leave that.
    ///   - interpreter: names to roles; must be pure and quick.
    ///   - pace: when records are stored.
    /// - Returns: where to record, `nil` when this store does not have the run.
    /// - Throws: ``RunStoreError``.
    public func resumeRun(
        identity: String,
        facts: [Fact]? = nil,
        interpreter: @escaping IngestOptions.Interpreter = { MetricInterpreter().interpret($0) },
        pace: RunRecorder.Pace = RunRecorder.Pace()
    ) throws(RunStoreError) -> RunRecorder? {
        guard let run = try reading({ try RecordedRun.find($0, identity: identity) }) else { return nil }
        if let facts { try writing { try run.setFacts(facts, $0) } }
        return RunRecorder(self, run, interpreter: interpreter, pace: pace)
    }
}

import Foundation
import RunStore
import Synchronization
import TrainingMetrics

/// How logs that are watched get into the store.
final class LogIntake: Sendable {
    let store: RunStore
    let format: LogFormat?
    private let name: String?
    private let overrides: [RoleOverride]
    /// What the user knows about the runs.
    private let facts: [Fact]
    /// Runs that have got the user's facts.
    private let told = Mutex<Set<Int64>>([])

    init(store: RunStore, format: LogFormat?, name: String?, overrides: [RoleOverride], facts: [Fact]) {
        (self.store, self.format, self.name, self.overrides, self.facts) = (store, format, name, overrides, facts)
    }

    /// Stores what is new in a source; a run the source gives samples to for the first time gets the user's facts.
    func ingest(
        _ input: IngestInput,
        as name: String? = nil,
        joins: Bool = false,
        progress: (IngestProgress) -> Void = { _ in }
    ) throws -> IngestReport {
        try store.ingest(input, options: options(as: name, joins: joins)) { latest in
            for run in latest.runs { keepFacts(of: run) }
            progress(latest)
        }
    }

    /// Stores what is new in the files of a group.
    func ingest(_ group: SourceGroup, progress: (IngestProgress) -> Void = { _ in }) throws -> IngestReport {
        try store.ingest(group, options: options()) { latest in
            for run in latest.runs { keepFacts(of: run) }
            progress(latest)
        }.report
    }

    /// Small batches: a reader of the store sees them soon, and they take little memory.
    private func options(as name: String? = nil, joins: Bool = false) -> IngestOptions {
        let interpreter = MetricInterpreter(overrides: overrides)
        return IngestOptions(
            format: format,
            runName: name ?? self.name,
            joinsExistingRun: joins,
            batchSize: 8192
        ) { interpreter.interpret($0) }
    }

    /// Keeps the user's facts once; when the store is busy, with the next samples.
    private func keepFacts(of run: Int64) {
        guard !facts.isEmpty, !told.withLock({ $0.contains(run) }), let record = try? store.run(id: run) else { return }
        for fact in facts {
            guard (try? store.setFact(fact, of: record)) != nil else { return }
        }
        told.withLock { _ = $0.insert(run) }
    }
}

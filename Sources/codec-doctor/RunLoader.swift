import Foundation
import RunStore
import TrainingMetrics

/// A run out of the store, ready to be examined.
struct LoadedRun {
    /// What the store says of it.
    let run: RunRecord
    /// The attempt to judge.
    let history: RunHistory
    /// Facts given now, given when it was ingested, and read from its log.
    let facts: RunFacts
    /// Where it came from.
    let sources: [SourceRecord]
    /// What probes saved for it measured.
    let probes: SavedProbes

    /// Seconds since one of its files last changed, `nil` when none is a file that is still there.
    func silentSeconds(now: Date = Date()) -> Double? { Self.silentSeconds(of: sources, now: now) }

    /// The same for the sources of a run that need not be loaded.
    static func silentSeconds(of sources: [SourceRecord], now: Date) -> Double? {
        let changes = sources.compactMap { source in
            try? FileManager.default.attributesOfItem(atPath: source.path)[.modificationDate] as? Date
        }
        return changes.max().map { max(0, now.timeIntervalSince($0)) }
    }
}

/// Loads runs.
struct RunLoader {
    let store: RunStore
    /// Roles that hold for this call only.
    let overrides: [RoleOverride]

    /// Loads the run a reference names, the newest without one. Facts given now win over those given before.
    func load(_ reference: String?, facts given: [Fact]) throws -> LoadedRun {
        let run = try store.run(matching: reference)
        guard let loaded = try assemble(run, attempts: store.history(of: run), facts: given) else {
            throw RunLoaderError.empty(run.name)
        }
        return loaded
    }

    /// A run whose samples have been read already, with everything else that is known of it; `nil` when it holds no sample.
    func assemble(_ run: RunRecord, attempts: [RunHistory], facts given: [Fact]) throws -> LoadedRun? {
        var attempts = attempts
        if !overrides.isEmpty {
            let interpreter = MetricInterpreter(overrides: overrides)
            let metrics = try store.metrics(of: run)
            let interpretations = interpreter.interpret(metrics.map(\.key))
            let table = Dictionary(zip(metrics.map(\.key), interpretations)) { first, _ in first }
            attempts = attempts.map { $0.interpreted { table[$0] } }
        }
        guard let judged = RunHistoryBuilder.judged(attempts) else { return nil }
        let logged = LoggedFactInterpreter.facts(from: try store.loggedFacts(of: run))
        return LoadedRun(
            run: run,
            history: judged,
            facts: RunFacts(logged + (try store.facts(of: run)) + given),
            sources: try store.sources(of: run),
            probes: SavedProbes(try store.probes(of: run.id))
        )
    }
}

/// A run that cannot be examined.
enum RunLoaderError: Error, CustomStringConvertible {
    /// It holds no sample.
    case empty(String)

    var description: String {
        switch self {
        case .empty(let name): "the run '\(name)' holds no sample yet; ingest its log again when there is more in it"
        }
    }
}

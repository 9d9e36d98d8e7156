import HealthReport
import HealthRules
import RunStore
import TrainingMetrics

/// Loads and examines runs for documents: a run of the store, or a log that was never ingested.
struct Examination {
    let store: StoreOptions
    let configuration: DoctorConfiguration
    let choice: RuleChoiceOptions
    let facts: [Fact]

    /// The check of the run a reference names, the newest without one.
    func report(_ reference: String?) throws -> CheckReport {
        let loaded = try load(reference)
        let checkup = try Checkup(
            history: loaded.history,
            facts: loaded.facts,
            selection: configuration.selection(only: choice.only, ignore: choice.ignore),
            profile: try (choice.profile ?? configuration.profile).map { try ProfileCatalogue.profile(named: $0) },
            probes: loaded.probes.evidence
        )
        return CheckReport(
            runID: loaded.run.id,
            runName: loaded.run.name,
            checkup: checkup,
            notes: loaded.probes.notes,
            sources: LogPlaces(loaded).paths,
            version: CodecDoctor.version
        )
    }

    private func load(_ reference: String?) throws -> LoadedRun {
        let given = configuration.facts + facts
        do {
            return try RunLoader(store: store.open(), overrides: configuration.overrides).load(reference, facts: given)
        } catch let error as RunStoreError {
            guard let reference, error.isAboutReference, let log = try PassingLog(reference, configuration.overrides)
            else { throw error }
            defer { log.remove() }
            return try RunLoader(store: log.store, overrides: configuration.overrides).load(nil, facts: given)
        }
    }
}

extension RunStoreError {
    /// Whether no run goes by the name that was given.
    fileprivate var isAboutReference: Bool {
        switch self {
        case .noRuns, .unknownRun: true
        default: false
        }
    }
}

import GRDB
import TrainingMetrics

extension RunStore {
    /// Reads the files of a group into one run, each from where it was left. A file that appears later in a group whose
    /// other files are known joins their run.
    ///
    /// Every file is ingested as ``ingest(_:options:progress:)`` does it, with the same guarantees.
    /// - Parameters:
    ///   - group: the files.
    ///   - options: format, name, interpretation; a name given here wins over the group's.
    ///   - progress: called after every transaction, on the calling thread; bytes are those of the file being read.
    /// - Returns: what was done.
    /// - Throws: `IngestError` when a file cannot be read or when none holds a metric, `RunStoreError` for the store.
    public func ingest(
        _ group: SourceGroup,
        options: IngestOptions,
        progress: (IngestProgress) -> Void = { _ in }
    ) throws -> GroupReport {
        var options = options
        options.runName = options.runName ?? group.name
        var reports: [IngestReport] = []
        var skipped: [GroupReport.Skipped] = []
        var failure: IngestError?
        if group.sources.count > 1 { options.joinedRun = try knownRun(of: group) }
        for source in group.sources {
            options.reader = source.reader
            let stored = reports.reduce(0) { $0 + $1.newSamples }
            do {
                let report = try ingest(.file(path: source.path), options: options) { now in
                    progress(
                        IngestProgress(
                            bytes: now.bytes,
                            totalBytes: now.totalBytes,
                            samples: stored + now.samples,
                            runs: now.runs
                        )
                    )
                }
                reports.append(report)
                if group.sources.count > 1 { options.joinedRun = options.joinedRun ?? report.runs.first?.id }
            } catch let error as IngestError {
                guard case .notALog(_, let reason, _) = error else { throw error }
                failure = failure ?? error
                skipped.append((source.path, reason))
            }
        }
        guard let report = try merged(reports, of: group) else {
            throw failure ?? IngestError.cannotRead(path: group.path, reason: "it holds no log")
        }
        if !group.facts.isEmpty { for run in report.runs { try addLoggedFacts(group.facts, to: run) } }
        return GroupReport(report: report, skipped: skipped)
    }

    /// The run that files of a group already belong to.
    private func knownRun(of group: SourceGroup) throws -> Int64? {
        for source in group.sources {
            guard let file = try? SourceFile(.file(path: source.path)) else { continue }
            let run = try reading { database -> Int64? in
                guard let known = try KnownSource.find(database, file).source else { return nil }
                return try Int64.fetchOne(
                    database,
                    sql: "SELECT run_id FROM source_run WHERE source_id = ? AND label = ''",
                    arguments: [known.id]
                )
            }
            if let run { return run }
        }
        return nil
    }

    /// Reports of several files as one.
    private func merged(_ reports: [IngestReport], of group: SourceGroup) throws -> IngestReport? {
        guard var merged = reports.first, reports.count > 1 else { return reports.first }
        for report in reports.dropFirst() {
            merged.newSamples += report.newSamples
            merged.lines += report.lines
            merged.rejected += report.rejected
            merged.rejections += report.rejections
            merged.runs += report.runs.filter { run in !merged.runs.contains { $0.id == run.id } }
        }
        let states = Set(reports.map(\.status))
        merged.status = states.count == 1 ? merged.status : .grown
        merged.path = group.path
        merged.runs = try reading { database in
            try merged.runs.compactMap { try RunRecord.fetch(database, id: $0.id) }
        }
        merged.metrics = try merged.runs.flatMap { try metrics(of: $0) }
        return merged
    }

    /// Keeps what a file beside the log states about a run; a statement that is there already is not kept again.
    func addLoggedFacts(_ facts: [LoggedFact], to run: RunRecord) throws(RunStoreError) {
        try writing { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO fact(run_id, source_id, line, key, value, origin, evidence)
                    SELECT ?1, NULL, ?2, ?3, ?4, 'log', ''
                    WHERE NOT EXISTS (
                        SELECT 1 FROM fact WHERE run_id = ?1 AND origin = 'log' AND key = ?3 AND value = ?4
                    )
                    """
            )
            for fact in facts { try statement.execute(arguments: [run.id, fact.line, fact.key, fact.value]) }
        }
    }
}

import GRDB
public import TrainingMetrics

extension RunStore {
    /// All runs, the one last ingested first.
    public func runs() throws(RunStoreError) -> [RunRecord] {
        try reading { try RunRecord.fetchAll($0) }
    }

    /// The run a reference names.
    /// - Parameter reference: `nil` for the newest, its number (`3`), its exact name, `@-1` for the newest, `@-2` for the
    ///   one before, or the beginning of exactly one name.
    /// - Returns: the run.
    /// - Throws: `noRuns`, `unknownRun` or `ambiguousRun` with the valid names.
    public func run(matching reference: String?) throws(RunStoreError) -> RunRecord {
        let runs = try runs()
        guard let newest = runs.first else { throw .noRuns(path: path) }
        guard let reference, !reference.isEmpty else { return newest }
        if let run = runs.first(where: { $0.name == reference }) { return run }
        if let id = Int64(reference), let run = runs.first(where: { $0.id == id }) { return run }
        if reference.hasPrefix("@-"), let back = Int(reference.dropFirst(2)), runs.indices.contains(back - 1) {
            return runs[back - 1]
        }
        let matches = runs.filter { $0.name.hasPrefix(reference) }
        if let run = matches.first, matches.count == 1 { return run }
        if matches.isEmpty { throw .unknownRun(reference: reference, known: runs.map(\.name)) }
        throw .ambiguousRun(reference: reference, matches: matches.map(\.name))
    }

    /// The run of that number, `nil` when there is none.
    public func run(id: Int64) throws(RunStoreError) -> RunRecord? { try reading { try RunRecord.fetch($0, id: id) } }

    /// Removes a run with everything that belongs to it, and those of its sources that hold no other run. A run of a
    /// source that holds others comes back, with what is new, when that source grows.
    public func forget(_ run: RunRecord) throws(RunStoreError) {
        try writing { database in
            try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [run.id])
            try database.execute(
                sql: "DELETE FROM source WHERE id NOT IN (SELECT source_id FROM source_run)"
            )
        }
    }

    /// The metrics of a run in the order its log brought them.
    public func metrics(of run: RunRecord) throws(RunStoreError) -> [MetricRecord] {
        try reading { try MetricRecord.fetchAll($0, run: run.id) }
    }

    /// The sources of a run in the order they were added.
    public func sources(of run: RunRecord) throws(RunStoreError) -> [SourceRecord] {
        try reading { try SourceRecord.fetchAll($0, run: run.id) }
    }

    /// The first 100 rejections of a source.
    public func rejections(of source: SourceRecord) throws(RunStoreError) -> [Rejection] {
        try reading { try Rejection.fetchAll($0, source: source.id) }
    }

    /// Corrects how a metric is read, from now on: when the log grows, the correction stays.
    public func setInterpretation(
        _ interpretation: MetricInterpretation,
        of metric: MetricRecord
    ) throws(RunStoreError) {
        try writing { try MetricRecord.interpret($0, metric: metric.id, interpretation, isMapped: true) }
    }

    /// Asks again how the metrics of a run are to be read; what the user has set stays.
    public func reinterpret(_ run: RunRecord, with interpreter: IngestOptions.Interpreter) throws(RunStoreError) {
        try writing { try MetricRecord.interpretAll($0, run: run.id, interpreter) }
    }

    /// Keeps what a check found, in place of what the check before found.
    /// - Parameters:
    ///   - findings: what was found.
    ///   - run: the run.
    ///   - version: version of the program that checked.
    /// - Throws: `RunStoreError` when it cannot be written.
    public func saveFindings(
        _ findings: [FindingRecord],
        of run: RunRecord,
        version: String
    ) throws(RunStoreError) {
        try writing { try FindingRecord.replaceAll($0, run: run.id, findings, version: version) }
    }

    /// What the last check of a run found.
    public func findings(of run: RunRecord) throws(RunStoreError) -> [FindingRecord] {
        try reading { try FindingRecord.fetchAll($0, run: run.id) }
    }
}

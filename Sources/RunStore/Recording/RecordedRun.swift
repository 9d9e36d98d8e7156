import GRDB
import TrainingMetrics

/// A run that a trainer records, as the tables know it: its row, and the source of format `trainer` its samples belong to.
struct RecordedRun {
    /// `source.format` of what no file was read for.
    static let format = "trainer"

    let run: Int64
    let name: String
    let source: Int64
    /// High bits of `sample.seq`: which source of the run.
    let base: Int64

    private init(_ row: Row) {
        run = row["run_id"]
        name = row["name"]
        source = row["source_id"]
        base = (row["ordinal"] as Int64) << RunStore.recordBits
    }

    /// What `run.lineage` is for the run of this identity.
    static func lineage(_ identity: String) -> String { "\(format) \(identity)" }

    /// The run of an identity, `nil` when the store does not have it.
    static func find(_ database: Database, identity: String) throws -> RecordedRun? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT run_id, name, source_id, ordinal FROM run JOIN source_run ON run_id = run.id
                JOIN source ON source.id = source_id WHERE lineage = ? AND format = ?
                """,
            arguments: [lineage(identity), format]
        ).map(RecordedRun.init)
    }

    /// The run of a source. Throws `RunStoreError.runRemoved` when it has been forgotten meanwhile.
    static func find(_ database: Database, source: Int64, name: String) throws -> RecordedRun {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT run_id, name, source_id, ordinal FROM source_run JOIN run ON run.id = run_id WHERE source_id = ?
                """,
            arguments: [source]
        )
        guard let row else { throw RunStoreError.runRemoved(name: name) }
        return RecordedRun(row)
    }

    /// A new run, its name made unique, with its source.
    static func create(_ database: Database, identity: String, name: String, path: String) throws -> RecordedRun {
        try database.execute(
            sql: """
                INSERT INTO source(path, format, offset, size, prefix_digest, tail_digest, lines, rejected,
                    provisional_rejected) VALUES (?, ?, 0, 0, '', '', 0, 0, 0)
                """,
            arguments: [path, format]
        )
        let source = database.lastInsertedRowID
        let run = try RunNaming.run(named: name, lineage: lineage(identity), joins: false, database)
        try database.execute(
            sql: "INSERT INTO source_run(source_id, run_id, label, ordinal, records) VALUES (?, ?, '', 0, 0)",
            arguments: [source, run]
        )
        return try find(database, source: source, name: name)
    }

    /// Keeps facts with their origin, as given by the user or as stated by the log, in place of those this source gave before.
    func setFacts(_ facts: [Fact], _ database: Database) throws {
        try database.execute(sql: "DELETE FROM fact WHERE source_id = ?", arguments: [source])
        for fact in facts {
            let origin = fact.origin == .given ? FactOrigin.given : .log
            try database.execute(
                sql: """
                    INSERT INTO fact(run_id, source_id, line, key, value, origin, evidence) VALUES (?, ?, 0, ?, ?, ?, ?)
                    """,
                arguments: [run, source, fact.key.rawValue, fact.value, origin.rawValue, fact.evidence]
            )
        }
    }

    /// Removes the samples of later steps that this source gave, and metrics, findings and counters that rested on them.
    /// Returns the number of records that are left.
    func removeSamples(after step: Int64, _ database: Database) throws -> Int {
        let places: StatementArguments = [
            "run": run, "step": step, "base": base, "end": base + 1 << RunStore.recordBits,
        ]
        try database.execute(
            sql: """
                DELETE FROM sample WHERE metric_id IN (SELECT id FROM metric WHERE run_id = :run)
                    AND step > :step AND seq >= :base AND seq < :end
                """,
            arguments: places
        )
        try database.execute(
            sql: """
                UPDATE metric SET
                    samples = (SELECT count(*) FROM sample WHERE metric_id = metric.id),
                    last_step = (SELECT max(step) FROM sample WHERE metric_id = metric.id),
                    last_epoch = (SELECT max(epoch) FROM sample WHERE metric_id = metric.id),
                    has_time = EXISTS (SELECT 1 FROM sample WHERE metric_id = metric.id AND wall_time IS NOT NULL)
                WHERE run_id = ?1;
                """,
            arguments: [run]
        )
        try database.execute(
            sql: """
                DELETE FROM metric WHERE run_id = ? AND samples = 0 AND NOT mapped
                    AND id NOT IN (SELECT metric_id FROM provisional_sample)
                """,
            arguments: [run]
        )
        try database.execute(
            sql: "DELETE FROM finding WHERE run_id = ? AND last_step > ?",
            arguments: [run, step]
        )
        let last = try Int64.fetchOne(
            database,
            sql: """
                SELECT max(seq) FROM sample WHERE metric_id IN (SELECT id FROM metric WHERE run_id = :run)
                    AND seq >= :base AND seq < :end
                """,
            arguments: ["run": run, "base": base, "end": base + 1 << RunStore.recordBits]
        )
        let records = (last ?? base) - base
        try database.execute(
            sql: "UPDATE source_run SET records = ? WHERE source_id = ? AND run_id = ?",
            arguments: [records, source, run]
        )
        try database.execute(sql: "UPDATE source SET lines = ? WHERE id = ?", arguments: [records, source])
        return Int(records)
    }
}

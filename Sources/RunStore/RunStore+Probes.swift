import GRDB

extension RunStore {
    /// Keeps a probe's report, beside those saved before.
    /// - Parameters:
    ///   - report: the report, JSON text.
    ///   - subject: what was probed; of reports about the same subject the newest counts.
    ///   - runID: the run it is evidence for; `nil` keeps it for no run, and no check reads it.
    ///   - version: version of the program that made it.
    /// - Returns: the report's number in this store.
    /// - Throws: `unknownRun` when there is no such run, or another `RunStoreError` when it cannot be written.
    public func saveProbe(
        report: String,
        subject: String,
        runID: Int64?,
        version: String
    ) throws(RunStoreError) -> Int64 {
        try writing { database in
            if let runID, try RunRecord.fetch(database, id: runID) == nil {
                throw RunStoreError.unknownRun(
                    reference: "\(runID)",
                    known: try RunRecord.fetchAll(database).map(\.name)
                )
            }
            try database.execute(
                sql: """
                    INSERT INTO probe_report(run_id, subject, report, created_at, version)
                    VALUES (?, ?, ?, \(sqlNow), ?)
                    """,
                arguments: [runID, subject, report, version]
            )
            return database.lastInsertedRowID
        }
    }

    /// The probe reports saved for a run, newest first.
    /// - Parameter runID: the run; `nil` for the reports saved for none.
    /// - Returns: the reports; empty for a run that is not in the store.
    /// - Throws: `RunStoreError` when the store cannot be read.
    public func probes(of runID: Int64?) throws(RunStoreError) -> [ProbeRecord] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM probe_report WHERE run_id IS ? ORDER BY id DESC",
                arguments: [runID]
            ).map { row in
                ProbeRecord(
                    id: row["id"],
                    runID: row["run_id"],
                    subject: row["subject"],
                    createdAt: row["created_at"],
                    version: row["version"],
                    report: row["report"]
                )
            }
        }
    }
}

import GRDB
public import TrainingMetrics

extension RunStore {
    /// The facts the user has given about a run, in the order of `FactKey`.
    public func facts(of run: RunRecord) throws(RunStoreError) -> [Fact] {
        let facts = try reading { database in
            try Row.fetchAll(
                database,
                sql: "SELECT key, value, evidence FROM fact WHERE run_id = ? AND origin = 'given' ORDER BY id",
                arguments: [run.id]
            ).compactMap { row -> Fact? in
                guard let key = FactKey(rawValue: row["key"]) else { return nil }
                return Fact(key, row["value"], .given, evidence: row["evidence"])
            }
        }
        return RunFacts(facts).all
    }

    /// What the log itself states about a run, in log order; a statement repeated with the same value comes once.
    public func loggedFacts(of run: RunRecord) throws(RunStoreError) -> [LoggedFact] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT key, value, line FROM fact WHERE run_id = ? AND origin = 'log' ORDER BY source_id, line, id
                    """,
                arguments: [run.id]
            ).map { LoggedFact(key: $0["key"], value: $0["value"], line: $0["line"]) }
        }
    }

    /// Keeps a fact the user has given, in place of one given before.
    public func setFact(_ fact: Fact, of run: RunRecord) throws(RunStoreError) {
        try writing { database in
            try database.execute(
                sql: "DELETE FROM fact WHERE run_id = ? AND origin = 'given' AND key = ?",
                arguments: [run.id, fact.key.rawValue]
            )
            try database.execute(
                sql: "INSERT INTO fact(run_id, key, value, origin, evidence) VALUES (?, ?, ?, 'given', ?)",
                arguments: [run.id, fact.key.rawValue, fact.value, fact.evidence]
            )
        }
    }
}

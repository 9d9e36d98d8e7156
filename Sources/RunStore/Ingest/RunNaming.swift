import GRDB

/// Names of new runs.
enum RunNaming {
    /// The run a source adds to: one that exists when it is to be joined, else a new one. A name already taken gets the
    /// first free number: `log-2`.
    static func run(named wanted: String, lineage: String, joins: Bool, _ database: Database) throws -> Int64 {
        func existing(_ name: String) throws -> Int64? {
            try Int64.fetchOne(database, sql: "SELECT id FROM run WHERE name = ?", arguments: [name])
        }
        if joins, let run = try existing(wanted) { return run }
        var name = wanted
        var number = 2
        while try existing(name) != nil {
            name = "\(wanted)-\(number)"
            number += 1
        }
        try database.execute(
            sql: """
                INSERT INTO run(name, lineage, created_at, updated_at, recency)
                SELECT ?, ?, \(sqlNow), \(sqlNow), coalesce(max(recency), 0) + 1 FROM run
                """,
            arguments: [name, lineage]
        )
        return database.lastInsertedRowID
    }
}

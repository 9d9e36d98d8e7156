import GRDB

/// The numbered steps that bring a store of any age to the current schema. A step that was released is never edited.
enum SchemaMigrations {
    /// `PRAGMA application_id` of a store: the letters `cdoc`.
    static let applicationID = 0x6364_6f63

    /// All steps, oldest first; `PRAGMA user_version` counts those a file has been through.
    static let all = [Migration001Tables.sql, Migration002Views.sql]

    /// What a file is.
    enum State: Equatable {
        case empty, foreign, newer, outdated, current
    }

    /// What the file of a connection is, seen at one moment: another process may be creating it.
    static func state(_ database: Database) throws -> State {
        var state = State.empty
        try database.inTransaction(.deferred) {
            state = try stateInTransaction(database)
            return .commit
        }
        return state
    }

    private static func stateInTransaction(_ database: Database) throws -> State {
        guard try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
            return try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 ? .empty : .foreign
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if version > all.count { return .newer }
        return version < all.count ? .outdated : .current
    }

    /// Takes the steps that are missing, up to `version`. One transaction: of several processes one does the work.
    static func migrate(_ database: Database, through version: Int = all.count) throws {
        try database.inTransaction(.immediate) {
            let done = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard done < version else { return .commit }
            for sql in all[done..<version] { try database.execute(sql: sql) }
            try database.execute(
                sql: "PRAGMA user_version = \(version); PRAGMA application_id = \(applicationID)"
            )
            return .commit
        }
    }
}

import GRDB

extension RunStore {
    /// How a store is, by SQLite's own checks.
    public struct Health: Sendable, Equatable {
        /// What the integrity check complains about; empty for a sound file.
        public let damage: [String]
        /// Rows whose run, source or metric does not exist.
        public let orphans: Int
        /// Journal mode, `wal` when everything is as it should be.
        public let journal: String
        /// Number of runs.
        public let runs: Int
        /// Bytes of the file.
        public let bytes: Int
    }

    /// Version of the SQLite library that is loaded.
    public static var sqliteVersion: String {
        (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "unknown"
    }

    /// Looks at every page and row: takes as long as reading the whole file.
    public func health() throws(RunStoreError) -> Health {
        try reading { database in
            let complaints = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            return Health(
                damage: complaints == ["ok"] ? [] : complaints,
                orphans: try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count,
                journal: try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "unknown",
                runs: try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0,
                bytes: pages * (try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
            )
        }
    }

    /// Begins a write transaction and changes nothing.
    /// - Throws: `RunStoreError` when the store cannot be written.
    public func tryWriting() throws(RunStoreError) { try writing { _ in } }
}

import Foundation
import RunStore

/// Whether the store opens, is whole, and can be written.
enum StoreCheck {
    /// STRICT tables need it.
    private static let oldestSQLite = "3.37.0"

    /// The checks of a store; one that does not exist is no fault.
    static func items(path: String) -> [SelfCheck.Item] {
        let version = RunStore.sqliteVersion
        let isNew = version.compare(oldestSQLite, options: .numeric) != .orderedAscending
        let sqlite = SelfCheck.Item(
            "SQLite",
            isNew ? .ok : .failed,
            isNew ? version : "\(version) is too old; install SQLite \(oldestSQLite) or newer"
        )
        guard FileManager.default.fileExists(atPath: path) else {
            return [sqlite, SelfCheck.Item("store", .ok, "\(path) does not exist yet; the first ingest creates it")]
        }
        do {
            let store = try RunStore(path: path)
            let health = try store.health()
            return [
                sqlite,
                SelfCheck.Item("store", .ok, "\(path), \(health.runs) runs, \(health.bytes / 1_000_000) MB"),
                SelfCheck.Item(
                    "integrity",
                    health.damage.isEmpty ? .ok : .failed,
                    health.damage.isEmpty
                        ? "every page and index is sound"
                        : "\(health.damage[0]); move the store away and ingest the logs again"
                ),
                SelfCheck.Item(
                    "foreign keys",
                    health.orphans == 0 ? .ok : .failed,
                    health.orphans == 0
                        ? "every row belongs to a run"
                        : "\(health.orphans) rows belong to nothing; move the store away and ingest the logs again"
                ),
                writing(store, health),
            ]
        } catch {
            return [sqlite, SelfCheck.Item("store", .failed, "\(error)")]
        }
    }

    private static func writing(_ store: RunStore, _ health: RunStore.Health) -> SelfCheck.Item {
        guard health.journal == "wal" else {
            return SelfCheck.Item(
                "writing",
                .warning,
                "the write-ahead log is off (\(health.journal)): readers wait for writers"
            )
        }
        do {
            try store.tryWriting()
            return SelfCheck.Item("writing", .ok, "a transaction can begin; readers do not wait for writers")
        } catch {
            return SelfCheck.Item("writing", .failed, "\(error)")
        }
    }
}

import Foundation
import GRDB

extension RunStore {
    /// Seconds a statement waits for another process's transaction.
    static let busySeconds = 30

    /// Opens and migrates the file of a store.
    static func open(_ path: String) throws(RunStoreError) -> DatabaseQueue {
        try checkPlace(path)
        do {
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            try connection.inDatabase { database in
                switch try SchemaMigrations.state(database) {
                case .foreign: throw RunStoreError.notAStore(path: path)
                case .newer: throw RunStoreError.newerSchema(path: path)
                case .empty, .outdated: try SchemaMigrations.migrate(database)
                // Nothing to write: a reader does not wait for writers.
                case .current: break
                }
                try useWriteAheadLog(database)
            }
            return connection
        } catch {
            throw RunStoreError(error, path: path)
        }
    }

    /// Settings of every connection.
    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "codec-doctor"
        configuration.busyMode = .timeout(TimeInterval(busySeconds))
        configuration.prepareDatabase { database in
            try database.execute(
                // A checkpoint every 16 MB: with SQLite's 4 MB every batch of a long log would wait for the disk.
                sql: """
                    PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;
                    PRAGMA wal_autocheckpoint = 4096
                    """
            )
        }
        return configuration
    }

    /// Switches a file to the write-ahead log, once in its life. SQLite does not wait for other connections here, so we
    /// do.
    private static func useWriteAheadLog(_ database: Database) throws {
        let deadline = Date(timeIntervalSinceNow: TimeInterval(busySeconds))
        while true {
            do {
                if try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" { return }
                if try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" { return }
                throw DatabaseError(message: "the file system does not allow a write-ahead log")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && Date() < deadline {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    /// What can be said without SQLite: folders and permissions.
    private static func checkPlace(_ path: String) throws(RunStoreError) {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        if files.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { throw .isFolder(path: path) }
            guard files.isReadableFile(atPath: path) else {
                throw .cannotOpen(path: path, reason: "it may not be read")
            }
            guard files.isWritableFile(atPath: path) else { throw .readOnly(path: path) }
            return
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .cannotOpen(path: path, reason: "its folder cannot be created")
        }
        guard files.isWritableFile(atPath: folder) else {
            throw .cannotOpen(path: path, reason: "its folder may not be written")
        }
    }
}

extension RunStoreError {
    /// The error of a store for any error of SQLite; a `RunStoreError` stays what it is.
    init(_ error: any Error, path: String) {
        if let known = error as? RunStoreError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self = .failed(path: path, detail: "\(error)")
            return
        }
        let detail = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        self =
            switch error.resultCode {
            case .SQLITE_NOTADB: .notAStore(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path, seconds: RunStore.busySeconds)
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path: path)
            case .SQLITE_CORRUPT: .corrupted(path: path, detail: detail)
            case .SQLITE_CANTOPEN: .cannotOpen(path: path, reason: detail)
            default: .failed(path: path, detail: detail)
            }
    }
}

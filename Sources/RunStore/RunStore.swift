import Foundation
import GRDB

/// The runs of a machine, in one SQLite file that several processes may read and write at once.
///
/// ## Topics
/// - Reading logs: `ingest(_:options:progress:)`
/// - Finding runs: `runs()`, `run(matching:)`, `metrics(of:)`, `sources(of:)`, `rejections(of:)`, `forget(_:)`
/// - Judging runs: `history(of:)`, `facts(of:)`, `loggedFacts(of:)`, `setFact(_:of:)`, `setInterpretation(_:of:)`,
///   `reinterpret(_:with:)`, `saveFindings(_:of:version:)`
/// - Leaving: `export(_:_:)`
public final class RunStore: Sendable {
    /// Path of the file.
    public let path: String
    let connection: DatabaseQueue

    /// Opens the store, creating the file and its folders where they are missing, and brings its schema up to date.
    /// - Throws: `RunStoreError` when the file is not a store, cannot be written, or is of a newer schema.
    public init(path: String) throws(RunStoreError) {
        self.path = path
        connection = try Self.open(path)
    }

    /// `$CODEC_DOCTOR_STORE`, else `$XDG_DATA_HOME/codec-doctor/runs.sqlite`, else the same in `~/.local/share`.
    public static func defaultPath(environment: [String: String]) -> String {
        func set(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let path = set("CODEC_DOCTOR_STORE") { return path }
        let home = set("HOME") ?? NSHomeDirectory()
        return "\(set("XDG_DATA_HOME") ?? "\(home)/.local/share")/codec-doctor/runs.sqlite"
    }

    /// Runs a read in one snapshot; every error comes out as `RunStoreError`.
    func reading<Result>(_ body: (Database) throws -> Result) throws(RunStoreError) -> Result {
        do { return try connection.read(body) } catch { throw RunStoreError(error, path: path) }
    }

    /// Runs a write transaction that takes the lock at once; every error comes out as `RunStoreError`.
    func writing<Result>(_ body: (Database) throws -> Result) throws(RunStoreError) -> Result {
        do { return try connection.write(body) } catch { throw RunStoreError(error, path: path) }
    }
}

import Foundation
import GRDB
import TrainingMetrics

/// A source the store has met before: where it was left.
struct KnownSource: Sendable {
    let id: Int64
    let path: String
    let format: LogFormat
    let offset: Int64
    let size: Int64
    let keptRejections: Int
    let state: Data

    private let digests: (prefix: String, tail: String)

    private init(_ row: Row) {
        id = row["id"]
        path = row["path"]
        format = LogFormat(rawValue: row["format"]) ?? .text
        offset = row["offset"]
        size = row["size"]
        keptRejections = row["kept"]
        state = row["reader_state"] ?? Data()
        digests = (row["prefix_digest"], row["tail_digest"])
    }

    /// Whether the file still begins with everything that was read of it: the first 64 KiB and the last 4 KiB are
    /// compared.
    func isContinued(by file: SourceFile) -> Bool {
        guard let now = file.size, now >= size else { return false }
        let digests = SourceDigests(file, size: size)
        return digests.prefix == self.digests.prefix && digests.tail == self.digests.tail
    }

    /// What the source's last bytes, or its last row, were.
    var tailDigest: String { digests.tail }

    /// The source a database is, by inode or path, the youngest; what it holds changes everywhere when it grows.
    static func findDatabase(_ database: Database, _ file: SourceFile) throws -> KnownSource? {
        guard let identity = file.identity else { return nil }
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT *, (SELECT count(*) FROM rejected_line WHERE source_id = source.id AND NOT provisional) AS kept
                FROM source WHERE ((inode = ? AND device = ?) OR path = ?) AND format = ? ORDER BY id DESC
                """,
            arguments: [identity.inode, identity.device, file.path, LogFormat.mlflowDatabase.rawValue]
        )
        return row.map(KnownSource.init)
    }

    /// The source a file is, by inode or path and by content, the youngest first.
    /// - Returns: `source` is `nil` for a file not met before; `isReplaced` tells that its path held another log, and
    ///   `rewritten` is that log where its format is one that is written anew as a whole.
    static func find(
        _ database: Database,
        _ file: SourceFile
    ) throws -> (source: KnownSource?, isReplaced: Bool, rewritten: KnownSource?) {
        guard let identity = file.identity else { return (nil, false, nil) }
        let candidates = try Row.fetchAll(
            database,
            sql: """
                SELECT *, (SELECT count(*) FROM rejected_line WHERE source_id = source.id AND NOT provisional) AS kept
                FROM source WHERE ((inode = ? AND device = ?) OR path = ?) AND format <> ? ORDER BY id DESC
                """,
            arguments: [identity.inode, identity.device, file.path, RecordedRun.format]
        ).map(KnownSource.init)
        if let source = candidates.first(where: { $0.isContinued(by: file) }) { return (source, false, nil) }
        let replaced = candidates.first { $0.path == file.path }
        return (nil, replaced != nil, replaced.flatMap { $0.format.isWrittenAnew ? $0 : nil })
    }
}

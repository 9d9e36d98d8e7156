import Foundation
import GRDB
import RunStore

/// A folder of its own for a test, removed with the value.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Path of a file in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    /// Writes a file, or appends to it.
    @discardableResult
    func write(_ text: String, to name: String, appending: Bool = false) throws -> String {
        let path = path(name)
        if appending, let handle = FileHandle(forWritingAtPath: path) {
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        } else {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        return path
    }

    /// Opens a store in the folder.
    func store(_ name: String = "runs.sqlite") throws -> RunStore { try RunStore(path: path(name)) }
}

extension TemporaryFolder {
    /// Everything the store of the folder holds that does not depend on where and when, as text.
    func dump() throws -> String {
        try database { database in
            let tables = [
                "SELECT id, name FROM run ORDER BY id",
                "SELECT id, format, \"offset\", size, prefix_digest, tail_digest, lines, rejected, provisional_rejected FROM source",
                "SELECT * FROM source_run ORDER BY 1, 2", "SELECT * FROM metric ORDER BY id",
                "SELECT * FROM sample ORDER BY 1, 2, 3", "SELECT * FROM provisional_sample ORDER BY 1, 2, 3",
                "SELECT * FROM rejected_line ORDER BY 1, 2", "SELECT * FROM fact ORDER BY run_id, line, key",
            ]
            return try tables.map { sql in
                try Row.fetchAll(database, sql: sql).map { "\($0)" }.joined(separator: "\n")
            }.joined(separator: "\n--\n")
        }
    }

    /// The first column of a query, as numbers.
    func values(_ sql: String) throws -> [Double] { try database { try Double.fetchAll($0, sql: sql) } }

    /// Runs SQL.
    func execute(_ sql: String) throws { try database { try $0.execute(sql: sql) } }

    private func database<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try DatabaseQueue(path: path("runs.sqlite")).writeWithoutTransaction(body)
    }
}

/// A seeded generator.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

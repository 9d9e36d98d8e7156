import GRDB
import TrainingMetrics

/// Which sources of a run continue each other: a trainer that resumes begins another event file in the same folder, and
/// what it logs again replaces what the file before had from there on.
struct SourceStreams: Sendable {
    /// Per source that continues another, the first of its stream, by their numbers in the run.
    private var first: [Int: Int] = [:]

    /// The streams of a run.
    init(_ database: Database, run: Int64) throws {
        let sources = try Row.fetchAll(
            database,
            sql: """
                SELECT ordinal, path FROM source_run JOIN source ON source.id = source_id
                WHERE run_id = ? AND format = ? ORDER BY ordinal
                """,
            arguments: [run, LogFormat.tensorboard.rawValue]
        )
        var folders: [Substring: Int] = [:]
        for source in sources {
            let (number, path) = (source["ordinal"] as Int, source["path"] as String)
            let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
            if let known = folders[folder] { first[number] = known } else { folders[folder] = number }
        }
    }

    /// The stream a source belongs to.
    subscript(source: Int) -> Int { first[source] ?? source }
}

import Foundation
import GRDB
import TrainingMetrics

/// Stores the batches of one source, each in the caller's transaction.
///
/// What it remembers from batch to batch (numbers of runs and metrics, counters) is what the transactions before have
/// committed; it is thrown away when one fails.
struct SourceWriter {
    private let file: SourceFile
    private let known: KnownSource?
    private let format: LogFormat
    private let options: IngestOptions
    private var source: Int64?
    /// Where the store says the source was left, as far as this writer knows.
    private var offset: Int64
    private var catalogue: MetricCatalogue
    private var waitingFacts: [LoggedFact] = []
    /// Whether the first batch takes the place of everything the source gave before.
    var replacesSamples = false
    /// Samples that gave way.
    private(set) var replacedSamples = 0

    init(_ file: SourceFile, _ known: KnownSource?, _ format: LogFormat, name: String, _ options: IngestOptions) {
        self.file = file
        self.known = known
        self.format = format
        self.options = options
        source = known?.id
        offset = known?.offset ?? 0
        catalogue = MetricCatalogue(runName: name, options: options)
    }

    /// Number of the source.
    var sourceID: Int64 {
        get throws {
            guard let source else { throw SourceMovedOn() }
            return source
        }
    }

    /// Numbers of the runs it has given samples to.
    var runs: [Int64] { catalogue.runs(labelled: "") }

    /// Stores a batch.
    /// - Returns: how many samples it gave, provisional ones included.
    /// - Throws: `SourceMovedOn` when another process was faster, `IngestError` for a source without any metric.
    mutating func write(_ batch: DecodedBatch, to database: Database) throws -> Int {
        let stored = batch.buffer.count + (batch.provisional?.count ?? 0)
        let source = try claim(batch, hasSamples: stored > 0, database)
        let provisionalKeys = batch.provisional?.keys ?? batch.buffer.keys
        try catalogue.extend(to: provisionalKeys, source: source, database)
        try store(batch.buffer, in: source, isProvisional: false, database)
        if let provisional = batch.provisional {
            try store(provisional, in: source, isProvisional: true, database)
            try removeAbandoned(source, database)
        }
        try update(source, batch, database)
        if stored > 0 { try catalogue.touchRuns(isChanged: true, database) }
        offset = batch.offset
        return stored
    }

    /// Makes sure the source is where this writer believes it is, creating it when it is new.
    private mutating func claim(_ batch: DecodedBatch, hasSamples: Bool, _ database: Database) throws -> Int64 {
        if let source {
            let stored = try Int64.fetchOne(
                database,
                sql: "SELECT offset FROM source WHERE id = ?",
                arguments: [source]
            )
            guard stored == offset else { throw SourceMovedOn() }
            if replacesSamples, let known {
                replacedSamples = try known.removeContents(database)
                replacesSamples = false
            }
            // What the end of the source gave before is given again, now that more is known.
            for table in ["provisional_sample", "rejected_line", "fact"] {
                let condition = table == "provisional_sample" ? "" : " AND provisional"
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE source_id = ?\(condition)",
                    arguments: [source]
                )
            }
            return source
        }
        guard try KnownSource.find(database, file).source == nil else { throw SourceMovedOn() }
        guard hasSamples else {
            let rejections = batch.buffer.rejections + (batch.provisional?.rejections ?? [])
            let rejected = batch.buffer.rejectedCount + (batch.provisional?.rejectedCount ?? 0)
            throw IngestError.notALog(
                path: file.path,
                reason: .noMetric(format: format, lines: batch.lines, rejected: rejected),
                firstRejection: rejections.first
            )
        }
        try database.execute(
            sql: """
                INSERT INTO source(path, format, device, inode, offset, size, prefix_digest, tail_digest, lines, rejected,
                    provisional_rejected) VALUES (?, ?, ?, ?, 0, 0, '', '', 0, 0, 0)
                """,
            arguments: [file.path, format.rawValue, file.identity?.device, file.identity?.inode]
        )
        source = database.lastInsertedRowID
        return database.lastInsertedRowID
    }

    private mutating func store(
        _ buffer: EventBuffer,
        in source: Int64,
        isProvisional: Bool,
        _ database: Database
    ) throws {
        try catalogue.insert(buffer, source: source, isProvisional: isProvisional, database)
        let rejections = try database.cachedStatement(
            sql: """
                INSERT INTO rejected_line(source_id, number, line, text, reason, provisional)
                SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 FROM rejected_line WHERE source_id = ?1
                """
        )
        for rejection in buffer.rejections {
            try rejections.execute(arguments: [
                source, rejection.line, rejection.text, rejection.reason, isProvisional,
            ])
        }
        let facts = waitingFacts + buffer.facts
        waitingFacts = []
        for fact in facts {
            let runs = catalogue.runs(labelled: fact.run)
            if runs.isEmpty && !isProvisional { waitingFacts.append(fact) }
            for run in runs { try store(fact, run, source, isProvisional, database) }
        }
    }

    private func store(
        _ fact: LoggedFact,
        _ run: Int64,
        _ source: Int64,
        _ isProvisional: Bool,
        _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO fact(run_id, source_id, line, key, value, origin, evidence, provisional)
                SELECT ?1, ?2, ?3, ?4, ?5, 'log', 'line ' || ?3, ?6
                WHERE NOT EXISTS (
                    SELECT 1 FROM fact WHERE run_id = ?1 AND origin = 'log' AND key = ?4 AND value = ?5
                )
                """
        ).execute(arguments: [run, source, fact.line, fact.key, fact.value, isProvisional])
    }

    /// Metrics, and runs, that only a provisional end had given and that are no more. (Foreign keys do not help here.)
    private func removeAbandoned(_ source: Int64, _ database: Database) throws {
        let runs = try Int64.fetchAll(
            database,
            sql: "SELECT run_id FROM source_run WHERE source_id = ? ORDER BY run_id",
            arguments: [source]
        )
        for run in runs {
            try database.execute(
                sql: """
                    DELETE FROM metric WHERE run_id = ? AND samples = 0 AND NOT mapped
                        AND id NOT IN (SELECT metric_id FROM provisional_sample)
                    """,
                arguments: [run]
            )
            let metrics = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM metric WHERE run_id = ?",
                arguments: [run]
            )
            guard metrics == 0 else { continue }
            for table in ["source_run", "fact", "finding"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE run_id = ?", arguments: [run])
            }
            try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [run])
        }
    }

    private func update(_ source: Int64, _ batch: DecodedBatch, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE source SET path = ?, device = ?, inode = ?, offset = ?, size = ?, prefix_digest = ?,
                    tail_digest = ?, lines = ?, rejected = rejected + ?, provisional_rejected = ?, reader_state = ?
                WHERE id = ?
                """
        ).execute(arguments: [
            file.path, file.identity?.device, file.identity?.inode, batch.offset, batch.size, batch.digests.prefix,
            batch.digests.tail, batch.lines, batch.buffer.rejectedCount, batch.provisional?.rejectedCount ?? 0,
            try JSONEncoder().encode(batch.state), source,
        ])
    }

    /// A visit that found nothing new: the file's place is noted, its runs become the newest.
    static func touch(_ database: Database, _ source: KnownSource, _ file: SourceFile) throws {
        if source.path != file.path {
            try database.execute(sql: "UPDATE source SET path = ? WHERE id = ?", arguments: [file.path, source.id])
        }
        let runs = try Int64.fetchAll(
            database,
            sql: "SELECT run_id FROM source_run WHERE source_id = ? ORDER BY run_id",
            arguments: [source.id]
        )
        try MetricCatalogue.touch(database, runs: runs, isChanged: false)
    }
}

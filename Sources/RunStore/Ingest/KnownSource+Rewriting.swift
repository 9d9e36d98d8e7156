import GRDB
import TrainingMetrics

extension KnownSource {
    /// Samples of the beginning that are compared.
    private static let comparedSamples = 200

    /// Whether a log that begins so is this source, written anew: every one of its first samples that the store has, by
    /// metric and position, has the same value, and the store has one at least.
    func isBegun(_ database: Database, by start: SourceReader.Start) throws -> Bool {
        guard start.decoder.format == format else { return false }
        var (decoder, buffer) = (start.decoder, start.buffer)
        decoder.decode(start.head.span, into: &buffer)
        decoder.finish(into: &buffer)
        var met: Set<Position> = []
        var equal = 0
        for sample in 0..<min(buffer.count, Self.comparedSamples) {
            let position = Position(metric: buffer.metric[sample], step: buffer.step[sample])
            guard met.insert(position).inserted else { continue }
            let key = buffer.keys[Int(position.metric)]
            guard let row = try Self.stored(database, source: id, key, step: position.step) else { continue }
            let (stored, value): (Double?, Double) = (row["value"], buffer.value[sample])
            guard stored.map({ $0 == value }) ?? value.isNaN else { return false }
            equal += 1
        }
        return equal > 0
    }

    private struct Position: Hashable {
        let metric: Int32
        let step: Int64
    }

    /// The first sample of a metric at a step that the source gave.
    private static func stored(_ database: Database, source: Int64, _ key: MetricKey, step: Int64) throws -> Row? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT value FROM (
                    SELECT metric_id, step, seq, value FROM sample
                    UNION ALL SELECT metric_id, step, seq, value FROM provisional_sample WHERE source_id = ?1
                ) AS given
                JOIN metric ON metric.id = given.metric_id
                JOIN source_run ON source_run.run_id = metric.run_id AND source_run.source_id = ?1
                WHERE source_run.label = ?2 AND name = ?3 AND split = ?4 AND unit = ?5 AND axis = ?6 AND step = ?7
                    AND seq >> \(RunStore.recordBits) = source_run.ordinal
                ORDER BY seq LIMIT 1
                """,
            arguments: [source, key.run, key.name, key.split.rawValue, key.unit, key.axis.rawValue, step]
        )
    }

    /// Takes away everything the source gave, so that it can be read again from its beginning. Its runs and metrics stay,
    /// with what users have set.
    /// - Returns: how many samples were taken away.
    func removeContents(_ database: Database) throws -> Int {
        var removed = 0
        let runs = try Row.fetchAll(
            database,
            sql: "SELECT run_id, ordinal FROM source_run WHERE source_id = ?",
            arguments: [id]
        )
        for row in runs {
            let (run, ordinal): (Int64, Int64) = (row["run_id"], row["ordinal"])
            try database.execute(
                sql: """
                    DELETE FROM sample WHERE metric_id IN (SELECT id FROM metric WHERE run_id = ?)
                        AND seq >> \(RunStore.recordBits) = ?
                    """,
                arguments: [run, ordinal]
            )
            removed += database.changesCount
            try database.execute(
                sql: """
                    UPDATE metric SET samples = (SELECT count(*) FROM sample WHERE metric_id = metric.id),
                        last_step = (SELECT max(step) FROM sample WHERE metric_id = metric.id),
                        last_epoch = (SELECT max(epoch) FROM sample WHERE metric_id = metric.id)
                    WHERE run_id = ?
                    """,
                arguments: [run]
            )
        }
        try database.execute(sql: "DELETE FROM provisional_sample WHERE source_id = ?", arguments: [id])
        removed += database.changesCount
        for table in ["rejected_line", "fact"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE source_id = ?", arguments: [id])
        }
        try database.execute(sql: "UPDATE source_run SET records = 0 WHERE source_id = ?", arguments: [id])
        try database.execute(sql: "UPDATE source SET offset = 0, rejected = 0 WHERE id = ?", arguments: [id])
        return removed
    }
}

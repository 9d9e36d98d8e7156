import GRDB

extension RunStore {
    /// Hands out every sample of a run: metric by metric in the order the log brought them, each by position and log
    /// order, provisional samples in their places. Memory stays flat; the run is seen as it was at the beginning.
    /// - Parameters:
    ///   - run: the run.
    ///   - body: takes a sample.
    /// - Throws: what `body` throws, which ends the export, or an error of the database.
    public func export(_ run: RunRecord, _ body: (ExportedSample) throws -> Void) throws {
        try connection.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT step, seq, epoch, wall_time, value FROM sample WHERE metric_id = :metric
                    UNION ALL
                    SELECT step, seq, epoch, wall_time, value FROM provisional_sample WHERE metric_id = :metric
                    ORDER BY step, seq
                    """
            )
            for metric in try MetricRecord.fetchAll(database, run: run.id) {
                let rows = try Row.fetchCursor(statement, arguments: ["metric": metric.id])
                while let row = try rows.next() {
                    try body(
                        ExportedSample(
                            metric: metric,
                            step: row[0],
                            sequence: row[1],
                            epoch: row[2],
                            time: row[3],
                            value: row[4] ?? .nan
                        )
                    )
                }
            }
        }
    }
}

import GRDB
import GRDBSQLite
import TrainingMetrics

/// Rows of the table `sample` straight from the columns of an `EventBuffer`: no allocation and no copy per row.
enum SampleInserter {
    /// Rows per statement. Measured on a million rows: 64 rows a statement take a third less time than one.
    static let rowsPerStatement = 64

    /// Inserts samples.
    /// - Parameters:
    ///   - buffer: the samples.
    ///   - order: which samples, in which order; neighbours in the table should be neighbours here.
    ///   - metrics: the table's number of every metric of the buffer.
    ///   - sequences: log order of every sample of the buffer.
    ///   - database: a connection inside a transaction.
    /// - Throws: `DatabaseError`.
    static func insert(
        _ buffer: EventBuffer,
        order: [Int32],
        metrics: [Int64],
        sequences: [Int64],
        into database: Database
    ) throws {
        let whole = order.count / rowsPerStatement * rowsPerStatement
        try insert(buffer, order[..<whole], metrics, sequences, database, rows: rowsPerStatement)
        try insert(buffer, order[whole...], metrics, sequences, database, rows: 1)
    }

    private static func insert(
        _ buffer: EventBuffer,
        _ order: ArraySlice<Int32>,
        _ metrics: [Int64],
        _ sequences: [Int64],
        _ database: Database,
        rows: Int
    ) throws {
        guard !order.isEmpty else { return }
        // A column without a number is written into the statement: binding it costs a tenth of an insertion.
        let hasEpochs = buffer.epoch.contains { !$0.isNaN }
        let row = hasEpochs ? "(?,?,?,?,?,?)" : "(?,?,?,NULL,?,?)"
        let places = Array(repeating: row, count: rows).joined(separator: ",")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO sample(metric_id, step, seq, epoch, wall_time, value) VALUES \(places)"
        ).sqliteStatement
        // The columns are read once: each is a stored array, and the loop below must not look them up per row.
        let (metric, step, epoch, time, value) = (buffer.metric, buffer.step, buffer.epoch, buffer.time, buffer.value)
        defer { sqlite3_reset(statement) }
        var parameter: Int32 = 0
        let last = Int32(rows * (hasEpochs ? 6 : 5))
        for place in order {
            let sample = Int(place)
            sqlite3_bind_int64(statement, parameter + 1, metrics[Int(metric[sample])])
            sqlite3_bind_int64(statement, parameter + 2, step[sample])
            sqlite3_bind_int64(statement, parameter + 3, sequences[sample])
            // SQLite keeps a NaN as NULL, which is what the schema says.
            parameter += 3
            if hasEpochs {
                parameter += 1
                sqlite3_bind_double(statement, parameter, epoch[sample])
            }
            sqlite3_bind_double(statement, parameter + 1, time[sample])
            sqlite3_bind_double(statement, parameter + 2, value[sample])
            parameter += 2
            guard parameter == last else { continue }
            parameter = 0
            let code = sqlite3_step(statement)
            guard code == SQLITE_DONE else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code),
                    message: String(cString: sqlite3_errmsg(database.sqliteConnection))
                )
            }
            sqlite3_reset(statement)
        }
    }
}

import GRDB
import GRDBSQLite
import TrainingMetrics

/// The samples of one metric and source that were stored behind a place, straight from the table `sample`.
enum SampleTail {
    /// Hands out samples in table order.
    /// - Parameters:
    ///   - metric: its number.
    ///   - steps: positions to look at; what lies outside is not found.
    ///   - sequences: log order of the samples to hand out.
    ///   - database: a connection.
    ///   - body: takes a sample.
    /// - Throws: `DatabaseError`.
    @inline(__always)
    static func forEach(
        metric: Int64,
        steps: ClosedRange<Int64>,
        sequences: Range<Int64>,
        _ database: Database,
        _ body: (ThinnedColumns.Sample) -> Void
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                SELECT step, seq, epoch, wall_time, value FROM sample
                WHERE metric_id = ? AND step >= ? AND step <= ? AND seq >= ? AND seq < ? ORDER BY step, seq
                """
        ).sqliteStatement
        defer { sqlite3_reset(statement) }
        sqlite3_bind_int64(statement, 1, metric)
        sqlite3_bind_int64(statement, 2, steps.lowerBound)
        sqlite3_bind_int64(statement, 3, steps.upperBound)
        sqlite3_bind_int64(statement, 4, sequences.lowerBound)
        sqlite3_bind_int64(statement, 5, sequences.upperBound)
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW {
            body(
                ThinnedColumns.Sample(
                    order: sqlite3_column_int64(statement, 1),
                    position: sqlite3_column_int64(statement, 0),
                    epoch: number(statement, 2),
                    time: number(statement, 3),
                    value: number(statement, 4)
                )
            )
            code = sqlite3_step(statement)
        }
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(database.sqliteConnection))
            )
        }
    }

    /// A value, NaN for NULL.
    @inline(__always)
    private static func number(_ statement: OpaquePointer, _ column: Int32) -> Double {
        let value = sqlite3_column_double(statement, column)
        return value == 0 && sqlite3_column_type(statement, column) == SQLITE_NULL ? .nan : value
    }
}

import GRDB
import GRDBSQLite
import TrainingMetrics

/// Columns of one metric straight from the table `sample`.
struct SampleLoader {
    /// One metric as it is stored: ordered by position, then log order.
    struct Columns: Sendable {
        var steps: [Int64] = []
        var sequences: [Int64] = []
        var epochs: [Double] = []
        var times: [Double] = []
        var values: [Double] = []
    }

    /// Reads a metric; columns that hold nothing stay empty.
    /// - Parameters:
    ///   - metric: its number.
    ///   - table: `sample` or `provisional_sample`.
    ///   - count: about how many samples there are.
    ///   - hasEpochs: whether any sample has an epoch.
    ///   - hasTimes: whether any sample has a wall time.
    ///   - database: a connection.
    /// - Returns: the columns.
    /// - Throws: `DatabaseError`.
    static func load(
        metric: Int64,
        from table: String,
        count: Int,
        hasEpochs: Bool,
        hasTimes: Bool,
        _ database: Database
    ) throws -> Columns {
        let optional = (hasEpochs ? ", epoch" : "") + (hasTimes ? ", wall_time" : "")
        let statement = try database.cachedStatement(
            sql: "SELECT step, seq, value\(optional) FROM \(table) WHERE metric_id = ? ORDER BY step, seq"
        ).sqliteStatement
        defer { sqlite3_reset(statement) }
        sqlite3_bind_int64(statement, 1, metric)
        var columns = Columns()
        columns.steps.reserveCapacity(count)
        columns.sequences.reserveCapacity(count)
        columns.values.reserveCapacity(count)
        if hasEpochs { columns.epochs.reserveCapacity(count) }
        if hasTimes { columns.times.reserveCapacity(count) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW {
            columns.steps.append(sqlite3_column_int64(statement, 0))
            columns.sequences.append(sqlite3_column_int64(statement, 1))
            columns.values.append(number(statement, 2))
            if hasEpochs { columns.epochs.append(number(statement, 3)) }
            if hasTimes { columns.times.append(number(statement, hasEpochs ? 4 : 3)) }
            code = sqlite3_step(statement)
        }
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(database.sqliteConnection))
            )
        }
        return columns
    }

    /// A value, NaN for NULL.
    @inline(__always)
    private static func number(_ statement: OpaquePointer, _ column: Int32) -> Double {
        let value = sqlite3_column_double(statement, column)
        // NULL reads as 0: only then is the type worth asking for.
        return value == 0 && sqlite3_column_type(statement, column) == SQLITE_NULL ? .nan : value
    }
}

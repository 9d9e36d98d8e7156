import Foundation
import GRDB
import TrainingMetrics

/// MLflow's tracking database (`mlflow.db`), opened read-only: tables `metrics`, `params`, `runs` and `experiments`
/// (mlflow/store/tracking/dbmodels/models.py).
///
/// MLflow only adds rows to `metrics`, so that the largest row number read is the place reading goes on from. Every read
/// is a short transaction of its own: a training that logs meanwhile waits for some milliseconds at most.
struct MLflowDatabase {
    /// A value as MLflow keeps it.
    struct Row {
        let number: Int64
        let run: String
        let name: String
        let value: Double
        /// Seconds since 1970.
        let time: Double
        let step: Int64
        /// Whether the step is one at all.
        let isInRange: Bool
    }

    /// Most rows of one transaction.
    static let longestRead = 16_384

    private let connection: DatabaseQueue
    private let path: String

    /// Opens a database.
    /// - Throws: `IngestError` when it cannot be read or is not MLflow's.
    init(path: String) throws(IngestError) {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "mlflow"
        // SQLite's own waiting sleeps up to 100 ms, and a training that commits without a pause leaves shorter gaps.
        configuration.busyMode = .callback { tries in
            Thread.sleep(forTimeInterval: 0.001)
            return tries < 30_000
        }
        do {
            connection = try DatabaseQueue(path: path, configuration: configuration)
            let tables = try connection.read { database in
                try ["metrics", "runs", "experiments", "params"].filter { try database.tableExists($0) }
            }
            guard tables.count == 4 else {
                throw IngestError.notALog(path: path, reason: .otherDatabase, firstRejection: nil)
            }
        } catch {
            throw Self.error(error, path)
        }
    }

    /// Whether the file is one of MLflow's, without complaint when it is not.
    static func isOne(_ path: String) -> Bool { (try? MLflowDatabase(path: path)) != nil }

    /// Number of the last row; 0 when there is none.
    func lastRow() throws(IngestError) -> Int64 {
        try reading { try Int64.fetchOne($0, sql: "SELECT max(rowid) FROM metrics") ?? 0 }
    }

    /// What tells a row from another that has got its number later; empty when there is none.
    func fingerprint(of row: Int64) throws(IngestError) -> String {
        try reading { database in
            try String.fetchOne(
                database,
                sql: "SELECT run_uuid || ' ' || timestamp || ' ' || step || ' ' || key FROM metrics WHERE rowid = ?",
                arguments: [row]
            ) ?? ""
        }
    }

    /// The rows behind a row, in the order they were logged.
    func rows(after row: Int64, through last: Int64, limit: Int) throws(IngestError) -> [Row] {
        try reading { database in
            try GRDB.Row.fetchAll(
                database,
                sql: """
                    SELECT rowid, run_uuid, key, CAST(value AS REAL), CAST(timestamp AS REAL), step, is_nan FROM metrics
                    WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?
                    """,
                arguments: [row, last, limit]
            ).map(Row.init)
        }
    }

    /// Name of a run's experiment and of the run, `nil` when there is no such run.
    func names(of run: String) throws(IngestError) -> (experiment: String, run: String)? {
        try reading { database in
            let row = try GRDB.Row.fetchOne(
                database,
                sql: """
                    SELECT experiments.name, runs.name FROM runs LEFT JOIN experiments
                    ON experiments.experiment_id = runs.experiment_id WHERE run_uuid = ?
                    """,
                arguments: [run]
            )
            guard let row else { return nil }
            return (String.fromDatabaseValue(row[0]) ?? "", String.fromDatabaseValue(row[1]) ?? "")
        }
    }

    /// The parameters of a run, the first thousand by name.
    func parameters(of run: String) throws(IngestError) -> [(key: String, value: String)] {
        try reading { database in
            try GRDB.Row.fetchAll(
                database,
                sql: "SELECT key, substr(value, 1, 200) FROM params WHERE run_uuid = ? ORDER BY key LIMIT 1000",
                arguments: [run]
            ).compactMap { row in
                guard let key = String.fromDatabaseValue(row[0]) else { return nil }
                return (key, String.fromDatabaseValue(row[1]) ?? "")
            }
        }
    }

    private func reading<Result>(_ body: (Database) throws -> Result) throws(IngestError) -> Result {
        do { return try connection.read(body) } catch { throw Self.error(error, path) }
    }

    private static func error(_ error: any Error, _ path: String) -> IngestError {
        if let known = error as? IngestError { return known }
        let reason = (error as? DatabaseError)?.message ?? "\(error)"
        return .cannotRead(path: path, reason: reason)
    }
}

extension MLflowDatabase.Row {
    /// NaN is kept as 0 with a mark, infinities as the largest doubles.
    fileprivate init(_ row: GRDB.Row) {
        number = row[0]
        run = String.fromDatabaseValue(row[1]) ?? ""
        name = String.fromDatabaseValue(row[2]) ?? ""
        let stored = Double.fromDatabaseValue(row[3]) ?? .nan
        let isNaN = Bool.fromDatabaseValue(row[6]) ?? false
        value =
            isNaN ? .nan : abs(stored) == .greatestFiniteMagnitude ? .infinity * (stored < 0 ? -1 : 1) : stored
        time = TimeParser.seconds(Double.fromDatabaseValue(row[4]) ?? .nan) ?? .nan
        let number = Int64.fromDatabaseValue(row[5])
        isInRange = (number ?? 0).magnitude < 1_000_000_000_000_000
        step = isInRange ? number ?? 0 : 0
    }
}

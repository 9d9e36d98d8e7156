import GRDB
public import TrainingMetrics

/// A run in the store that other threads or processes add to: what is new is read, and what is old is kept in bounded memory.
///
/// Up to a number of samples all of them are kept and the history is that of ``RunStore/history(of:)``; of a longer run every metric
/// is thinned evenly (`ThinnedColumns`). Belongs to one task.
public struct RunFollower {
    /// Number of the run in its store.
    public let runID: Int64
    /// Name of the run.
    public private(set) var name: String
    /// Samples of the run in the store at the last refresh, provisional ones included.
    public private(set) var sampleCount = 0
    private let store: RunStore
    /// How many samples are kept, unless there are too many metrics for that.
    public var limit: Int
    private var metrics: [FollowedMetric] = []

    /// Follows a run; `limit` is how many samples are kept, about 40 bytes each, but not fewer than 500 of a metric.
    public init(_ run: RunRecord, in store: RunStore, limit: Int = 1 << 18) {
        runID = run.id
        name = run.name
        self.store = store
        self.limit = limit
    }

    /// How many records a kept sample of the densest metric stands for; 1 while every sample is kept.
    public var recordsPerSample: Int { 1 << (metrics.map(\.level).max() ?? 0) }

    /// Keys of the metrics in the order the log brought them.
    public var keys: [MetricKey] { metrics.map(\.record.key) }

    /// Reads what was stored since the last call.
    /// - Returns: whether anything was.
    /// - Throws: `unknownRun` when the run was forgotten meanwhile, or another `RunStoreError`.
    public mutating func refresh() throws(RunStoreError) -> Bool {
        let known = metrics
        let (found, isChanged, name) = try store.reading { database in
            guard let name = try String.fetchOne(database, sql: "SELECT name FROM run WHERE id = ?", arguments: [runID])
            else { throw RunStoreError.unknownRun(reference: self.name, known: []) }
            let bases = try Int64.fetchAll(
                database,
                sql: "SELECT ordinal FROM source_run WHERE run_id = ? ORDER BY ordinal",
                arguments: [runID]
            )
            var (found, isChanged) = try FollowedMetric.fetchAll(database, run: runID, known: known)
            // Long runs are thinned while they are read: what is kept never exceeds the limit by more than one metric.
            var kept = found.reduce(0) { $0 + $1.count }
            for index in found.indices {
                kept -= found[index].count
                isChanged = try found[index].refresh(database, sources: bases, share: limit / found.count) || isChanged
                kept += found[index].count
                if kept > limit { kept = Self.thin(&found, to: limit) }
            }
            return (found, isChanged, name)
        }
        metrics = found
        self.name = name
        sampleCount = metrics.reduce(0) { $0 + $1.total }
        return isChanged
    }

    /// The attempts of the run as rules judge them, in the order they were logged; see `RunHistoryBuilder`.
    public var attempts: [RunHistory] {
        var pool = ColumnPool()
        let columns = metrics.flatMap(\.columns).map { pool.shared($0) }
        return RunHistoryBuilder.attempts(of: columns, name: name)
    }

    /// Samples of a metric that are never thinned: rules look at 50 samples or 5 % of the run, whichever is more.
    private static let untouched = 1000

    /// Thins the metrics with most samples until there are few enough, or none has many. Returns how many there are.
    private static func thin(_ metrics: inout [FollowedMetric], to limit: Int) -> Int {
        while true {
            let counts = metrics.map(\.count)
            let (total, most) = (counts.reduce(0, +), counts.max() ?? 0)
            guard total > limit, most > untouched else { return total }
            for index in metrics.indices where counts[index] > most / 2 { metrics[index].thin() }
        }
    }
}

/// Equal columns of different metrics become one array.
private struct ColumnPool {
    private static let mostKept = 64
    private var positions: [[Int64]] = []
    private var orders: [[Int64]] = []
    private var epochs: [[Double]] = []
    private var times: [[Double]] = []

    mutating func shared(_ columns: MetricColumns) -> MetricColumns {
        var columns = columns
        columns.positions = Self.shared(columns.positions, &positions)
        columns.order = Self.shared(columns.order, &orders)
        columns.epochs = Self.shared(columns.epochs, &epochs)
        columns.times = Self.shared(columns.times, &times)
        return columns
    }

    private static func shared<Element: Equatable>(_ column: [Element], _ pool: inout [[Element]]) -> [Element] {
        guard !column.isEmpty else { return column }
        if let equal = pool.first(where: { $0.count == column.count && $0 == column }) { return equal }
        // Metrics of the same lines are neighbours; a log with thousands of kinds of lines gains nothing by a longer search.
        if pool.count == mostKept { pool.removeFirst() }
        pool.append(column)
        return column
    }
}

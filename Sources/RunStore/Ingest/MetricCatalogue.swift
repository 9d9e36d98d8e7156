import GRDB
import TrainingMetrics

/// The runs and metrics of a source as one writer knows them, with the counters that go on from batch to batch.
struct MetricCatalogue {
    /// A run the source gives samples to.
    private struct Run {
        let id: Int64
        let label: String
        /// High bits of `sample.seq`: which source of the run.
        let base: Int64
        /// Records stored so far.
        var records: Int64
        /// Line of the last sample.
        var line: Int64 = -1
    }

    /// A metric, by its index in the buffer.
    private struct Metric {
        let id: Int64
        let run: Int
        /// Record of its last sample.
        var record: Int64 = -1
    }

    /// What a batch adds to a metric's row.
    private struct Growth {
        var samples = 0
        var lastStep = Int64.min
        var lastEpoch = -Double.infinity
        var hasTime = false
    }

    private let runName: String
    private let options: IngestOptions
    private var runs: [Run] = []
    private var metrics: [Metric] = []

    init(runName: String, options: IngestOptions) {
        self.runName = runName
        self.options = options
    }

    /// The runs with a label; with none, all of them.
    func runs(labelled label: String) -> [Int64] {
        runs.filter { label.isEmpty || $0.label == label }.map(\.id)
    }

    /// Gives every key a row, and asks for interpretations where a run has new metrics.
    mutating func extend(to keys: [MetricKey], source: Int64, _ database: Database) throws {
        var changed: [Int] = []
        for key in keys[min(metrics.count, keys.count)...] {
            let run = try runIndex(key.run, source: source, database)
            if !changed.contains(run) { changed.append(run) }
            metrics.append(Metric(id: try metricID(key, run: runs[run].id, database), run: run))
        }
        for run in changed { try MetricRecord.interpretAll(database, run: runs[run].id, options.interpreter) }
    }

    /// Stores the samples of a buffer, neighbours in the table together.
    mutating func insert(_ buffer: EventBuffer, source: Int64, isProvisional: Bool, _ database: Database) throws {
        guard buffer.count > 0 else { return }
        let before = (runs, metrics)
        let (sequences, growths) = number(buffer)
        let ids = metrics.map(\.id)
        if isProvisional {
            (runs, metrics) = before
            try insertProvisional(buffer, ids, sequences, source, database)
            return
        }
        let order = Self.sortedByMetric(buffer.metric, metricCount: metrics.count)
        try SampleInserter.insert(buffer, order: order, metrics: ids, sequences: sequences, into: database)
        for (metric, growth) in zip(metrics, growths) where growth.samples > 0 {
            try database.cachedStatement(
                sql: """
                    UPDATE metric SET samples = samples + ?, last_step = max(coalesce(last_step, ?2), ?2),
                        last_epoch = CASE WHEN ?3 IS NULL THEN last_epoch ELSE max(coalesce(last_epoch, ?3), ?3) END,
                        has_time = max(has_time, ?4) WHERE id = ?5
                    """
            ).execute(arguments: [
                growth.samples, growth.lastStep, growth.lastEpoch == -.infinity ? nil : growth.lastEpoch,
                growth.hasTime, metric.id,
            ])
        }
        for run in runs {
            try database.cachedStatement(sql: "UPDATE source_run SET records = ? WHERE source_id = ? AND run_id = ?")
                .execute(arguments: [run.records, source, run.id])
        }
    }

    /// Makes the runs of this source the newest.
    func touchRuns(isChanged: Bool, _ database: Database) throws {
        try Self.touch(database, runs: runs.map(\.id), isChanged: isChanged)
    }

    static func touch(_ database: Database, runs: [Int64], isChanged: Bool) throws {
        let newest = try Int64.fetchAll(
            database,
            sql: "SELECT id FROM run ORDER BY recency DESC LIMIT ?",
            arguments: [runs.count]
        )
        if newest != runs.reversed() {
            for run in runs {
                try database.execute(
                    sql: "UPDATE run SET recency = (SELECT max(recency) + 1 FROM run) WHERE id = ?",
                    arguments: [run]
                )
            }
        }
        guard isChanged else { return }
        for run in runs {
            try database.execute(sql: "UPDATE run SET updated_at = \(sqlNow) WHERE id = ?", arguments: [run])
        }
    }

    /// Numbers the records of a buffer: a new one begins with every line, and where a metric comes again.
    private mutating func number(_ buffer: EventBuffer) -> (sequences: [Int64], growths: [Growth]) {
        var sequences = [Int64](repeating: 0, count: buffer.count)
        var growths = [Growth](repeating: Growth(), count: metrics.count)
        let (metric, lines, steps) = (buffer.metric, buffer.line, buffer.step)
        let (epochs, times) = (buffer.epoch, buffer.time)
        for sample in 0..<metric.count {
            let index = Int(metric[sample])
            let run = metrics[index].run
            let line = lines[sample]
            if line != runs[run].line || metrics[index].record == runs[run].records {
                runs[run].records += 1
                runs[run].line = line
            }
            metrics[index].record = runs[run].records
            sequences[sample] = runs[run].base | runs[run].records
            growths[index].samples += 1
            growths[index].lastStep = max(growths[index].lastStep, steps[sample])
            let epoch = epochs[sample]
            if epoch > growths[index].lastEpoch { growths[index].lastEpoch = epoch }
            if !times[sample].isNaN { growths[index].hasTime = true }
        }
        return (sequences, growths)
    }

    /// Sample indices grouped by metric, each group in log order (counting sort).
    private static func sortedByMetric(_ metric: [Int32], metricCount: Int) -> [Int32] {
        var next = [Int](repeating: 0, count: metricCount + 1)
        for index in metric { next[Int(index) + 1] += 1 }
        for index in 0..<metricCount { next[index + 1] += next[index] }
        var order = [Int32](repeating: 0, count: metric.count)
        for (sample, index) in metric.enumerated() {
            order[next[Int(index)]] = Int32(sample)
            next[Int(index)] += 1
        }
        return order
    }

    private func insertProvisional(
        _ buffer: EventBuffer,
        _ ids: [Int64],
        _ sequences: [Int64],
        _ source: Int64,
        _ database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO provisional_sample(metric_id, step, seq, epoch, wall_time, value, source_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        for sample in 0..<buffer.count {
            try statement.execute(arguments: [
                ids[Int(buffer.metric[sample])], buffer.step[sample], sequences[sample], buffer.epoch[sample],
                buffer.time[sample], buffer.value[sample], source,
            ])
        }
    }

    private mutating func runIndex(_ label: String, source: Int64, _ database: Database) throws -> Int {
        if let index = runs.firstIndex(where: { $0.label == label }) { return index }
        let stored = try Row.fetchOne(
            database,
            sql: "SELECT run_id, ordinal, records FROM source_run WHERE source_id = ? AND label = ?",
            arguments: [source, label]
        )
        if let stored {
            runs.append(
                Run(id: stored["run_id"], label: label, base: Self.base(stored["ordinal"]), records: stored["records"])
            )
            return runs.count - 1
        }
        let id = try run(label, source: source, database)
        let ordinal =
            try Int64.fetchOne(
                database,
                sql: "SELECT coalesce(max(ordinal) + 1, 0) FROM source_run WHERE run_id = ?",
                arguments: [id]
            ) ?? 0
        try database.execute(
            sql: "INSERT INTO source_run(source_id, run_id, label, ordinal, records) VALUES (?, ?, ?, ?, 0)",
            arguments: [source, id, label, ordinal]
        )
        runs.append(Run(id: id, label: label, base: Self.base(ordinal), records: 0))
        return runs.count - 1
    }

    /// The run that a label of a source stands for: the one to be joined, or a new one.
    private func run(_ label: String, source: Int64, _ database: Database) throws -> Int64 {
        let sql = "SELECT id FROM run WHERE id = ?"
        if label.isEmpty, let joined = options.joinedRun,
            let run = try Int64.fetchOne(database, sql: sql, arguments: [joined])
        {
            return run
        }
        return try RunNaming.run(
            named: label.isEmpty ? runName : "\(runName)/\(label)",
            lineage: "source \(source)/\(label)",
            joins: options.joinsExistingRun,
            database
        )
    }

    private static func base(_ ordinal: Int64) -> Int64 { ordinal << RunStore.recordBits }

    private func metricID(_ key: MetricKey, run: Int64, _ database: Database) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO metric(run_id, name, split, unit, axis, role, part, scale, negated)
                VALUES (?, ?, ?, ?, ?, 'unknown', '', 1, 0)
                """,
            arguments: [run, key.name, key.split.rawValue, key.unit, key.axis.rawValue]
        )
        let id = try Int64.fetchOne(
            database,
            sql: "SELECT id FROM metric WHERE run_id = ? AND name = ? AND split = ? AND unit = ? AND axis = ?",
            arguments: [run, key.name, key.split.rawValue, key.unit, key.axis.rawValue]
        )
        guard let id else { throw DatabaseError(message: "a metric just added is not there") }
        return id
    }
}

extension RunStore {
    /// `sample.seq` is the record's number in its source, and above this many bits the source's number in the run.
    static let recordBits: Int64 = 40
}

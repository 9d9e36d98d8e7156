import GRDB
import TrainingMetrics

/// A metric of a followed run: what is kept of it, source by source.
struct FollowedMetric {
    private(set) var record: MetricRecord
    /// Samples in the table `sample`, by the metric's own counter.
    private var stored: Int
    /// By the source's number in the run.
    private var sources: [Int64: ThinnedColumns] = [:]
    private var provisional: [ThinnedColumns.Sample] = []
    /// Level of columns that are read from their beginning.
    private var firstLevel = 0
    /// How far positions advanced at the last refresh: how far to look for the next.
    private var advance: Int64 = 0

    /// Samples kept.
    var count: Int { sources.values.reduce(0) { $0 + $1.count } }
    /// Samples in the store, provisional ones included.
    var total: Int { stored + provisional.count }
    /// Binary logarithm of the records a kept sample stands for.
    var level: Int { sources.values.map(\.level).max() ?? 0 }

    /// The metrics of a run, those known before with what was kept of them; and whether anything but samples changed.
    static func fetchAll(
        _ database: Database,
        run: Int64,
        known: [FollowedMetric]
    ) throws -> (metrics: [FollowedMetric], isChanged: Bool) {
        let byNumber = Dictionary(known.map { ($0.record.id, $0) }) { first, _ in first }
        let counters = try Int.fetchAll(
            database,
            sql: "SELECT samples FROM metric WHERE run_id = ? ORDER BY id",
            arguments: [run]
        )
        var provisional = try provisionalSamples(database, run: run)
        var isChanged = false
        let metrics = try zip(MetricRecord.fetchAll(database, run: run), counters).map { record, stored in
            var metric = byNumber[record.id] ?? FollowedMetric(record: record, stored: 0)
            let samples = provisional.removeValue(forKey: record.id) ?? []
            isChanged =
                isChanged || metric.record.interpretation != record.interpretation || !metric.hasSame(samples)
                || metric.stored != stored
            (metric.record, metric.stored, metric.provisional) = (record, stored, samples)
            return metric
        }
        return (metrics, isChanged || metrics.count != known.count)
    }

    private init(record: MetricRecord, stored: Int) {
        (self.record, self.stored) = (record, stored)
    }

    /// Reads what was stored since the last call, thinned at once where it is much more than `share` samples. Returns whether there
    /// was anything.
    mutating func refresh(_ database: Database, sources bases: [Int64], share: Int) throws -> Bool {
        let known = sources.values.reduce(0) { $0 + $1.total }
        guard known != stored else { return false }
        firstLevel = level
        while stored >> firstLevel > max(4000, 4 * share) { firstLevel += 1 }
        let before = sources
        if known > 0, known < stored {
            // Positions mostly grow, so the new samples lie a little behind the last ones; a counter says when not.
            for reach in [max(1000, 16 * advance), Int64.max] {
                try read(database, bases, reach: reach)
                if sources.values.reduce(0, { $0 + $1.total }) == stored { break }
                sources = before
            }
        }
        if sources.values.reduce(0, { $0 + $1.total }) != stored {
            // A restart, or a trainer took samples back.
            sources = [:]
            try read(database, bases, reach: .max)
        }
        let ends = (before.values.compactMap(\.last?.position).max(), sources.values.compactMap(\.last?.position).max())
        if case (let old?, let new?) = ends { advance = max(0, new - old) }
        return true
    }

    /// Adds the samples behind those known.
    private mutating func read(_ database: Database, _ bases: [Int64], reach: Int64) throws {
        for base in bases {
            let last = sources[base]?.last
            let begin = last?.position ?? .min
            let (sum, isTooFar) = begin.addingReportingOverflow(reach)
            let end = last == nil || isTooFar ? .max : sum
            var columns = sources[base] ?? ThinnedColumns(level: firstLevel)
            // An empty slot lets the columns be changed in place.
            sources[base] = nil
            var isInOrder = true
            var latest = last?.order ?? -1
            try SampleTail.forEach(
                metric: record.id,
                steps: begin...end,
                sequences: (last.map { $0.order + 1 } ?? base << RunStore.recordBits)..<(base + 1)
                    << RunStore.recordBits,
                database
            ) { sample in
                if sample.order < latest { isInOrder = false }
                latest = sample.order
                columns.append(sample)
            }
            if !isInOrder { columns = try inLogOrder(database, base, level: columns.level) }
            if columns.total > 0 { sources[base] = columns }
        }
    }

    /// All samples of a source whose positions fell back: in log order, which the table does not have.
    private func inLogOrder(_ database: Database, _ base: Int64, level: Int) throws -> ThinnedColumns {
        var samples: [ThinnedColumns.Sample] = []
        try SampleTail.forEach(
            metric: record.id,
            steps: .min ... .max,
            sequences: base << RunStore.recordBits..<(base + 1) << RunStore.recordBits,
            database
        ) { samples.append($0) }
        samples.sort { $0.order < $1.order }
        var columns = ThinnedColumns(level: level)
        for sample in samples { columns.append(sample) }
        return columns
    }

    /// Keeps half of it.
    mutating func thin() {
        for base in sources.keys { sources[base]?.thin() }
    }

    /// What is kept, each source separately, with what its end gives for now.
    var columns: [MetricColumns] {
        let ends = Dictionary(grouping: provisional) { $0.order >> RunStore.recordBits }
        return Set(sources.keys).union(ends.keys).sorted().map { base in
            (sources[base] ?? ThinnedColumns()).columns(
                key: record.key,
                interpretation: record.interpretation,
                source: Int(base),
                provisional: ends[base] ?? []
            )
        }
    }

    private func hasSame(_ samples: [ThinnedColumns.Sample]) -> Bool {
        provisional.count == samples.count
            && zip(provisional, samples).allSatisfy {
                $0.order == $1.order && $0.position == $1.position && ($0.value == $1.value || $1.value.isNaN)
            }
    }

    /// What the ends of the sources give if nothing follows, by metric, in log order.
    private static func provisionalSamples(
        _ database: Database,
        run: Int64
    ) throws -> [Int64: [ThinnedColumns.Sample]] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT metric_id, step, seq, epoch, wall_time, value FROM provisional_sample
                WHERE metric_id IN (SELECT id FROM metric WHERE run_id = ?) ORDER BY metric_id, seq, step
                """,
            arguments: [run]
        )
        return Dictionary(grouping: rows) { $0[0] as Int64 }.mapValues { rows in
            rows.map {
                ThinnedColumns.Sample(
                    order: $0[2],
                    position: $0[1],
                    epoch: $0[3] ?? .nan,
                    time: $0[4] ?? .nan,
                    value: $0[5] ?? .nan
                )
            }
        }
    }
}

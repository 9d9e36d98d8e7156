import Dispatch
import GRDB
import Synchronization
public import TrainingMetrics

extension RunStore {
    /// A run as rules judge it: its attempts in the order they were logged, in canonical units (see
    /// `RunHistoryBuilder`). Every metric is read in one snapshot; while the log is being ingested, one metric may have
    /// a batch more than another.
    public func history(of run: RunRecord) throws(RunStoreError) -> [RunHistory] {
        RunHistoryBuilder.attempts(of: try columns(of: run), name: run.name)
    }

    /// Samples from which on a second connection pays.
    private static let manySamples = 200_000

    private func columns(of run: RunRecord) throws(RunStoreError) -> [MetricColumns] {
        let (metrics, streams) = try reading {
            (try StoredMetric.fetchAll($0, run: run.id), try SourceStreams($0, run: run.id))
        }
        let workerCount = run.sampleCount > Self.manySamples && metrics.count > 1 ? 2 : 1
        let loading = HistoryLoading(metrics, streams)
        let failure = Mutex<RunStoreError?>(nil)
        DispatchQueue.concurrentPerform(iterations: workerCount) { worker in
            do {
                let connection =
                    worker == 0 ? connection : try DatabaseQueue(path: path, configuration: Self.configuration)
                try connection.read { try loading.work($0) }
            } catch {
                let error = RunStoreError(error, path: path)
                failure.withLock { $0 = error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        return loading.columns
    }
}

/// A metric and what is known about its columns.
private struct StoredMetric: Sendable {
    let record: MetricRecord
    let hasEpochs: Bool
    let hasTimes: Bool

    static func fetchAll(_ database: Database, run: Int64) throws -> [StoredMetric] {
        let flags = try Row.fetchAll(
            database,
            sql: "SELECT last_epoch IS NOT NULL, has_time FROM metric WHERE run_id = ? ORDER BY id",
            arguments: [run]
        )
        return try zip(MetricRecord.fetchAll(database, run: run), flags).map {
            StoredMetric(record: $0, hasEpochs: $1[0], hasTimes: $1[1])
        }
    }
}

/// Metrics being read by several workers. Equal columns of different metrics become one array.
private final class HistoryLoading: Sendable {
    private struct State {
        var next = 0
        var columns: [[MetricColumns]]
        var positions: [[Int64]] = []
        var orders: [[Int64]] = []
        var epochs: [[Double]] = []
        var times: [[Double]] = []
    }

    private let metrics: [StoredMetric]
    private let streams: SourceStreams
    private let state: Mutex<State>

    init(_ metrics: [StoredMetric], _ streams: SourceStreams) {
        self.metrics = metrics
        self.streams = streams
        state = Mutex(State(columns: Array(repeating: [], count: metrics.count)))
    }

    /// What was read, in the order of the metrics.
    var columns: [MetricColumns] { state.withLock { $0.columns.flatMap { $0 } } }

    /// Reads metrics until none is left.
    func work(_ database: Database) throws {
        while let index = state.withLock({ state -> Int? in
            defer { state.next += 1 }
            return state.next < metrics.count ? state.next : nil
        }) {
            let columns = try load(metrics[index], database)
            state.withLock { $0.columns[index] = columns }
        }
    }

    private func load(_ metric: StoredMetric, _ database: Database) throws -> [MetricColumns] {
        var loaded = try SampleLoader.load(
            metric: metric.record.id,
            from: "sample",
            count: metric.record.sampleCount,
            hasEpochs: metric.hasEpochs,
            hasTimes: metric.hasTimes,
            database
        )
        loaded.append(
            try SampleLoader.load(
                metric: metric.record.id,
                from: "provisional_sample",
                count: 0,
                hasEpochs: true,
                hasTimes: true,
                database
            )
        )
        loaded.sortBySequence()
        return loaded.sources(streams).map { source, range in
            let isWhole = range.count == loaded.values.count
            func cut<Element>(_ column: [Element]) -> [Element] {
                isWhole || column.isEmpty ? column : Array(column[range])
            }
            return MetricColumns(
                key: metric.record.key,
                interpretation: metric.record.interpretation,
                source: source,
                order: shared(cut(loaded.sequences), \.orders),
                positions: shared(cut(loaded.steps), \.positions),
                epochs: shared(cut(loaded.epochs), \.epochs),
                times: shared(cut(loaded.times), \.times),
                values: cut(loaded.values)
            )
        }
    }

    /// The equal array another metric already has, or this one. (A NaN makes an array unequal to itself: it is kept
    /// then.)
    private func shared<Element: Equatable & Sendable>(
        _ column: [Element],
        _ pool: any WritableKeyPath<State, [[Element]]> & Sendable
    ) -> [Element] {
        guard !column.isEmpty else { return column }
        let known = state.withLock { $0[keyPath: pool] }
        if let equal = known.first(where: { $0 == column }) { return equal }
        state.withLock { $0[keyPath: pool].append(column) }
        return column
    }
}

extension SampleLoader.Columns {
    /// Adds a few samples; epochs and times appear when they bring the first.
    fileprivate mutating func append(_ other: SampleLoader.Columns) {
        guard !other.values.isEmpty else { return }
        func append(_ column: inout [Double], _ added: [Double]) {
            if column.isEmpty && added.allSatisfy(\.isNaN) { return }
            if column.isEmpty { column = [Double](repeating: .nan, count: values.count) }
            column += added
        }
        append(&epochs, other.epochs)
        append(&times, other.times)
        steps += other.steps
        sequences += other.sequences
        values += other.values
    }

    /// From table order to log order.
    fileprivate mutating func sortBySequence() {
        let sequences = sequences
        guard !zip(sequences, sequences.dropFirst()).allSatisfy({ $0 < $1 }) else { return }
        let order = sequences.indices.sorted { (sequences[$0], $0) < (sequences[$1], $1) }
        self.sequences = order.map { sequences[$0] }
        steps = order.map { steps[$0] }
        values = order.map { values[$0] }
        if !epochs.isEmpty { epochs = order.map { epochs[$0] } }
        if !times.isEmpty { times = order.map { times[$0] } }
    }

    /// The stretches of the sources of the run, by their numbers in it; those that continue each other are one.
    fileprivate func sources(_ streams: SourceStreams) -> [(source: Int, range: Range<Int>)] {
        var result: [(source: Int, range: Range<Int>)] = []
        var start = 0
        while start < sequences.count {
            let source = sequences[start] >> RunStore.recordBits
            var end = sequences.count
            if sequences[end - 1] >> RunStore.recordBits != source {
                end = sequences[start...].firstIndex { $0 >> RunStore.recordBits != source } ?? end
            }
            let stream = streams[Int(source)]
            if let before = result.last, before.source == stream {
                result[result.count - 1].range = before.range.lowerBound..<end
            } else {
                result.append((stream, start..<end))
            }
            start = end
        }
        return result
    }
}

import GRDB
public import TrainingMetrics

/// Writes what a trainer measures into the store as it happens: the same tables, names and roles as a log of it would give.
///
/// Records are gathered for about a second and then stored in one transaction, so that other processes can read and write between.
/// A store that another process keeps locked is tried again with the next record; only ``flush()`` reports it. Belongs to one task.
public final class RunRecorder: RewindableSink {
    /// When records that wait are stored.
    public struct Pace: Sendable {
        /// Longest time that a record waits for the next one, in seconds; 0 stores every record at once.
        public var seconds: Double
        /// Most numbers that wait.
        public var samples: Int

        /// A second, or 4096 numbers.
        public init(seconds: Double = 1, samples: Int = 4096) {
            self.seconds = seconds
            self.samples = samples
        }
    }

    /// Number of the run in its store.
    public let runID: Int64
    /// Name of the run in its store.
    public let runName: String
    private let store: RunStore
    private let source: Int64
    private let options: IngestOptions
    private let pace: Pace
    private var catalogue: MetricCatalogue
    private var buffer = EventBuffer()
    /// Number of the last record, stored or waiting.
    private var lastRecord = 0
    private var lastCommit = ContinuousClock.now

    init(_ store: RunStore, _ place: RecordedRun, interpreter: @escaping IngestOptions.Interpreter, pace: Pace) {
        self.store = store
        runID = place.run
        runName = place.name
        source = place.source
        self.pace = pace
        options = IngestOptions(runName: place.name, interpreter: interpreter)
        catalogue = MetricCatalogue(runName: place.name, options: options)
    }

    /// Takes a record; stores what waits when it is time.
    ///
    /// Throws ``RunStoreError`` for anything but a store that is locked for the moment.
    public func record(_ measured: MeasuredStep) throws {
        guard !measured.values.isEmpty else { return }
        lastRecord += 1
        for value in measured.values {
            let key = MetricKey(name: value.name, split: measured.split, unit: value.unit, axis: .step)
            buffer.append(
                metric: buffer.index(of: key),
                step: measured.step,
                epoch: measured.epoch,
                time: measured.time,
                value: value.value,
                line: lastRecord
            )
        }
        let isTime = lastCommit.duration(to: .now) >= .seconds(pace.seconds)
        guard isTime || buffer.count >= pace.samples else { return }
        do {
            try commit()
        } catch {
            // What waits is tried again with a later record.
            guard case .locked = error else { throw error }
        }
    }

    /// Stores what waits. Throws ``RunStoreError``; what could not be stored goes on waiting.
    public func flush() throws { try commit() }

    /// Forgets what was recorded of later steps, and what waits, in one transaction.
    @discardableResult
    public func rewind(to step: Int64) throws -> Int {
        let kept = try store.writing { database in
            let run = try RecordedRun.find(database, source: source, name: runName)
            return try run.removeSamples(after: step, database)
        }
        buffer = EventBuffer()
        catalogue = MetricCatalogue(runName: runName, options: options)
        lastRecord = kept
        return kept
    }

    private func commit() throws(RunStoreError) {
        defer { lastCommit = .now }
        guard buffer.count > 0 else { return }
        catalogue = try store.writing { database in
            _ = try RecordedRun.find(database, source: source, name: runName)
            var next = catalogue
            try next.extend(to: buffer.keys, source: source, database)
            try next.insert(buffer, source: source, isProvisional: false, database)
            try next.touchRuns(isChanged: true, database)
            try database.execute(
                sql: "UPDATE source SET lines = ? WHERE id = ?",
                arguments: [lastRecord, source]
            )
            return next
        }
        buffer.removeAll()
    }
}

import Foundation
import GRDB
import TrainingMetrics

extension RunStore {
    /// Reads MLflow's database: each of its runs becomes a run `NAME/EXPERIMENT/RUN`. The guarantees are those of a file:
    /// a batch and its place are one transaction, what was read is not read again.
    func ingestDatabase(
        _ file: SourceFile,
        name: String,
        _ options: IngestOptions,
        _ progress: (IngestProgress) -> Void
    ) throws -> IngestReport {
        let mlflow = try MLflowDatabase(path: file.path)
        let last = try mlflow.lastRow()
        let found = try reading { try KnownSource.findDatabase($0, file) }
        let known = try found.flatMap { try $0.isContinued(mlflow, last: last) ? $0 : nil }
        if let source = known, source.offset == last {
            try writing { try SourceWriter.touch($0, source, file) }
            return try report(source.id, .unchanged, newSamples: 0)
        }
        guard last > 0 else {
            let reason = LogFormatError.noMetric(format: .mlflowDatabase, lines: 0, rejected: 0)
            throw IngestError.notALog(path: file.path, reason: reason, firstRejection: nil)
        }
        var state = MLflowState()
        var buffer = EventBuffer(keptRejections: Rejection.kept - (known?.keptRejections ?? 0))
        if let source = known {
            let resumed = try JSONDecoder().decode(ResumeState.self, from: source.state)
            state = try JSONDecoder().decode(MLflowState.self, from: resumed.reader)
            for key in resumed.keys { _ = buffer.index(of: key) }
        }
        var writer = SourceWriter(file, known, .mlflowDatabase, name: name, options)
        var reader = MLflowRows(database: mlflow, state: state)
        var offset = known?.offset ?? 0
        var newSamples = 0
        repeat {
            offset = try reader.read(
                after: offset,
                through: last,
                limit: min(options.batchSize, MLflowDatabase.longestRead),
                into: &buffer
            )
            var nothing = buffer
            nothing.removeAll()
            let batch = DecodedBatch(
                buffer: buffer,
                provisional: offset >= last ? nothing : nil,
                offset: offset,
                size: offset,
                lines: reader.state.rows,
                state: ResumeState(reader: try JSONEncoder().encode(reader.state), keys: buffer.keys),
                digests: SourceDigests(prefix: "", tail: try mlflow.fingerprint(of: offset))
            )
            newSamples += try write(batch, with: &writer)
            buffer.removeAll()
            progress(IngestProgress(bytes: offset, totalBytes: last, samples: newSamples, runs: writer.runs))
        } while offset < last
        let status: IngestReport.Status = known != nil ? .grown : found != nil ? .replaced : .new
        return try report(try writer.sourceID, status, newSamples: newSamples)
    }
}

/// Turns the rows of MLflow's database into samples.
struct MLflowRows {
    let database: MLflowDatabase
    var state: MLflowState
    private var described: Set<String> = []

    init(database: MLflowDatabase, state: MLflowState) {
        self.database = database
        self.state = state
    }

    /// Reads a stretch of rows.
    /// - Returns: the number of the last row of the stretch.
    mutating func read(
        after row: Int64,
        through last: Int64,
        limit: Int,
        into buffer: inout EventBuffer
    ) throws(IngestError) -> Int64 {
        let rows = try database.rows(after: row, through: last, limit: limit)
        for row in rows {
            state.rows += 1
            let label = try state.label(of: row.run) { () throws(IngestError) in try database.names(of: row.run) }.label
            if described.insert(row.run).inserted {
                for parameter in try database.parameters(of: row.run) {
                    buffer.append(LoggedFact(key: parameter.key, value: parameter.value, line: 0, run: label))
                }
            }
            guard row.isInRange else {
                buffer.reject(line: state.rows, text: row.name, reason: "the step is out of range")
                continue
            }
            let split = FieldName.split(inMetricName: row.name) ?? .train
            let key = MetricKey(name: row.name, split: split, run: label)
            buffer.append(
                metric: buffer.index(of: key),
                step: row.step,
                time: row.time,
                value: row.value,
                line: state.rows
            )
        }
        return rows.count < limit ? last : rows.last?.number ?? last
    }
}

extension KnownSource {
    /// Whether the row that was read last is still the same.
    fileprivate func isContinued(_ database: MLflowDatabase, last: Int64) throws -> Bool {
        guard last >= offset else { return false }
        return try database.fingerprint(of: offset) == tailDigest
    }
}

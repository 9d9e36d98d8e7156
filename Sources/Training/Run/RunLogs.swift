import Codec
import TrainingMetrics

/// The two logs of a run's folder.
struct RunLogs {
    let text: TextLog
    let metrics: MetricsLog

    /// Opens both and cuts them to what they held when the checkpoint was written; an empty one begins with the facts, so that a reader
    /// of the log alone knows what the run's configuration says.
    init(
        _ folder: RunFolder,
        _ configuration: TrainingConfiguration,
        facts: [Fact],
        metrics metricsLength: Int64,
        text textLength: Int64
    ) throws(TrainingRunError) {
        metrics = MetricsLog(try Self.open(folder.metricsPath, length: metricsLength))
        text = TextLog(
            try Self.open(folder.logPath, length: textLength),
            stepsPerEpoch: max(1, configuration.stepsPerEpoch),
            epochs: configuration.epochs
        )
        try Self.writing(metrics.file, resumesFrom: 0) { () throws(FileFailure) in
            if metrics.file.length == 0 { try metrics.begin(with: facts) }
        }
        try Self.writing(text.file, resumesFrom: 0) { () throws(FileFailure) in
            if text.file.length == 0 { try text.begin(with: facts) }
        }
    }

    func record(_ measured: MeasuredStep, resumesFrom step: Int) throws(TrainingRunError) {
        try Self.writing(metrics.file, resumesFrom: step) { () throws(FileFailure) in try metrics.record(measured) }
        try Self.writing(text.file, resumesFrom: step) { () throws(FileFailure) in try text.record(measured) }
    }

    func flush(resumesFrom step: Int) throws(TrainingRunError) {
        for file in [metrics.file, text.file] {
            try Self.writing(file, resumesFrom: step) { () throws(FileFailure) in try file.synchronize() }
        }
    }

    /// Does something to a file; a failure names it.
    private static func writing(
        _ file: AppendedFile,
        resumesFrom step: Int,
        _ body: () throws(FileFailure) -> Void
    ) throws(TrainingRunError) {
        do {
            try body()
        } catch {
            throw TrainingRunError(error, at: file.path, resumesFrom: step)
        }
    }

    private static func open(_ path: String, length: Int64) throws(TrainingRunError) -> AppendedFile {
        let file: AppendedFile
        do {
            file = try AppendedFile(path: path)
        } catch {
            throw .folderNotWritable(path: path, reason: error.reason)
        }
        guard file.length >= length else { throw .logShortened(path: path, length: file.length, expected: length) }
        do {
            try file.cut(to: length)
        } catch {
            throw .folderNotWritable(path: path, reason: error.reason)
        }
        return file
    }
}

extension TrainingRunError {
    /// The error of a file of a run that goes on behind a step.
    init(_ failure: FileFailure, at path: String, resumesFrom step: Int) {
        self =
            failure.isOutOfSpace
            ? .diskFull(path: path, resumesFrom: step)
            : .cannotWrite(path: path, reason: failure.reason, resumesFrom: step)
    }

    /// The error of a checkpoint of a run that goes on behind a step.
    init(_ error: CheckpointError, at path: String, resumesFrom step: Int) {
        let reason = error.withoutPath
        self =
            reason == .diskFull
            ? .diskFull(path: path, resumesFrom: step)
            : .cannotWrite(path: path, reason: "\(reason)", resumesFrom: step)
    }
}

public import Codec
import Foundation
public import TrainingMetrics

/// A whole training run in its folder: steps, measurements, validations, samples, checkpoints.
///
/// It can be killed at any moment. What it needs to go on is a checkpoint; before one is written, everything measured is made to last, and
/// the checkpoint says how long the logs were. A resumed run cuts logs and sinks there, so that every step is in them once, and its
/// weights are those of a run that was never interrupted.
///
/// ```swift
/// let folder = try RunFolder("runs/tiny", intent: .start)
/// let run = TrainingRun(try GANTrainer(configuration), in: folder) { batches.batch(step: $0) }
/// run.validator = Validator(configuration, items: dataset.validation)
/// let outcome = try run.run()
/// ```
public final class TrainingRun {
    /// What is trained.
    public let trainer: GANTrainer
    /// Where it is kept.
    public let folder: RunFolder
    /// How it is kept and watched.
    public var options: TrainingRunOptions
    /// What takes the measurements beside the folder's own logs. Those that are rewindable are cut, or filled again, when a run resumes.
    public var sinks: [any MetricSink] = []
    /// Evaluates on held-out audio; `nil` for no validations.
    public var validator: Validator?
    /// Judges everything measured so far, every ``TrainingRunOptions/checkInterval`` steps.
    public var onCheck: (([MeasuredStep]) throws -> RunVerdict)?
    /// Hears what happens, on the thread of ``run()``.
    public var onEvent: (TrainingEvent) -> Void = { _ in }
    /// Asked after every step for the signal that wants the run to stop (``StopSignals/signalReceived``).
    public var stopRequest: () -> Int32? = { nil }

    private let batch: (Int) throws -> Tensor
    private let dataDigest: String
    private let checkpoints: CheckpointFolder
    private var best: RunOutcome.Best?
    private var records: [MeasuredStep] = []
    private var diagnosis: String?
    private var stopReason: String?
    /// Step of the newest checkpoint; 0 before the first.
    private var savedStep = 0
    private var begun = ContinuousClock.now
    private var lastSave = ContinuousClock.now
    private var firstStep = 0

    /// A run of a trainer that has done no step.
    ///
    /// `batch` gives the batch of a step, counted from 0, `[B, 1, T]`, always the same for the same step. `dataDigest` names the data it
    /// comes from, so that a run is not resumed on other data.
    public init(
        _ trainer: GANTrainer,
        in folder: RunFolder,
        options: TrainingRunOptions = TrainingRunOptions(),
        dataDigest: String = "",
        batch: @escaping (Int) throws -> Tensor
    ) {
        precondition(trainer.step == 0, "a run begins with a new trainer and restores its state itself")
        self.trainer = trainer
        self.folder = folder
        self.options = options
        self.dataDigest = dataDigest
        self.batch = batch
        checkpoints = CheckpointFolder(path: folder.checkpointsPath)
    }

    /// Trains until all steps are done, a signal or the check ends the run, or it fails.
    ///
    /// Throws ``TrainingRunError``; the folder then holds the last good checkpoint, and the run can be resumed.
    public func run() throws(TrainingRunError) -> RunOutcome {
        let logs = try prepare()
        (begun, lastSave, firstStep) = (.now, .now, trainer.step)
        let steps = trainer.configuration.steps
        onEvent(.began(step: trainer.step, steps: steps))
        while trainer.step < steps {
            if let signal = stopRequest() { return try leave(.interrupted(signal: signal), logs) }
            try advance(logs)
            if let stopReason { return try leave(.ended(reason: stopReason), logs) }
        }
        return try leave(.finished, logs)
    }
}

// MARK: - A step

extension TrainingRun {
    private var stepsPerEpoch: Int { max(1, trainer.configuration.stepsPerEpoch) }

    /// One step with everything that follows from it.
    private func advance(_ logs: RunLogs) throws(TrainingRunError) {
        let report: StepReport
        do {
            report = try trainer.step(batch(trainer.step))
        } catch {
            throw .stepFailed(step: trainer.step + 1, reason: "\(error)", resumesFrom: savedStep)
        }
        try record(report.entries, split: .train, logs)
        if trainer.configuration.stopsOnNonFinite, !report.divergedNames.isEmpty {
            try? flush(logs)
            throw .diverged(step: trainer.step, names: report.divergedNames, resumesFrom: savedStep)
        }
        onEvent(.stepped(progress(report)))
        let hasValidated = try validate(logs)
        try check()
        let isEpochEnd = trainer.step % stepsPerEpoch == 0
        let isDue = options.checkpointInterval.map { trainer.step % max(1, $0) == 0 } ?? isEpochEnd
        let isLate = lastSave.duration(to: .now) >= .seconds(options.checkpointSeconds)
        if hasValidated || isDue || isLate || trainer.step == trainer.configuration.steps { try save(logs) }
    }

    private func progress(_ report: StepReport) -> TrainingProgress {
        TrainingProgress(
            step: trainer.step,
            steps: trainer.configuration.steps,
            epoch: (trainer.step - 1) / stepsPerEpoch + 1,
            epochs: trainer.configuration.epochs,
            report: report,
            secondsPerStep: secondsPerStep ?? 0,
            diagnosis: diagnosis
        )
    }

    private var seconds: Double { begun.duration(to: .now) / .seconds(1) }
    private var secondsPerStep: Double? { trainer.step > firstStep ? seconds / Double(trainer.step - firstStep) : nil }

    /// Hands numbers of the current step to every sink.
    private func record(_ entries: [StepReport.Entry], split: Split, _ logs: RunLogs) throws(TrainingRunError) {
        guard !entries.isEmpty else { return }
        let measured = MeasuredStep(
            step: Int64(trainer.step),
            epoch: Double((trainer.step - 1) / stepsPerEpoch + 1),
            time: Date().timeIntervalSince1970,
            split: split,
            values: entries.map { TrainingMetrics.Measurement($0.name, $0.value) }
        )
        if onCheck != nil { records.append(measured) }
        try logs.record(measured, resumesFrom: savedStep)
        for sink in sinks {
            do {
                try sink.record(measured)
            } catch {
                throw .sinkFailed(reason: "\(error)", resumesFrom: savedStep)
            }
        }
    }

    /// Validates where the configuration wants it; returns whether it did.
    private func validate(_ logs: RunLogs) throws(TrainingRunError) -> Bool {
        let (epoch, rest) = trainer.step.quotientAndRemainder(dividingBy: stepsPerEpoch)
        let isLast = trainer.step == trainer.configuration.steps
        let interval = max(1, trainer.configuration.validationInterval)
        guard let validator, rest == 0, isLast || epoch % interval == 0 else { return false }
        let report: ValidationReport
        do {
            report = try trainer.evaluating {
                let report = try validator.report(
                    of: trainer.generator,
                    discriminator: trainer.discriminator,
                    step: trainer.step
                )
                let mel = report[MeasurementNames.melLoss] ?? .nan
                if mel < best?.melDistance ?? .infinity {
                    best = RunOutcome.Best(step: trainer.step, melDistance: mel)
                    try trainer.generator.writeCodec(to: folder.bestPath)
                }
                if let interval = options.sampleInterval, isLast || epoch % max(1, interval) == 0 {
                    try SampleWriter(folder: folder, validator: validator, count: options.sampleCount)
                        .write(epoch: epoch, of: trainer.generator)
                }
                return report
            }
        } catch {
            throw failure(of: error)
        }
        try record(report.entries, split: .validation, logs)
        let last = MeasuredStep(
            step: Int64(trainer.step),
            epoch: Double(epoch),
            time: Date().timeIntervalSince1970,
            split: .validation,
            values: report.entries.map { TrainingMetrics.Measurement($0.name, $0.value) }
        )
        onEvent(.validated(last, notes: report.notes))
        return true
    }

    private func check() throws(TrainingRunError) {
        guard let onCheck, let interval = options.checkInterval, trainer.step % max(1, interval) == 0 else { return }
        do {
            let verdict = try onCheck(records)
            diagnosis = verdict.diagnosis
            stopReason = verdict.stopReason
            onEvent(.checked(diagnosis: verdict.diagnosis))
        } catch {
            throw failure(of: error)
        }
    }

    /// What went wrong beside the steps themselves.
    private func failure(of error: any Error) -> TrainingRunError {
        switch error {
        case let error as TrainingRunError: error
        case let error as CheckpointError: TrainingRunError(error, at: folder.path, resumesFrom: savedStep)
        case let error as AudioFileError:
            .cannotWrite(path: folder.samplesPath, reason: "\(error)", resumesFrom: savedStep)
        default: .stepFailed(step: trainer.step, reason: "\(error)", resumesFrom: savedStep)
        }
    }
}

// MARK: - Checkpoints

extension TrainingRun {
    private func flush(_ logs: RunLogs) throws(TrainingRunError) {
        try logs.flush(resumesFrom: savedStep)
        for sink in sinks {
            do {
                try sink.flush()
            } catch {
                throw .sinkFailed(reason: "\(error)", resumesFrom: savedStep)
            }
        }
    }

    /// Makes everything last, then writes the checkpoint and removes what it makes superfluous.
    private func save(_ logs: RunLogs) throws(TrainingRunError) {
        try flush(logs)
        let checkpoint = RunCheckpoint(
            state: trainer.state,
            position: RunCheckpoint.Position(
                logLength: logs.text.file.length,
                metricsLength: logs.metrics.file.length,
                dataDigest: dataDigest,
                best: best
            )
        )
        let path = checkpoints.path(step: trainer.step)
        do {
            try checkpoint.write(to: path)
        } catch {
            throw TrainingRunError(error, at: path, resumesFrom: savedStep)
        }
        (savedStep, lastSave) = (trainer.step, .now)
        checkpoints.prune(keeping: options.keptCheckpoints, current: savedStep, best: best?.step)
        onEvent(.saved(path: path, step: savedStep))
    }

    /// Ends the session with a checkpoint of its last step.
    private func leave(_ ending: RunOutcome.Ending, _ logs: RunLogs) throws(TrainingRunError) -> RunOutcome {
        if savedStep < trainer.step { try save(logs) }
        if case .finished = ending {
            do {
                try trainer.evaluating { try trainer.generator.writeCodec(to: folder.codecPath) }
            } catch {
                throw failure(of: error)
            }
        }
        let left = trainer.configuration.steps - trainer.step
        let (elapsed, done) = (seconds, trainer.step - firstStep)
        let pace = done > 0 ? elapsed / Double(done) : nil
        let saving = pace.flatMap { pace -> RunOutcome.Saving? in
            guard left > 0 else { return nil }
            let seconds = Double(left) * pace
            return RunOutcome.Saving(
                steps: left,
                seconds: seconds,
                price: options.pricePerHour.map { $0 * seconds / 3600 }
            )
        }
        return RunOutcome(
            ending: ending,
            step: trainer.step,
            steps: trainer.configuration.steps,
            seconds: elapsed,
            secondsPerStep: pace,
            best: best,
            saving: saving
        )
    }
}

// MARK: - Beginning and going on

extension TrainingRun {
    /// Brings trainer, logs and sinks to the newest checkpoint, or to the beginning.
    private func prepare() throws(TrainingRunError) -> RunLogs {
        try folder.makeFolder(folder.checkpointsPath)
        folder.removeTemporaryFiles()
        if let then = try RunFolder.configuration(in: folder.path) {
            let differences = ConfigurationDifference.sentences(from: then, to: trainer.configuration)
            guard differences.isEmpty else {
                throw .configurationDiffers(path: folder.path, differences: differences)
            }
        }
        let found = try checkpoints.newest()
        let position = found?.checkpoint.position
        if let position, position.dataDigest != dataDigest { throw .dataDiffers(path: folder.path) }
        let logs = try RunLogs(
            folder,
            trainer.configuration,
            facts: trainer.facts,
            metrics: position?.metricsLength ?? 0,
            text: position?.logLength ?? 0
        )
        if let found {
            do {
                try trainer.restore(found.checkpoint.state)
            } catch {
                throw .unreadable(path: checkpoints.path(step: found.checkpoint.step), reason: "\(error)")
            }
        }
        try folder.write(trainer.configuration)
        (best, savedStep) = (position?.best, trainer.step)
        let written = try logs.metrics.records()
        logs.text.resume(from: written)
        if onCheck != nil { records = written }
        for problem in found?.problems ?? [] {
            onEvent(.message("A damaged checkpoint was passed over: \(problem)."))
        }
        for sink in sinks.compactMap({ $0 as? any RewindableSink }) { try bring(sink, to: written) }
        return logs
    }

    /// Cuts a sink to the records that stay; one that then has not all of them gets them again.
    private func bring(_ sink: any RewindableSink, to written: [MeasuredStep]) throws(TrainingRunError) {
        do {
            let kept = try sink.rewind(to: trainer.step == 0 ? -1 : Int64(trainer.step))
            guard kept != written.count else { return }
            try sink.rewind(to: -1)
            for record in written { try sink.record(record) }
            try sink.flush()
            onEvent(.message("\(written.count) records that were missing elsewhere were put back from metrics.jsonl."))
        } catch {
            throw .sinkFailed(reason: "\(error)", resumesFrom: savedStep)
        }
    }
}

import Codec
import Foundation
import SpeechData
import Training
import TrainingMetrics

/// One training run of the matrix: the steps, the validations between them, and what both measured.
struct FaultRun {
    /// What a run left behind.
    struct Log {
        var text = MeasuredLog()
        var seconds = 0.0

        var steps: Int { text.measured.count { $0.split == .train } }
    }

    /// A run ends after so many steps in a row that measured NaN or infinity: everything is lost then.
    private static let patience = 5

    /// Samples of a piece of held-out audio.
    private static let pieceLength = 8192

    private let configuration: TrainingConfiguration
    private let interventions: TrainingInterventions
    private let batches: SpeechBatches
    private let validator: Validator

    init(_ configuration: TrainingConfiguration, _ interventions: TrainingInterventions, dataset: SpeechDataset) throws
    {
        self.configuration = configuration
        self.interventions = interventions
        batches = SpeechBatches(
            clips: dataset.training,
            batchSize: configuration.batchSize,
            segmentLength: configuration.segmentLength,
            level: configuration.segmentLevel,
            seed: configuration.seed
        )
        // Pieces of one length, so that they are coded in batches: half a second each, two of every clip.
        let heldOut = try dataset.validation.flatMap { clip in
            try [1, 2].compactMap { second -> SpeechClip? in
                let start = second * dataset.sampleRate
                guard start + Self.pieceLength <= clip.sampleCount else { return nil }
                let samples = try clip.samples(in: start..<(start + Self.pieceLength))
                return SpeechClip(name: "\(clip.name), second \(second)", samples: samples)
            }
        }
        validator = Validator(configuration, items: heldOut, interventions: interventions)
    }

    /// Trains to the end of the plan, or until nothing but NaN is left.
    func measured(interruption: FaultCase.Interruption, progress: (Double) -> Void) throws -> Log {
        var log = Log()
        let begin = ContinuousClock.now
        var trainer = try GANTrainer(configuration, interventions: interventions)
        log.text.facts = trainer.facts
        switch interruption {
        case .none: try train(trainer, until: configuration.steps, &log, progress)
        case .resume:
            let checkpoint = configuration.steps / 2
            try train(trainer, until: checkpoint, &log, progress)
            let state = trainer.state
            try train(trainer, until: checkpoint + configuration.steps / 10, &log, progress)
            // A program that begins again draws new networks and then restores what it saved.
            trainer = try GANTrainer(configuration, interventions: interventions)
            try trainer.restore(state)
            try train(trainer, until: configuration.steps, &log, progress)
        }
        log.seconds = (ContinuousClock.now - begin) / .seconds(1)
        return log
    }

    private func train(
        _ trainer: GANTrainer,
        until end: Int,
        _ log: inout Log,
        _ progress: (Double) -> Void
    ) throws {
        var lost = 0
        while trainer.step < end, lost < Self.patience {
            let report = try trainer.step(batches.batch(step: trainer.step))
            log.record(report.step, .train, report.entries, configuration)
            lost = report.entries.allSatisfy(\.value.isFinite) ? 0 : lost + 1
            let interval = max(1, configuration.stepsPerEpoch * configuration.validationInterval)
            if report.step.isMultiple(of: interval) {
                let validation = try trainer.evaluating {
                    try validator.report(of: trainer.generator, discriminator: trainer.discriminator, step: report.step)
                }
                log.record(report.step, .validation, validation.entries, configuration)
            }
            progress(Double(trainer.step) / Double(configuration.steps))
        }
    }
}

extension FaultRun.Log {
    fileprivate mutating func record(
        _ step: Int,
        _ split: Split,
        _ entries: [StepReport.Entry],
        _ configuration: TrainingConfiguration
    ) {
        text.measured.append(
            MeasuredStep(
                step: Int64(step),
                epoch: Double((step - 1) / max(1, configuration.stepsPerEpoch) + 1),
                // A second per step: nothing a rule says may depend on how busy the machine was.
                time: Double(text.measured.count),
                split: split,
                values: entries.map { Measurement($0.name, $0.value) }
            )
        )
    }
}

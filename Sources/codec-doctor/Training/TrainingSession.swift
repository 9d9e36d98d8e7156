import ArgumentParser
import Codec
import Foundation
import HealthReport
import HealthRules
import RunStore
import SpeechData
import Training
import TrainingMetrics

/// A training run as the command line sees it: data, folder, store, screen and checks around ``TrainingRun``.
struct TrainingSession {
    /// What does not change what is learned.
    struct Settings {
        /// Steps between checks; `nil` for one an epoch, 0 for none but the last.
        var checkEvery: Int?
        var stopOn: Severity?
        /// Epochs between audio samples; 0 for none.
        var samplesEvery: Int?
        var isProfiled = false
        var isQuiet = false
        /// Price, currency and what else the user knows.
        var facts: [Fact] = []
    }

    let configuration: TrainingConfiguration
    let notes: RunNotes
    let speech: RunSpeech
    let folder: RunFolder
    let store: RunStore
    /// Whether the store is the one commands use unless told otherwise.
    let isDefaultStore: Bool
    let settings: Settings

    /// Trains until the end, a signal, or a check that ends the run.
    func run() throws -> (summary: TrainingSummary, outcome: RunOutcome) {
        let trainer = try GANTrainer(configuration)
        let given = RunFacts(trainer.facts + settings.facts)
        let recorder = try self.recorder(facts: given)
        let validator = try Validator(configuration, dataset: speech.dataset)
        let loader = BatchLoader(speech.batches(configuration))
        let run = TrainingRun(trainer, in: folder, options: options, dataDigest: speech.digest) { step in
            loader.seek(step: step)
            defer { trainer.profile.add(loader.lastWait, to: .data) }
            return try loader.next()
        }
        let display = TrainingDisplay(
            RunProgress(name: recorder.runName, configuration: configuration),
            manner: TrainingDisplay.manner(isQuiet: settings.isQuiet)
        )
        let check = RunCheck(name: recorder.runName, facts: given, stopsOn: settings.stopOn)
        let signals = StopSignals { _ in display.note("stopping after this step; once more stops at once") }
        defer { display.finish() }
        display.note("\(recorder.runName) in \(folder.path), run \(recorder.runID) of \(store.path)")
        let before = try validator.report(of: trainer.generator)
        run.validator = validator
        run.sinks = [recorder, display]
        run.stopRequest = { signals.signalReceived }
        run.onEvent = { display.take($0) }
        var tracker = FindingTracker()
        run.onCheck = { measured in
            let result = try check.result(of: measured)
            _ = tracker.note(result.diagnosis.nodes.map(\.finding), extent: measured.count)
            let diagnosis = RunningDiagnosis(result, step: Int(measured.last?.step ?? 0))
            display.show(diagnosis)
            return RunVerdict(diagnosis: diagnosis.sentence, stopReason: check.stopReason(result, tracker: tracker))
        }
        let outcome = try run.run()
        display.finish()
        return (try summary(outcome, before: before, profile: trainer.profile, recorder), outcome)
    }

    private var options: TrainingRunOptions {
        var options = TrainingRunOptions()
        let every = settings.checkEvery ?? configuration.stepsPerEpoch
        options.checkInterval = every > 0 ? every : nil
        if let samples = settings.samplesEvery { options.sampleInterval = samples > 0 ? samples : nil }
        options.pricePerHour = RunFacts(settings.facts).number(.pricePerHour)
        return options
    }

    /// The run in the store: the one this folder had, or a new one.
    private func recorder(facts: RunFacts) throws -> RunRecorder {
        if !folder.isNew, let known = try store.resumeRun(identity: folder.identity) {
            let run = try store.run(matching: known.runName)
            for fact in settings.facts { try store.setFact(fact, of: run) }
            return known
        }
        return try store.startRun(
            name: configuration.name,
            path: folder.metricsPath,
            facts: facts.all,
            identity: folder.identity
        )
    }

    private func summary(
        _ outcome: RunOutcome,
        before: ValidationReport,
        profile: StepProfile,
        _ recorder: RunRecorder
    ) throws -> TrainingSummary {
        let loaded = try RunLoader(store: store, overrides: []).load(recorder.runName, facts: [])
        let checkup = try Checkup(history: loaded.history, facts: loaded.facts, probes: loaded.probes.evidence)
        return TrainingSummary(
            outcome,
            of: self,
            runID: recorder.runID,
            runName: recorder.runName,
            before: before,
            profile: profile,
            checkup: checkup
        )
    }
}

extension RunSpeech {
    /// Batches of a run.
    func batches(_ configuration: TrainingConfiguration) -> SpeechBatches {
        SpeechBatches(
            clips: dataset.training,
            batchSize: configuration.batchSize,
            segmentLength: configuration.segmentLength,
            level: configuration.segmentLevel,
            seed: configuration.seed
        )
    }
}

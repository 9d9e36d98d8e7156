import Foundation
import HealthReport
import HealthRules
import RunStore
import Training
import TrainingMetrics

/// What a training command has to say at its end.
struct TrainingSummary: Encodable {
    /// Why it ended.
    enum Ending: String, Encodable {
        /// All steps were done.
        case finished
        /// The user or the system asked it to stop.
        case interrupted
        /// `--stop-on` ended it.
        case stopped
    }

    /// A number of the validation at the beginning and at the end.
    struct Change: Encodable {
        let name: String
        let unit: String
        let before: JSONNumber
        let after: JSONNumber
        /// Whether it went the right way; `nil` when one of the two is no number.
        let improved: Bool?
    }

    /// A root cause that was found.
    struct Found: Encodable {
        let rule: String
        let name: String
        let severity: String
        let firstStep: Int64
        let message: String
    }

    /// What ending early has saved.
    struct Saving: Encodable {
        let steps: Int
        let seconds: Double
        let money: Double?
        let currency: String?
    }

    /// Where the time of a step went.
    struct PhaseTime: Encodable {
        let phase: String
        let secondsPerStep: Double
        let share: Double
    }

    /// Where things are, absolute paths; a file that was not made is left out.
    struct Files: Encodable {
        let codec: String?
        let best: String?
        let checkpoint: String?
        let log: String
        let metrics: String
        let samples: String?
    }

    /// Version of this document.
    let schemaVersion = 1
    let ending: Ending
    let run: Int64
    let name: String
    let folder: String
    let store: String
    let preset: String
    let seed: UInt64
    let steps: Int
    let plannedSteps: Int
    let epochs: Int
    let seconds: Double
    /// `nil` when no step was done.
    let stepsPerSecond: JSONNumber?
    let validation: [Change]
    let verdict: Verdict
    let findings: [Found]
    let files: Files
    let saved: Saving?
    let profile: [PhaseTime]?
    let next: [String]
}

extension TrainingSummary {
    /// The summary of a session.
    init(
        _ outcome: RunOutcome,
        of session: TrainingSession,
        runID: Int64,
        runName: String,
        before: ValidationReport,
        profile: StepProfile,
        checkup: Checkup
    ) {
        ending =
            switch outcome.ending {
            case .finished: .finished
            case .interrupted: .interrupted
            case .ended: .stopped
            }
        run = runID
        name = runName
        folder = session.folder.path
        store = session.store.path
        preset = session.notes.preset
        seed = session.configuration.seed
        steps = outcome.step
        plannedSteps = outcome.steps
        epochs = outcome.step / max(1, session.configuration.stepsPerEpoch)
        seconds = outcome.seconds
        stepsPerSecond = outcome.secondsPerStep.map { JSONNumber(1 / $0) }
        validation = Change.all(before: before, history: checkup.run.history)
        verdict = checkup.verdict
        findings = checkup.diagnosis.roots.map { checkup.diagnosis.nodes[$0].finding }.filter { $0.severity > .info }
            .map {
                Found(
                    rule: $0.rule.rawValue,
                    name: $0.name,
                    severity: $0.severity.rawValue,
                    firstStep: $0.episode.firstPosition,
                    message: $0.message
                )
            }
        files = Files(in: session.folder)
        // What an interruption leaves undone is not saved: it is still to be done.
        saved = (ending == .stopped ? outcome.saving : nil).map { saving in
            Saving(
                steps: saving.steps,
                seconds: saving.seconds,
                money: saving.price,
                currency: RunFacts(session.settings.facts)[.currency]?.value
            )
        }
        self.profile = session.settings.isProfiled ? PhaseTime.all(of: profile) : nil
        next = Self.next(ending, runID: runID, files: files, session: session)
    }

    /// Commands that make sense now.
    private static func next(_ ending: Ending, runID: Int64, files: Files, session: TrainingSession) -> [String] {
        let store = session.isDefaultStore ? "" : " --store \(ShellWord.quoted(session.store.path))"
        let check = "codec-doctor check --run \(runID)\(store)"
        let resume = "codec-doctor train --resume \(ShellWord.quoted(session.folder.path))\(store)"
        return switch ending {
        case .finished:
            [
                check, "codec-doctor show --run \(runID)\(store)",
                "codec-doctor encode speech.wav speech.npz --model \(ShellWord.quoted(files.best ?? files.codec ?? ""))",
            ]
        case .interrupted: [resume, check]
        case .stopped: [check, resume]
        }
    }
}

extension TrainingSummary.PhaseTime {
    /// The phases of the steps that were measured; none before the first.
    fileprivate static func all(of profile: StepProfile) -> [TrainingSummary.PhaseTime] {
        guard profile.steps > 0, profile.total > 0 else { return [] }
        return StepProfile.Phase.allCases.map { phase in
            let seconds = profile.seconds(phase)
            return TrainingSummary.PhaseTime(
                phase: phase.rawValue,
                secondsPerStep: seconds / Double(profile.steps),
                share: seconds / profile.total
            )
        }
    }
}

extension TrainingSummary.Files {
    /// What is in a run's folder.
    fileprivate init(in folder: RunFolder) {
        func present(_ path: String) -> String? { FileManager.default.fileExists(atPath: path) ? path : nil }
        codec = present(folder.codecPath)
        best = present(folder.bestPath)
        checkpoint = folder.newestCheckpoint
        log = folder.logPath
        metrics = folder.metricsPath
        samples = present(folder.samplesPath)
    }
}

extension TrainingSummary.Change {
    /// What validation measured before the first step and at the last validation; empty before the first one.
    fileprivate static func all(before: ValidationReport, history: RunHistory) -> [TrainingSummary.Change] {
        ShownMetrics.validation.compactMap { metric in
            let series = history.series.first { $0.name == metric.name && $0.split == .validation }
            guard let old = before[metric.name], let new = series?.values.last else { return nil }
            return TrainingSummary.Change(
                name: metric.label,
                unit: metric.unit,
                before: JSONNumber(old),
                after: JSONNumber(new),
                improved: metric.better.isBetter(new, than: old)
            )
        }
    }
}

extension ShownMetrics.Direction {
    /// Whether a number is better than another; `nil` when one of them is no number.
    func isBetter(_ new: Double, than old: Double) -> Bool? {
        guard new.isFinite, old.isFinite else { return nil }
        return switch self {
        case .lower: new < old
        case .higher: new > old
        case .towardsOne: abs(new - 1) < abs(old - 1)
        }
    }
}

extension RunFolder {
    /// Path of the checkpoint of the latest step, `nil` before the first.
    var newestCheckpoint: String? {
        // Names hold the step with leading zeros.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: checkpointsPath)) ?? []
        return names.filter { $0.hasSuffix(".safetensors") }.max().map { "\(checkpointsPath)/\($0)" }
    }
}

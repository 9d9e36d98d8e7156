import ArgumentParser
import Codec
import Foundation
import HealthReport
import HealthRules
import RunStore
import Training

/// `train`: a run of our own, judged while it goes on.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a codec against a discriminator, record everything, and judge the run while it goes on.",
        discussion: """
            Without arguments: the preset dac-tiny on the shipped Telugu speech, a few minutes, into runs/dac-tiny-1. \
            Every number goes into the run store as it happens, so that check, show, runs and export work at any moment. \
            Exit status: 0 finished (whatever the verdict), 1 ended by --stop-on, 2 could not go on (NaN, full disk, no data), \
            130 or 143 interrupted; --resume goes on.
            """
    )

    @OptionGroup(title: "What is trained") var recipe: HyperparameterOptions

    @Option(
        help: ArgumentHelp(
            "Folder of speech, prepared ('codec-doctor prepare') or not; the shipped Telugu speech unless given.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var dataDir: String?

    @Option(
        help: ArgumentHelp(
            "New folder for checkpoints, logs and samples; runs/NAME-NUMBER unless given.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var checkpointDir: String?

    @Option(help: ArgumentHelp("Name of the run; the preset's unless given.", valueName: "name"))
    var experimentName: String?

    @Option(
        defaultAsFlag: "",
        help: ArgumentHelp(
            "Go on with the run in a folder, exactly as if it had never stopped; --num-epochs makes it longer.",
            discussion: "Alone: the one in runs/ that was worked on last.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "Run the rules every so many steps, 0 for never; every epoch unless given.",
            valueName: "steps"
        )
    )
    var checkEvery: Int?

    @Option(help: ArgumentHelp("End the run when a check finds this: error or warning.", valueName: "severity"))
    var stopOn: StopLevel?

    @Option(
        help: ArgumentHelp(
            "Epochs between samples of decoded held-out speech, 0 for none; 5 unless given.",
            valueName: "epochs"
        )
    )
    var samplesEvery: Int?

    @Option(help: ArgumentHelp("Threads to compute with; all cores unless given.", valueName: "number"))
    var threads: Int?

    @Flag(help: "Measure the time of each phase of a step and show it at the end.")
    var profile = false

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @Flag(help: "Describe the presets, and end.")
    var listPresets = false

    @OptionGroup var price: PriceOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        if let checkEvery, checkEvery < 0 { throw ValidationError("--check-every must be 0 or more steps") }
        if let samplesEvery, samplesEvery < 0 { throw ValidationError("--samples-every must be 0 or more epochs") }
        if stopOn != nil, checkEvery == 0 {
            throw ValidationError("--stop-on needs checks, but --check-every is 0")
        }
        if let experimentName, experimentName.allSatisfy(\.isWhitespace) {
            throw ValidationError("--experiment-name must not be empty")
        }
        guard resume != nil else {
            do { _ = try recipe.configuration(name: experimentName) } catch { throw ValidationError("\(error)") }
            return
        }
        let changing =
            recipe.given.filter { $0 != "--num-epochs" } + (experimentName == nil ? [] : ["--experiment-name"])
        if let first = changing.first {
            throw ValidationError(
                "\(first) cannot change a run that has begun; leave it out with --resume, or start a new run"
            )
        }
        if let resume, !resume.isEmpty, checkpointDir != nil {
            throw ValidationError("--resume \(resume) and --checkpoint-dir both name a folder; give one")
        }
    }

    func run() throws {
        try ExitStatus.reporting {
            if listPresets { return Console.write(try PresetList.text(as: output.resolved)) }
            if let threads { Compute.threads = threads }
            let session = try self.session()
            let (summary, outcome) = try Self.finished(session)
            switch output.resolved {
            case .json: Console.write(try JSONText.render(summary) + "\n")
            case .text:
                Console.write(TrainingSummaryText(style: Console.style, width: Console.width).render(summary))
            }
            switch outcome.ending {
            case .finished: break
            case .interrupted: throw ExitCode(outcome.exitStatus)
            case .ended: throw ExitStatus.findings
            }
        }
    }

    /// Runs it; says which checkpoint is left when it fails.
    private static func finished(
        _ session: TrainingSession
    ) throws -> (summary: TrainingSummary, outcome: RunOutcome) {
        do {
            return try session.run()
        } catch let error as TrainingRunError {
            Console.error("codec-doctor: \(error)")
            if let checkpoint = session.folder.newestCheckpoint {
                Console.error("codec-doctor: the last good checkpoint is \(checkpoint)")
            }
            throw ExitStatus.couldNotRun
        }
    }

    /// Everything that may be wrong is found before anything is written.
    private func session() throws -> TrainingSession {
        var settings = TrainingSession.Settings()
        settings.checkEvery = checkEvery
        settings.stopOn = stopOn?.severity
        settings.samplesEvery = samplesEvery
        settings.isProfiled = profile
        settings.isQuiet = quiet
        settings.facts = try price.parsed()
        return try resume.map { try resumed($0, settings) } ?? started(settings)
    }

    private func started(_ settings: TrainingSession.Settings) throws -> TrainingSession {
        let configuration = try recipe.configuration(name: experimentName)
        let preset = recipe.preset ?? TrainingPreset.all[0].name
        let speech = try RunSpeech(folder: dataDir, sampleRate: configuration.generator.sampleRate)
        let place = checkpointDir ?? RunPlace.next(named: experimentName ?? preset)
        let folder = try RunFolder(place, intent: .start)
        let notes = RunNotes(preset: preset, dataDirectory: dataDir.map(Self.absolute))
        try notes.write(to: folder.path)
        return TrainingSession(
            configuration: configuration,
            notes: notes,
            speech: speech,
            folder: folder,
            store: try store.open(),
            isDefaultStore: store.store == nil,
            settings: settings
        )
    }

    private func resumed(_ given: String, _ settings: TrainingSession.Settings) throws -> TrainingSession {
        let named = given.isEmpty ? checkpointDir : given
        guard let place = named ?? RunPlace.newest() else { throw ResumeError.nothing(root: RunPlace.root) }
        guard var configuration = try RunFolder.configuration(in: place) else { throw ResumeError.noRun(path: place) }
        if let epochs = recipe.numEpochs {
            guard epochs >= configuration.epochs else {
                throw ValidationError(
                    "--num-epochs \(epochs): the run was planned for \(configuration.epochs); it can be made longer, not shorter"
                )
            }
            configuration.epochs = epochs
        }
        var notes = try RunNotes.read(from: place) ?? RunNotes(preset: configuration.name)
        if let dataDir { notes.dataDirectory = Self.absolute(dataDir) }
        let speech = try RunSpeech(folder: notes.dataDirectory, sampleRate: configuration.generator.sampleRate)
        return TrainingSession(
            configuration: configuration,
            notes: notes,
            speech: speech,
            folder: try RunFolder(place, intent: .resume),
            store: try store.open(),
            isDefaultStore: store.store == nil,
            settings: settings
        )
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }
}

/// From which severity on a check ends a run.
enum StopLevel: String, CaseIterable, ExpressibleByArgument {
    case error, warning

    var severity: Severity { self == .error ? .error : .warning }
}

/// A run that cannot be gone on with.
enum ResumeError: Error, CustomStringConvertible {
    /// There is no folder of runs here.
    case nothing(root: String)
    /// The folder holds no run.
    case noRun(path: String)

    var description: String {
        switch self {
        case .nothing(let root): "there is no run in \(root)/ to go on with; name its folder: --resume FOLDER"
        case .noRun(let path):
            "\(path) holds no run to go on with; 'codec-doctor train --checkpoint-dir \(path)' starts one"
        }
    }
}

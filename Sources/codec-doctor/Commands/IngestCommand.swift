import ArgumentParser
import Foundation
import HealthReport
import RunStore
import TrainingMetrics

/// `ingest`: read logs into the store.
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read training logs into the run store.",
        discussion: """
            Reads free text, CSV, TSV, JSON Lines, JSON documents, TensorBoard event files, offline runs of Weights & Biases, \
            and MLflow's file store and SQLite database; the format is detected. Reading a file again adds only what is \
            new in it. A folder is searched for logs, and each becomes a run; the event files of one folder are one run.
            """
    )

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"), completion: .file())
    var paths: [String]

    @OptionGroup var store: StoreOptions
    @OptionGroup var mapping: MappingOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help:
            "Read as this format instead of detecting it: \(LogFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
        completion: Completions.formats,
        transform: Self.format
    )
    var inputFormat: LogFormat?

    @Option(help: ArgumentHelp("Name of the run; only with one file.", valueName: "name"))
    var name: String?

    @Flag(help: "Show which line gives which metric and role; store nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("With --dry-run: how many samples of each metric to show.", valueName: "count"))
    var samples = 3

    func validate() throws {
        guard name == nil || paths.count == 1 else { throw ValidationError("--name goes with one file") }
        guard samples > 0 else { throw ValidationError("--samples: show at least one") }
    }

    private static func format(_ text: String) throws -> LogFormat {
        guard let format = LogFormat.allCases.first(where: { $0.rawValue == text }) else {
            let known = LogFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no format '\(text)'; formats: \(known)")
        }
        return format
    }

    func run() throws {
        try ExitStatus.reporting {
            let configuration = try mapping.load()
            let given = try configuration.facts + facts.parsed()
            let inputs = try LogFiles.inputs(paths)
            if dryRun {
                try dryRun(inputs, overrides: configuration.overrides)
                return
            }
            try IngestSession(
                store: try store.open(),
                format: inputFormat,
                name: name,
                overrides: configuration.overrides,
                facts: given,
                output: output.resolved
            ).ingest(inputs)
        }
    }

    /// Shows what every file gives. A file that was only found in a folder and is no log is passed over.
    private func dryRun(_ inputs: [LogFiles.Input], overrides: [RoleOverride]) throws {
        var shown = 0
        for input in inputs {
            var sources: [SourceGroup.Source?] = [nil]
            if case .group(let group) = input.source { sources = group.sources }
            for source in sources {
                do {
                    let reader = DryRun(source: source, format: inputFormat, overrides: overrides)
                    Console.write(try reader.text(samplesPerMetric: samples, style: Console.style))
                    shown += 1
                } catch let error as LogFormatError where input.isFound || sources.count > 1 {
                    Console.error("skipped \(source?.path ?? input.label): \(error)")
                }
            }
        }
        guard shown > 0 else {
            Console.error("codec-doctor: no log with a metric was found")
            throw ExitStatus.couldNotRun
        }
    }
}

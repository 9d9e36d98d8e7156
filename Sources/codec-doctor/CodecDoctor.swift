import ArgumentParser
import Foundation

/// The program: parses, calls a library, prints.
@main
struct CodecDoctor: ParsableCommand {
    /// Version of the program.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "codec-doctor",
        abstract: "Says what is wrong with a neural-audio-codec training run: since when, why, how sure, at what cost.",
        discussion: """
            First steps: 'codec-doctor ingest log.txt', then 'codec-doctor check --run'.
            Exit status: 0 healthy, 1 findings at or above --fail-on, 2 could not run, 64 wrong usage.
            """,
        version: version,
        subcommands: [
            AboutCommand.self, CheckCommand.self, CheckpointCommand.self, CompareCommand.self, DecodeCommand.self,
            EncodeCommand.self, EvaluateCommand.self, ExperimentCommand.self, ExplainCommand.self, ExportCommand.self,
            ForgetCommand.self, IngestCommand.self, PrepareCommand.self, ProbeCommand.self, ReportCommand.self,
            RulesCommand.self, RunsCommand.self, SelfCheckCommand.self, ShowCommand.self, TrainCommand.self,
            WatchCommand.self,
        ]
    )

    /// Runs the command named on the command line. What users typed is quoted in usage errors: control characters are escaped there too.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            guard code == .validationFailure else { exit(withError: error) }
            Console.error(fullMessage(for: error))
            Foundation.exit(code.rawValue)
        }
    }
}

import ArgumentParser
import Foundation
import HealthReport
import RunStore
import TrainingMetrics

/// `export`: every sample of a run.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write every sample of a run as CSV or JSON Lines, raw names and values."
    )

    /// A form to export in.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case csv, json
    }

    @OptionGroup var chosen: RunOption
    @OptionGroup var store: StoreOptions

    @Option(help: "csv, or json for one object a line.")
    var format: Format = .csv

    @Flag(help: "Short for --format json.")
    var json = false

    func run() throws {
        try ExitStatus.reporting {
            let store = try store.open()
            let run = try store.run(matching: chosen.reference)
            let format = json ? .json : format
            var pending = format == .csv ? SampleText.csvHeader : ""
            try store.export(run) { sample in
                pending += format == .csv ? SampleText.csv(sample) : SampleText.json(sample)
                if pending.utf8.count > 1 << 16 {
                    Console.write(pending)
                    pending = ""
                }
            }
            Console.write(pending)
        }
    }
}

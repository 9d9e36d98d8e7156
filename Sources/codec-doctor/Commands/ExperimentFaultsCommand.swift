import ArgumentParser
import Codec
import Experiments
import Foundation
import HealthReport

/// `experiment faults`: real faulted runs and real healthy ones, each diagnosed from its log.
struct ExperimentFaultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults",
        abstract:
            "Train with one fault at a time and see whether the rules find it, and with none to see that they stay silent.",
        discussion: """
            Each run is small and takes seconds to a minute; --list names them. \
            Exit status: 0 all visible faults found and no healthy run called ill, 1 otherwise, 2 could not run.
            """
    )

    @Option(help: ArgumentHelp("Only this fault or healthy variation; repeatable.", valueName: "name"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Seeds of every run, from 0.", valueName: "number"))
    var seeds = 1

    @Option(help: ArgumentHelp("Length of the runs; 1 for those the findings are documented for.", valueName: "factor"))
    var length = 1.0

    @Flag(help: "Name all faults and healthy variations, and end.")
    var list = false

    @Option(help: ArgumentHelp("Threads to compute with; all cores unless given.", valueName: "number"))
    var threads: Int?

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Write the outcomes into a file, too: a Markdown table (.md) or JSON.", valueName: "file"),
        completion: .file()
    )
    var outputFile: String?

    @Option(
        name: .customLong("logs"),
        help: ArgumentHelp("Keep the log of every run in this folder.", valueName: "folder"),
        completion: .directory
    )
    var logFolder: String?

    @Option(
        name: .customLong("judge"),
        help: ArgumentHelp("Train nothing: judge the logs kept in this folder again.", valueName: "folder"),
        completion: .directory
    )
    var judgedFolder: String?

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard (1...100).contains(seeds) else { throw ValidationError("--seeds must be 1 to 100") }
        guard length > 0, length <= 100 else { throw ValidationError("--length must be above 0 and at most 100") }
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        if logFolder != nil, judgedFolder != nil { throw ValidationError("give --logs or --judge, not both") }
        let known = FaultPlan.names
        for name in only where !known.contains(name) {
            throw ValidationError(
                "there is no fault or variation '\(name)'; there are \(known.joined(separator: ", "))"
            )
        }
    }

    func run() throws {
        try ExitStatus.reporting {
            if list { return Console.write(try FaultPlan.list(as: output.resolved)) }
            if let threads { Compute.threads = threads }
            if let outputFile { try OutputFolder.check(outputFile) }
            let plan = FaultPlan(only: only, seeds: seeds)
            let logs = judgedFolder.map(FaultLogs.judged) ?? logFolder.map(FaultLogs.kept) ?? .none
            let matrix = try FaultMatrix(length: length, logs: logs)
            var (faults, healthy): ([FaultOutcome], [FaultOutcome]) = ([], [])
            for (index, item) in plan.items.enumerated() {
                let bar = ProgressBar(label: item.name)
                let outcome = try item.run(matrix) { share in
                    bar.show((Double(index) + share) / Double(plan.items.count))
                }
                bar.clear()
                if item.isHealthy { healthy.append(outcome) } else { faults.append(outcome) }
                Console.error("\(index + 1)/\(plan.items.count) \(FaultPlan.line(outcome))")
            }
            let table = FaultMatrixTable(faults: faults, healthy: healthy)
            let json = try JSONText.render(faults + healthy) + "\n"
            if let outputFile {
                let text = outputFile.hasSuffix(".md") ? table.markdown : json
                try Data(text.utf8).write(to: URL(filePath: outputFile))
            }
            Console.write(output.resolved == .json ? json : table.text)
            let isWrong = (faults + healthy).contains { $0.verdict == .missed || $0.verdict == .falseAlarm }
            if isWrong { throw ExitStatus.findings }
        }
    }
}

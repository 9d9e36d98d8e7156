import ArgumentParser
import Codec
import Experiments
import Foundation
import HealthReport

/// `experiment origin`: which change removes which symptom of the run this tool was made for.
struct ExperimentOriginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "origin",
        abstract:
            "Train the origin's failing run, its proposed repair and the cells between, and say what removed what.",
        discussion: """
            All cells get the same speech, seeds and steps. At an eighth of the origin's widths it takes minutes; --full takes \
            the origin's own sizes and hours. Cells: \(OriginCell.all.map(\.name).joined(separator: ", ")). \
            Exit status: 0 measured, 2 could not run.
            """
    )

    @Flag(help: "The origin's own sizes: hours.")
    var full = false

    @Option(help: ArgumentHelp("Size of the runs, above 0 to 1; 0.125 unless given.", valueName: "factor"))
    var scale: Double?

    @Option(help: ArgumentHelp("Seeds of every cell, from 0.", valueName: "number"))
    var seeds = 1

    @Option(help: ArgumentHelp("Epochs of every run; the 10 of the origin's log unless given.", valueName: "number"))
    var epochs: Int?

    @Option(help: ArgumentHelp("Only this cell; repeatable.", valueName: "cell"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Threads to compute with; all cores unless given.", valueName: "number"))
    var threads: Int?

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp(
            "Write the result into a file, too: Markdown with every epoch (.md) or JSON.",
            valueName: "file"
        ),
        completion: .file()
    )
    var outputFile: String?

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard (1...100).contains(seeds) else { throw ValidationError("--seeds must be 1 to 100") }
        if full, scale != nil { throw ValidationError("--full is --scale 1; give one of the two") }
        if let scale, !(scale > 0 && scale <= 1) { throw ValidationError("--scale must be above 0 and at most 1") }
        if let epochs, !(1...10_000).contains(epochs) { throw ValidationError("--epochs must be 1 to 10000") }
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        for name in only where OriginCell.named(name) == nil {
            let known = OriginCell.all.map(\.name).joined(separator: ", ")
            throw ValidationError("there is no cell '\(name)'; there are \(known)")
        }
    }

    func run() throws {
        try ExitStatus.reporting {
            if let threads { Compute.threads = threads }
            if let outputFile { try OutputFolder.check(outputFile) }
            let experiment = try OriginExperiment(
                scale: full ? 1 : scale ?? OriginExperiment.reducedScale,
                epochs: epochs ?? OriginExperiment.loggedEpochs
            )
            let cells = OriginCell.all.filter { only.isEmpty || only.contains($0.name) }
            let bar = ProgressBar(label: "experiment")
            defer { bar.clear() }
            var runsSaid = -1
            let result = try experiment.run(cells: cells, seeds: seeds) { progress in
                if progress.runsDone != runsSaid {
                    runsSaid = progress.runsDone
                    bar.clear()
                    Console.error("\(runsSaid + 1)/\(progress.runs) \(progress.cell.name), seed \(progress.seed)")
                }
                bar.show(progress.total)
            }
            bar.clear()
            let json = try JSONText.render(result) + "\n"
            if let outputFile {
                let text = outputFile.hasSuffix(".md") ? result.markdown : json
                try Data(text.utf8).write(to: URL(filePath: outputFile))
            }
            Console.write(output.resolved == .json ? json : result.text)
        }
    }
}

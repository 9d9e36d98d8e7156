import ArgumentParser
import Foundation
import HealthReport
import RunStore

/// `runs`: what the store holds.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "runs", abstract: "List the runs in the store.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try ExitStatus.reporting {
            let runs = try store.open().runs()
            guard output.resolved == .text else {
                Console.write(try JSONText.render(runs.map(EncodedRun.init)) + "\n")
                return
            }
            guard !runs.isEmpty else {
                Console.write("The store is empty. Begin with: codec-doctor ingest log.txt\n")
                return
            }
            var table = TextTable([
                ("run", .right), ("name", .left), ("epochs", .right), ("steps", .right), ("metrics", .right),
                ("samples", .right), ("updated", .left), ("source", .left),
            ])
            for run in runs {
                table.append([
                    String(run.id), TerminalText.escaped(run.name, width: 40),
                    run.lastEpoch.map { NumberText.position($0) } ?? "", run.lastStep.map { String($0) } ?? "",
                    String(run.metricCount), String(run.sampleCount),
                    String(run.updatedAt.prefix(16)).replacing("T", with: " "),
                    TerminalText.escaped(run.sources.joined(separator: ", "), width: 60),
                ])
            }
            Console.write(table.lines(style: Console.style).joined(separator: "\n") + "\n")
        }
    }
}

/// A run as JSON.
struct EncodedRun: Encodable {
    let id: Int64
    let name: String
    let createdAt: String
    let updatedAt: String
    let metrics: Int
    let samples: Int
    let lastStep: Int64?
    let lastEpoch: Double?
    let sources: [String]

    init(_ run: RunRecord) {
        id = run.id
        name = run.name
        createdAt = run.createdAt
        updatedAt = run.updatedAt
        metrics = run.metricCount
        samples = run.sampleCount
        lastStep = run.lastStep
        lastEpoch = run.lastEpoch
        sources = run.sources
    }
}

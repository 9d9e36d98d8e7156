import ArgumentParser
import Codec
import Probe

/// What every probe can be told.
struct ProbeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "number"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Threads to compute with; all cores unless given.", valueName: "number"))
    var threads: Int?

    @OptionGroup var saving: SavingOptions
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    }

    /// Measures with these settings, writes the result, keeps it if wished, and ends with status 1 when something is broken.
    func run(_ label: String, _ measure: (_ progress: @escaping (Double) -> Void) throws -> ProbeReport) throws {
        try ExitStatus.reporting {
            if let threads { Compute.threads = threads }
            let target = try saving.target()
            let bar = ProgressBar(label: label)
            defer { bar.clear() }
            let report = try measure(bar.show)
            bar.clear()
            switch output.resolved {
            case .json: Console.write(try report.json(pretty: true) + "\n")
            case .text: Console.write(ProbePage(style: Console.style, width: Console.width).render(report))
            }
            try target?.save(report)
            if report.isFinding { throw ExitStatus.findings }
        }
    }
}

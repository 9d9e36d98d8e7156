import ArgumentParser
import Codec
import Foundation
import HealthReport

/// `evaluate`: how far decoded audio is from its original.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure decoded audio against its original, for a pair of files or of folders.",
        discussion: """
            SNR and SI-SDR as they are and after undoing the delay, delay, level, correlation, mel and STFT distance, \
            loudness. Files of two folders are paired by relative path, extensions aside.
            """
    )

    @Argument(help: "The original file, or a folder.", completion: .file())
    var reference: String

    @Argument(help: "The decoded file, or a folder.", completion: .file())
    var degraded: String

    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Look for delays up to this; 100 unless given.", valueName: "ms"))
    var maximumDelay = 100.0

    @Option(help: ArgumentHelp("Threads to compute with; all cores unless given.", valueName: "number"))
    var threads: Int?

    mutating func validate() throws {
        guard (0...10_000).contains(maximumDelay) else {
            throw ValidationError("--maximum-delay must be 0 to 10000 ms")
        }
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    }

    func run() throws {
        try ExitStatus.reporting {
            if let threads { Compute.threads = threads }
            let pairing = try FilePairing(reference: reference, degraded: degraded)
            var failures = pairing.ambiguous.count
            for (one, other) in pairing.ambiguous {
                Console.error("codec-doctor: \(one) and \(other) differ only in their extension and are left out")
            }
            for name in pairing.unpaired { Console.error("codec-doctor: \(name) has no counterpart and is left out") }
            let bar = ProgressBar(label: "evaluating")
            defer { bar.clear() }
            var rows: [EvaluationReport.Row] = []
            for (index, pair) in pairing.pairs.enumerated() {
                do {
                    let delay = try DelayRange.samples(maximumDelay, in: AudioFileReader(pair.reference))
                    let evaluation = try AudioEvaluation(
                        reference: pair.reference,
                        degraded: pair.degraded,
                        maximumDelay: delay
                    ) { bar.show((Double(index) + $0) / Double(pairing.pairs.count)) }
                    rows.append(EvaluationReport.Row(pair.name, evaluation))
                } catch  where pairing.isFolders {
                    // One unreadable file must not hide what the others say.
                    bar.clear()
                    failures += 1
                    Console.error("codec-doctor: \(error)")
                }
            }
            bar.clear()
            Console.write(
                try EvaluationReport(rows: rows, failed: failures).text(output.resolved, isTable: pairing.isFolders)
            )
            if failures > 0 { throw ExitStatus.couldNotRun }
        }
    }
}

import ArgumentParser
import Codec
import HealthReport

/// `checkpoint`: what is in a weights file.
struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "List a checkpoint's tensors, shapes, norms and non-finite values, and say which architecture it is.",
        discussion: """
            Reads safetensors, PyTorch .pth and .pt (zip and older) and .npz. A pickle is read as data and never run. \
            Exit status 1 when a tensor holds NaN or infinite values.
            """
    )

    @Argument(help: "The checkpoint file.", completion: .file())
    var file: String

    @OptionGroup var output: OutputOptions

    @Flag(help: "Only the architecture and totals, no list of tensors.")
    var summary = false

    func run() throws {
        try ExitStatus.reporting {
            let bar = ProgressBar(label: "reading")
            defer { bar.clear() }
            let inspection = try Checkpoint.open(file).inspect(progress: bar.show)
            bar.clear()
            Console.write(try CheckpointReport(inspection, listsTensors: !summary).text(output.resolved))
            if !inspection.nonFiniteTensors.isEmpty { throw ExitStatus.findings }
        }
    }
}

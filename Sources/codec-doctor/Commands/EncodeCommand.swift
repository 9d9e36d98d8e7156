import ArgumentParser
import Codec
import Foundation
import HealthReport

/// `encode`: audio to codes.
struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Turn an audio file into a codec's codes.",
        discussion: """
            WAV, FLAC, OGG and MP3 are read, at any rate and with any number of channels. '.dac' files are those of the \
            dac package (DAC models only), '.npz' files open with numpy.load. Memory grows by the codes alone.
            """
    )

    @Argument(help: "The audio file.", completion: .file())
    var input: String

    @Argument(help: "The file to write: .dac or .npz.", completion: .file())
    var output: String

    @OptionGroup var codec: CodecOptions
    @OptionGroup var format: OutputOptions

    @Option(help: ArgumentHelp("Use only the first so many codebooks.", valueName: "number"))
    var codebooks: Int?

    @Option(
        help: ArgumentHelp(
            "Seconds coded at a time, 0 for the whole file at once; 1 for DAC, 10 for others.",
            valueName: "seconds"
        )
    )
    var window: Double?

    mutating func validate() throws {
        if let codebooks, codebooks < 1 { throw ValidationError("--codebooks must be at least 1") }
        if let window, !(window >= 0) { throw ValidationError("--window must be 0 or more seconds") }
        _ = try CodeFileFormat(path: output)
    }

    func run() throws {
        try ExitStatus.reporting {
            let target = try CodeFileFormat(path: output)
            try OutputFolder.check(output)
            let model = try codec.load()
            guard target == .npz || model.codec is DAC else {
                throw CodeFileFormat.Problem.onlyDAC(path: output, title: model.title)
            }
            var coder = AudioFileCoder(model.codec)
            coder.codebooks = codebooks
            if let window { coder.window = window > 0 ? window : .infinity }
            let bar = ProgressBar(label: "encoding")
            defer { bar.clear() }
            let file = try coder.encode(input, progress: bar.show)
            try target.write(file, to: output)
            bar.clear()
            if model.codec is DAC, file.inputLoudness.contains(where: \.isNaN) {
                Console.error("codec-doctor: the audio holds NaN; its loudness and so all its codes mean nothing")
            }
            let report = EncodingReport(file, model: model, path: output)
            Console.write(try report.text(format.resolved))
        }
    }
}

import ArgumentParser
import Codec
import HealthReport

/// `decode`: codes to audio.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Turn a codec's codes back into an audio file.",
        discussion: """
            Reads '.dac' files of the dac package and '.npz' files of 'codec-doctor encode'; give the model that made \
            them. The extension of the output names its format: .wav, .flac, .ogg or .mp3.
            """
    )

    @Argument(help: "The codes: .dac or .npz.", completion: .file())
    var input: String

    @Argument(help: "The audio file to write.", completion: .file())
    var output: String

    @OptionGroup var codec: CodecOptions

    @Flag(help: "Write samples of a WAV file as 32-bit floats instead of 16-bit integers.")
    var float = false

    func run() throws {
        try ExitStatus.reporting {
            let file = try CodeFileFormat(path: input).read(input)
            let format = float ? AudioFileFormat(path: output, encoding: .float32) : nil
            let model = try codec.load()
            let bar = ProgressBar(label: "decoding")
            defer { bar.clear() }
            let clipped = try AudioFileCoder(model.codec).decode(file, to: output, format: format, progress: bar.show)
            bar.clear()
            if clipped > 0 {
                Console.error(
                    "codec-doctor: \(clipped) samples were beyond full scale and were clipped; --float keeps them"
                )
            }
            let seconds = Double(file.originalLength) / Double(file.sampleRate)
            Console.write(
                "\(TerminalText.escaped(output)): \(NumberText.short(seconds)) s, \(file.sampleRate) Hz, \(file.channelCount) channel(s)\n"
            )
        }
    }
}

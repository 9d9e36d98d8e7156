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

    mutating func validate() throws {
        _ = try CodeFileFormat(path: input)
        guard let format = AudioFileFormat(path: output) else {
            throw ValidationError("'\(TerminalText.escaped(output))' must end in .wav, .flac, .ogg or .mp3")
        }
        if float, case .wav = format { return }
        if float { throw ValidationError("--float is for .wav files") }
    }

    func run() throws {
        try ExitStatus.reporting {
            let file = try CodeFileFormat(path: input).read(input)
            let format = float ? AudioFileFormat(path: output, encoding: .float32) : nil
            let model = try codec.load()
            let bar = ProgressBar(label: "decoding")
            defer { bar.clear() }
            let lost = try AudioFileCoder(model.codec).decode(file, to: output, format: format, progress: bar.show)
            bar.clear()
            let advice = "; .wav with --float keeps them"
            if lost.nan > 0 {
                Console.error("codec-doctor: \(lost.nan) samples were NaN and were written as 0\(advice)")
            }
            if lost.clipped > 0 {
                Console.error("codec-doctor: \(lost.clipped) samples were beyond full scale and were clipped\(advice)")
            }
            let seconds = Double(file.originalLength) / Double(file.sampleRate)
            Console.write(
                "\(TerminalText.escaped(output)): \(NumberText.short(seconds)) s, \(file.sampleRate) Hz, \(file.channelCount) channel(s)\n"
            )
        }
    }
}

import ArgumentParser
import Codec
import Probe
import SpeechData

/// Which speech a probe uses.
struct SpeechOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Speech to use: a file, or a folder of them; shipped Telugu speech unless given.",
            valueName: "path"
        ),
        completion: .file()
    )
    var audio: String?

    /// The speech.
    func signals() throws -> [AudioSignal] {
        try audio.map { try SpeechFiles.read($0) } ?? ShippedSpeech.signals()
    }
}

import ArgumentParser
import Codec
import HealthReport
import SpeechData
import Synchronization

/// `prepare`: folders of recordings to data to train on.
struct PrepareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Make training data from folders of recordings.",
        discussion: """
            WAV, FLAC, OGG, Opus and MP3 are read, also in subfolders, and written as mono files of one rate and level in \
            a folder per speaker, with manifest.json. Inputs are never changed. Run it again after an interruption, or \
            when recordings were added or changed: only what is needed is done.
            """
    )

    @Argument(help: "Folders of recordings, or recordings.", completion: .file())
    var inputs: [String]

    @Option(help: ArgumentHelp("The folder to write: new, empty, or prepared before.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("Hz of what is written.", valueName: "hz"))
    var sampleRate = 16_000

    @Option(
        help: ArgumentHelp(
            "origin (RMS 0.158, -16 dBFS), rms:DBFS, lufs:LUFS such as lufs:-23, or none.",
            valueName: "level"
        ),
        transform: { text in
            guard let level = SpeechLevel(text) else {
                throw ValidationError("use origin, none, rms:-16 or lufs:-23")
            }
            return level
        }
    )
    var level = SpeechLevel.origin

    @Flag(inversion: .prefixedNo, help: "Cut silence off at both ends.")
    var trim = true

    @Option(help: ArgumentHelp("Silence is so many dB below the loudest 20 ms.", valueName: "dB"))
    var trimThreshold = SilenceTrim().threshold

    @Option(
        help: ArgumentHelp("Cut recordings into segments of this length; whole unless given.", valueName: "seconds")
    )
    var segment: Double?

    @Option(help: ArgumentHelp("Drop recordings and last segments shorter than this.", valueName: "seconds"))
    var minimum = 0.5

    @Option(
        help: ArgumentHelp(
            "Where a speaker's name is: folder (the first below the input), parent (the file's own), prefix (of the name).",
            valueName: "place"
        ),
        transform: { try choice($0) }
    )
    var speakerFrom: PreparationOptions.SpeakerSource = .folder

    @Option(help: ArgumentHelp("Share of recordings held out for validation.", valueName: "share"))
    var validationShare = 0.1

    @Option(help: "Decides which recordings are held out.")
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp("Form of the files: wav or flac, 16 bits.", valueName: "form"),
        transform: { try choice($0) }
    )
    var format: PreparationOptions.FileFormat = .wav

    @Flag(help: "Write the result as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Threads to work with; all cores unless given.", valueName: "number"))
    var threads: Int?

    mutating func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        do { try options.validate() } catch { throw ValidationError("\(error)") }
    }

    func run() throws {
        try ExitStatus.reporting {
            if let threads { Compute.threads = threads }
            // Files are prepared on several threads; one at a time draws.
            let bar = Mutex(ProgressBar(label: "preparing"))
            defer { bar.withLock { $0.clear() } }
            let preparation = SpeechPreparation(inputs: inputs, output: output, options: options)
            let result = try preparation.run { share in bar.withLock { $0.show(share) } }
            bar.withLock { $0.clear() }
            let report = PreparationReport(result, output: output)
            Console.write(json ? try JSONText.render(report) + "\n" : report.text)
            guard report.files > 0 else {
                Console.error("codec-doctor: no recording can be used; the reasons are above")
                throw ExitStatus.couldNotRun
            }
        }
    }

    private var options: PreparationOptions {
        var options = PreparationOptions()
        options.sampleRate = sampleRate
        options.level = level
        options.trim = trim ? SilenceTrim(threshold: trimThreshold) : nil
        options.segment = segment
        options.minimum = minimum
        options.format = format
        options.speaker = speakerFrom
        options.validationShare = validationShare
        options.seed = seed
        return options
    }

    /// The value of this name; an error lists the valid ones.
    private static func choice<Value: CaseIterable & RawRepresentable>(_ text: String) throws -> Value
    where Value.RawValue == String {
        guard let value = Value(rawValue: text) else {
            throw ValidationError("use " + Value.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }
}

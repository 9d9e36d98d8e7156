import ArgumentParser
import Codec
import Probe
import TrainingMetrics

/// `probe codec`: what a generator passes on.
struct ProbeCodecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codec",
        abstract: "Measure a codec: bits really carried, codebook usage, rank of its latents, gains, what comes back.",
        discussion: """
            --model is a checkpoint file, or a preset with random weights: \
            \(CodecModel.presets.map(\.name).joined(separator: ", ")). \
            Exit status: 0 measured, 1 the weights hold NaN, 2 could not run.
            """
    )

    @Option(help: ArgumentHelp("A checkpoint file or a preset.", valueName: "name"), completion: .file())
    var model = "telugu"

    @OptionGroup var speech: SpeechOptions

    @Option(help: ArgumentHelp("Sample rate of a checkpoint that does not tell it.", valueName: "Hz"))
    var sampleRate: Int?

    @OptionGroup var options: ProbeOptions

    mutating func validate() throws {
        if let sampleRate, sampleRate < 1 { throw ValidationError("--sample-rate must be at least 1 Hz") }
    }

    func run() throws {
        try options.run("probing") { progress in
            let begun = ContinuousClock.now
            let loaded = try CodecModel.load(model, seed: options.seed, sampleRate: sampleRate)
            progress(0.1)
            var weights = ProbeEvidence.Weights.trained
            if case .random = loaded.weights { weights = .initial }
            var report = ProbeReport(kind: .codec, seed: options.seed)
            report.codec = try CodecProbe.report(
                of: loaded.codec,
                name: loaded.title,
                weights: weights,
                audio: try speech.signals(),
                seed: options.seed
            )
            if weights == .initial {
                report.unmeasured = [
                    "what training made of it: its weights are random; give a checkpoint with --model FILE"
                ]
            }
            report.answer = (report.codec?.answer ?? []).map(ReportText.sentence)
            report.seconds = (ContinuousClock.now - begun) / .seconds(1)
            return report
        }
    }
}

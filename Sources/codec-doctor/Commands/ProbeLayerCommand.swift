import ArgumentParser
import Probe
import SpeechData
import TrainingMetrics

/// `probe layer`: what one layer can reproduce.
struct ProbeLayerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layer",
        abstract: "Measure what one layer can reproduce, and what its groups cost: conv1d 1024 1024 k41 s4 g256",
        discussion: "Exit status: 0 measured, 2 could not run, 64 a layer that cannot be."
    )

    @Argument(help: "The layer, as one word or several: conv1d IN OUT kTAPS sSTRIDE gGROUPS.")
    var layer: [String]

    @Option(help: ArgumentHelp("At most so long; 8 unless given.", valueName: "seconds"))
    var seconds = 8.0

    @OptionGroup var options: ProbeOptions

    mutating func validate() throws {
        guard (1...86_400).contains(seconds) else { throw ValidationError("--seconds must be 1 to 86400") }
        do {
            _ = try LayerText.parse(layer.joined(separator: " "))
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        try options.run("probing") { progress in
            let begun = ContinuousClock.now
            let description = try LayerText.parse(layer.joined(separator: " "))
            var report = ProbeReport(kind: .layer, seed: options.seed)
            report.capacities = [
                LayerCapacityProbe.report(
                    of: description,
                    seconds: seconds,
                    seed: options.seed,
                    audio: try ShippedSpeech.signals()
                )
            ]
            report.answer = LayerAnswer.sentences(of: report.capacities[0], layer: description)
            report.seconds = (ContinuousClock.now - begun) / .seconds(1)
            return report
        }
    }
}

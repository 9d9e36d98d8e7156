import ArgumentParser
import Codec
import Foundation
import Probe

/// `probe discriminator`: how large it is, what its groups take away, and whether it learns.
struct ProbeDiscriminatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discriminator",
        abstract:
            "Measure whether a discriminator can learn, and what its groups, gains and weights have to do with it.",
        discussion: """
            Without a net: the origin's grouped net against DAC's, on shipped Telugu speech, within a minute. \
            The first net named is the one in question, others stand beside it. \
            Nets: \(DiscriminatorCatalogue.entries.map(\.name).joined(separator: ", ")). \
            Exit status: 0 measured, 1 the net in question is unable to learn or its weights hold NaN, 2 could not run.
            """
    )

    @Option(help: ArgumentHelp("A known net; repeatable.", valueName: "name"))
    var arch: [String] = []

    @Option(
        help: ArgumentHelp("A net described in YAML (docs/probe.md); repeatable.", valueName: "file"),
        completion: .file()
    )
    var config: [String] = []

    @Option(
        help: ArgumentHelp(
            "A net with trained weights: .pth, .pt, .safetensors or .npz; layers are inferred from shapes; repeatable.",
            valueName: "file"
        ),
        completion: .file()
    )
    var checkpoint: [String] = []

    @Option(help: ArgumentHelp("A known net to compare with; repeatable.", valueName: "name"))
    var against: [String] = []

    @OptionGroup var speech: SpeechOptions

    @Flag(name: .customLong("static"), help: "Only what needs no forward pass: shapes, mixing, stored weights.")
    var isStatic = false

    @Option(help: ArgumentHelp("Time for the whole probe; 50 unless given.", valueName: "seconds"))
    var seconds: Double?

    @Option(help: ArgumentHelp("Steps to train for; as many as fit the time unless given.", valueName: "number"))
    var steps: Int?

    @Option(help: ArgumentHelp("The adversarial loss: \(AdversarialFamily.names).", valueName: "loss"))
    var loss = AdversarialFamily.hinge

    @Option(help: ArgumentHelp("Step size of AdamW.", valueName: "number"))
    var learningRate: Float?

    @Option(
        help: ArgumentHelp(
            "Sample rate of the audio the nets take; 16000, or the file's, unless given.",
            valueName: "Hz"
        )
    )
    var sampleRate: Int?

    @Option(help: ArgumentHelp("Write a known net as YAML to begin your own from, and end.", valueName: "name"))
    var printConfig: String?

    @OptionGroup var options: ProbeOptions

    mutating func validate() throws {
        if let seconds, !(5...86_400).contains(seconds) { throw ValidationError("--seconds must be 5 to 86400") }
        if let steps, !(1...1_000_000).contains(steps) { throw ValidationError("--steps must be 1 to 1000000") }
        if let learningRate, !(learningRate > 0 && learningRate <= 1) {
            throw ValidationError("--learning-rate must be above 0 and at most 1")
        }
        if let sampleRate, !(1000...1_000_000).contains(sampleRate) {
            throw ValidationError("--sample-rate must be 1000 to 1000000 Hz")
        }
        for name in arch + against + [printConfig].compactMap({ $0 }) { _ = try KnownDiscriminator.entry(name) }
    }

    func run() throws {
        if let printConfig {
            let entry = try KnownDiscriminator.entry(printConfig)
            let rate = sampleRate ?? DiscriminatorConfiguration.defaultSampleRate
            return Console.write(DiscriminatorConfiguration.yaml(of: entry.make(rate)))
        }
        try options.run("probing") { progress in
            var settings = DiscriminatorProbe.Options()
            settings.seed = options.seed
            settings.isStatic = isStatic
            settings.seconds = seconds ?? settings.seconds
            settings.steps = steps
            settings.family = loss.family
            settings.learningRate = learningRate
            let subjects = try ProbeSubjects(
                configurations: config,
                checkpoints: checkpoint,
                names: arch,
                against: against,
                sampleRate: sampleRate
            ).all()
            return try DiscriminatorProbe.report(
                of: subjects,
                options: settings,
                audio: speech.signals,
                progress: progress
            )
        }
    }
}

import ArgumentParser
import Codec

/// Which codec to use, and how.
struct CodecOptions: ParsableArguments {
    @Option(
        help: """
            A checkpoint file, or a preset with random weights: \(CodecModel.presets.map(\.name).joined(separator: ", ")).
            """
    )
    var model = "dac-44khz"

    @Option(help: ArgumentHelp("Seed of a preset's random weights.", valueName: "number"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Sample rate of a checkpoint that does not tell it.", valueName: "Hz"))
    var sampleRate: Int?

    @Option(help: ArgumentHelp("Threads to compute with; all cores unless given.", valueName: "number"))
    var threads: Int?

    mutating func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        if let sampleRate, sampleRate < 1 { throw ValidationError("--sample-rate must be at least 1 Hz") }
    }

    /// The codec; says on standard error when its weights are random.
    func load() throws -> CodecModel {
        if let threads { Compute.threads = threads }
        let loaded = try CodecModel.load(model, seed: seed, sampleRate: sampleRate)
        if case .random(let seed) = loaded.weights {
            Console.error(
                """
                codec-doctor: \(loaded.title), with RANDOM weights (seed \(seed)): decoded audio will be noise. \
                Give a trained checkpoint with --model FILE.
                """
            )
        }
        if case .checkpoint(let path) = loaded.weights {
            let broken = loaded.codec.nonFiniteTensors
            if let first = broken.first {
                Console.error(
                    "codec-doctor: \(path): \(broken.count) tensor(s) hold NaN or infinity (\(first), …): codes and audio mean nothing"
                )
            }
        }
        return loaded
    }
}

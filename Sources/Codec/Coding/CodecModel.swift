import Foundation

/// A codec ready to use, and where its weights come from.
public struct CodecModel {
    /// Where weights come from.
    public enum Weights: Hashable, Sendable {
        /// Drawn at random: the codec works, but what it decodes is noise.
        case random(seed: UInt64)
        /// Read from the file at `path`.
        case checkpoint(path: String)
    }

    /// A codec that can be made without a checkpoint.
    public struct Preset: Sendable {
        /// What it is called on the command line.
        public let name: String
        /// What it is, for people.
        public let summary: String
        fileprivate let make: @Sendable (inout RandomSource) -> any NeuralCodec
    }

    /// The codec.
    public let codec: any NeuralCodec
    /// What it is, for people.
    public let title: String
    /// Where its weights come from.
    public let weights: Weights

    /// Every preset, in the order to list them.
    public static let presets: [Preset] = [
        dac("dac-16khz", "DAC, 16 kHz, 6 kbit/s", .dac16kHz),
        dac("dac-24khz", "DAC, 24 kHz, 24 kbit/s", .dac24kHz),
        dac("dac-44khz", "DAC, 44.1 kHz, 8 kbit/s", .dac44kHz),
        dac("dac-44khz-16kbps", "DAC, 44.1 kHz, 16 kbit/s", .dac44kHz16kbps),
        dac("dac-tiny", "a small DAC to try things out with, 16 kHz", small),
        Preset(name: "encodec-24khz", summary: "EnCodec, 24 kHz, 24 kbit/s") {
            var configuration = EnCodecConfiguration.encodec24kHz
            // Without training there is nothing to start codebooks from but chance.
            configuration.quantizer.kMeansIterations = nil
            return EnCodec(configuration: configuration, using: &$0)
        },
        Preset(name: "telugu", summary: "the codec of the origin's run, 16 kHz") {
            TeluguCodec(configuration: TeluguCodecConfiguration(), using: &$0)
        },
    ]

    /// The preset of this name with random weights, or else the model in the checkpoint file at this path.
    ///
    /// `sampleRate` in Hz is needed only for checkpoints that do not tell it. Throws ``CodecModelError`` when the name is neither,
    /// and what reading the checkpoint throws.
    public static func load(_ name: String, seed: UInt64 = 0, sampleRate: Int? = nil) throws -> CodecModel {
        if let preset = presets.first(where: { $0.name == name }) {
            var random = RandomSource(seed: seed)
            return CodecModel(codec: preset.make(&random), title: preset.summary, weights: .random(seed: seed))
        }
        guard FileManager.default.fileExists(atPath: name) else { throw CodecModelError.unknown(name) }
        let checkpoint = try Checkpoint.open(name)
        let model = try checkpoint.model.nativelyNamed
        let architecture = ArchitectureRecognizer.recognize(model, hints: checkpoint.hints)
        let codec: any NeuralCodec
        switch architecture.kind {
        case .dac: codec = try DAC(checkpoint: checkpoint, sampleRate: sampleRate)
        case .encodec: codec = try EnCodec(checkpoint: checkpoint, sampleRate: sampleRate)
        case .telugu: codec = try TeluguCodec(checkpoint: checkpoint, sampleRate: sampleRate)
        default: throw CodecModelError.notACodec(path: name, title: architecture.title)
        }
        return CodecModel(codec: codec, title: architecture.title, weights: .checkpoint(path: name))
    }

    /// The 16 kHz model's frame rate and codebooks with a hundredth of its parameters.
    private static let small = DACConfiguration(
        encoderDimension: 8,
        encoderRates: [2, 4, 5, 8],
        decoderDimension: 128,
        decoderRates: [8, 5, 4, 2],
        codebookCount: 12,
        sampleRate: 16_000
    )

    private static func dac(_ name: String, _ summary: String, _ configuration: DACConfiguration) -> Preset {
        Preset(name: name, summary: summary) { DAC(configuration: configuration, using: &$0) }
    }
}

/// Why no codec could be made.
public enum CodecModelError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither a preset nor a file.
    case unknown(String)
    /// A checkpoint of something else.
    case notACodec(path: String, title: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .unknown(let name):
            "there is no checkpoint file '\(name)' and no preset of that name; presets are "
                + CodecModel.presets.map(\.name).joined(separator: ", ")
        case .notACodec(let path, let title):
            "\(path) holds no codec that can be run here; it is \(title)"
        }
    }
}

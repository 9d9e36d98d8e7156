import Codec
import HealthRules
import Training

extension FaultCatalogue {
    /// Faults between the decoder and whoever listens: validation gets another signal than the losses.
    static let signal: [FaultCase] = [
        .intervention(
            "polarity-flipped",
            "Decoded audio is negated before it is evaluated.",
            .caught(rules: ["SIG004"], cause: ["sign is turned"])
        ) { $0.validationDecoded = { audio in -audio } },
        .intervention(
            "one-sample-delay",
            "Decoded audio is evaluated one sample late.",
            .caught(rules: ["SIG012"], cause: ["delay"])
        ) { $0.validationDecoded = { audio in delayed(audio, by: 1) } },
        .intervention(
            "eight-sample-delay",
            "Decoded audio is evaluated eight samples late.",
            .caught(rules: ["SIG012"], cause: ["delay"])
        ) { $0.validationDecoded = { audio in delayed(audio, by: 8) } },
        .intervention(
            "gain-x0.1",
            "Decoded audio is multiplied by 0.1 before it is evaluated.",
            .caught(rules: ["SIG005"], cause: ["gain is applied on one side"])
        ) { $0.validationDecoded = { audio in audio * 0.1 } },
        .intervention(
            "dc-offset",
            "0.05 of full scale is added to decoded audio before it is evaluated.",
            .caught(rules: ["SIG009"], cause: ["offset"])
        ) { $0.validationDecoded = { audio in audio + 0.05 } },
        .intervention(
            "validation-in-training-mode",
            "Validation leaves the networks in training mode, so that quantiser dropout acts in it.",
            .caught(rules: ["SIG013"], cause: ["training mode"])
        ) { $0.validatesInTrainingMode = true },
    ]

    /// Audio `[1, 1, T]` behind `samples` zeros, of the same length.
    private static func delayed(_ audio: Tensor, by samples: Int) -> Tensor {
        audio.padded(left: samples, right: 0).sliced(dimension: 2, range: 0..<audio.shape[2])
    }
}

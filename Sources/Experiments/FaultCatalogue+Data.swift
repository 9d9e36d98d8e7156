import Codec
import HealthRules
import Training

extension FaultCatalogue {
    /// Faults of the audio that is trained on.
    static let data: [FaultCase] = [
        .intervention(
            "silent-data",
            "Every training batch is digital silence.",
            .caught(rules: ["RUN005"], cause: ["silent"])
        ) { $0.batch = { audio, _ in same(audio * 0) } },
        .intervention(
            "clipped-data",
            "Training audio is 30 dB too loud and clipped at full scale.",
            .caught(rules: ["RUN005"], cause: ["clipped"])
        ) { $0.batch = { audio, _ in same((audio * 31.6).clamped(min: -1, max: 1)) } },
        .intervention(
            "wrong-sample-rate",
            "Training audio has half the configured sample rate: every second sample is left out.",
            .invisible(metric: "the sample rate of every file, beside the configured one")
        ) {
            $0.batch = { audio, _ in
                let (batch, length) = (audio.shape[0], audio.shape[2])
                let values = audio.values
                let half = (0..<batch).flatMap { item in
                    (0..<length).map { values[item * length + (2 * $0) % length] }
                }
                return same(Tensor(half, shape: audio.shape))
            }
        },
        .intervention(
            "nan-batch",
            "One sample of the batch of step 51 is NaN.",
            .caught(rules: ["OPT001"], cause: ["batch of the training data"])
        ) {
            $0.batch = { audio, step in
                guard step == 50 else { return same(audio) }
                var values = audio.values
                values[values.count / 2] = .nan
                return same(Tensor(values, shape: audio.shape))
            }
        },
    ]

    private static func same(_ audio: Tensor) -> (input: Tensor, target: Tensor) { (audio, audio) }
}

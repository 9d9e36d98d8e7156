import Codec
import HealthRules
import Training

extension FaultCatalogue {
    /// Faults of the quantiser.
    static let quantizer: [FaultCase] = [
        .intervention(
            "straight-through-missing",
            "No gradient passes the quantiser: the codes are looked up and nothing is copied through.",
            .caught(rules: ["OPT003", "VQ002"], cause: ["straight-through"])
        ) {
            $0.networks = { generator, _ in
                guard let codec = generator as? DAC else { return }
                for stage in codec.quantizer.quantizers.layers { stage.isStraightThrough = false }
            }
        },
        .configuration(
            "ema-counts-at-zero",
            "Running counts of the codebooks begin at 0 beside sums that do not.",
            .invisible(
                metric:
                    "the number of rows of each codebook that were replaced in the first steps: replacement mends them"
            ),
            healthy: .teluguRepaired
        ) { $0.changeOriginQuantizer { $0.countsStartAtZero = true } },
        .configuration(
            "codes-never-replaced",
            "Unused rows of the codebooks are never replaced.",
            .caught(rules: ["VQ002", "VQ003"], cause: ["never reset"]),
            healthy: .teluguRepaired
        ) { $0.changeOriginQuantizer { $0.deadCodeThreshold = 0 } },
        .configuration(
            "codes-not-from-data",
            "Codebooks begin as small noise instead of means of the first batch.",
            .invisible(
                metric:
                    "the number of rows of each codebook that were replaced in the first steps: replacement mends them"
            ),
            healthy: .teluguRepaired
        ) { $0.changeOriginQuantizer { $0.kMeansIterations = nil } },
        .configuration(
            "residual-not-detached",
            "Straight-through results are subtracted with their gradient, so that only the first stage's commitment acts.",
            .invisible(metric: "the norm of each stage's commitment gradient at the encoder's output"),
            healthy: .encodecRepaired
        ) {
            guard case .encodec(var codec) = $0.generator else { return }
            codec.quantizer.detachesResiduals = false
            $0.generator = .encodec(codec)
        },
    ]
}

extension TrainingConfiguration {
    /// Changes how the origin's quantiser learns.
    fileprivate mutating func changeOriginQuantizer(_ change: (inout OriginQuantizerOptions) -> Void) {
        guard case .telugu(var codec) = generator else { return }
        change(&codec.quantizer)
        generator = .telugu(codec)
    }
}

import Codec
import HealthRules
import Training

extension FaultCatalogue {
    /// Faults of the weights in the objective.
    static let objective: [FaultCase] = [
        .configuration(
            "adversarial-weight-0",
            "The adversarial term has the weight 0.",
            .caught(rules: ["ADV015"], cause: ["weight of the adversarial"])
        ) { $0.objective.weights = $0.objective.weights.replacing("adv/gen_loss", with: 0) },
        .configuration(
            "adversarial-weight-x1000",
            "The adversarial term has a thousand times its weight.",
            .caught(rules: ["ADV015"], cause: ["weight of the adversarial"])
        ) { $0.objective.weights = $0.objective.weights.replacing("adv/gen_loss", with: 1000) },
        .configuration(
            "feature-weight-0",
            "Feature matching has the weight 0.",
            .caught(rules: ["ADV015"], cause: ["weight of the feature"])
        ) { $0.objective.weights = $0.objective.weights.replacing("adv/feat_loss", with: 0) },
        .configuration(
            "reconstruction-weight-0",
            "The distances between input and output (mel and waveform) have the weight 0.",
            .caught(rules: ["ADV015"], cause: ["weight of the reconstruction"])
        ) {
            $0.objective.weights = $0.objective.weights.replacing("mel/loss", with: 0).replacing(
                "waveform/loss",
                with: 0
            )
        },
        .configuration(
            "commitment-weight-x1000",
            "The commitment term has a thousand times its weight.",
            .caught(rules: ["VQ001", "VQ002", "ADV015"], cause: ["weight of the commitment"])
        ) { $0.objective.weights = $0.objective.weights.replacing("vq/commitment_loss", with: 250) },
    ]
}

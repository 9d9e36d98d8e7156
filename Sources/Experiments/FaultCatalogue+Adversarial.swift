import Codec
import HealthRules
import Training

extension FaultCatalogue {
    /// Faults of the game between D and G.
    static let adversarial: [FaultCase] = [
        .intervention(
            "discriminator-never-stepped",
            "D's optimiser is never stepped; everything else goes on.",
            .caught(rules: ["OPT005"], cause: ["never stepped"])
        ) { $0.stepsDiscriminator = { _ in false } },
        .intervention(
            "discriminator-not-in-optimizer",
            "D's optimiser is stepped, but owns none of D's parameters.",
            .caught(rules: ["OPT005"], cause: ["not in the optimiser"])
        ) { $0.discriminatorOwns = { _ in false } },
        .intervention(
            "spectrogram-discriminator-not-in-optimizer",
            "D's optimiser owns the period sub-discriminator and not the STFT one.",
            .caught(rules: ["ADV008", "OPT005"], cause: ["not in the optimiser"])
        ) { $0.discriminatorOwns = { !$0.hasPrefix("discriminators.1.") } },
        .intervention(
            "discriminator-gradients-not-cleared",
            "D's gradients are never cleared: they add up over all steps, and G's backward pass adds to them.",
            .caught(rules: ["OPT009"], cause: ["not zeroed", "not cleared"])
        ) { $0.clearsDiscriminatorGradients = false },
        .intervention(
            "labels-swapped",
            "D is taught that decoded audio is real and real audio decoded.",
            .caught(rules: ["ADV017"], cause: ["swapped"])
        ) { $0.discriminatorInputs = { real, decoded in (decoded, real) } },
        .intervention(
            "real-fed-twice",
            "D gets the real batch as decoded audio too.",
            .caught(rules: ["ADV018"], cause: ["same tensor"])
        ) { $0.discriminatorInputs = { real, _ in (real, real) } },
        .configuration(
            "discriminator-learning-rate-x100",
            "D's learning rate is 100 times G's.",
            .caught(rules: ["OPT004"], cause: ["learning rate"])
        ) { $0.discriminatorOptimizer.learningRate *= 100 },
        .configuration(
            "discriminator-learning-rate-d1000",
            "D's learning rate is a thousandth of G's.",
            .caught(rules: ["OPT004"], cause: ["learning rate"])
        ) { $0.discriminatorOptimizer.learningRate /= 1000 },
        .intervention(
            "discriminator-head-zero",
            "Every sub-discriminator's last convolution is 0 and not in the optimiser.",
            .caught(rules: ["ADV003", "OPT003"], cause: ["last convolution", "final layer"])
        ) {
            $0.networks = { _, discriminator in
                for (name, tensor) in discriminator?.namedParameters ?? [] where name.contains("conv_post") {
                    if !name.hasSuffix("weight_v") { tensor.assign(Tensor(repeating: 0, shape: tensor.shape)) }
                }
            }
            $0.discriminatorOwns = { !$0.contains("conv_post") }
        },
        .intervention(
            "detach-missing",
            "D's loss is not cut off from G: its gradient stays in G's parameters and is added to G's own.",
            .caught(rules: ["OPT009"], cause: ["detach"])
        ) { $0.detachesDecoded = false },
    ]
}

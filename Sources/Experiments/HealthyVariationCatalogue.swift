import Codec
import Training

extension HealthyVariation {
    /// Every healthy variation, the base first.
    public static let all: [HealthyVariation] = [
        .base, .hinge, .crossEntropy, .averageAndStart, .teluguRepaired, .encodecRepaired, .balanced, .shape,
        .largerWithoutDropout,
    ]

    /// Hinge losses, averaged over sub-discriminators, as the origin's.
    static let hinge = HealthyVariation(name: "hinge", summary: "hinge with relu generator, averaged") {
        $0.objective.adversarial = AdversarialLoss(.hingeWithReLU, reduction: .mean)
    }

    /// Cross-entropy.
    static let crossEntropy = HealthyVariation(name: "cross-entropy", summary: "binary cross-entropy, averaged") {
        $0.objective.adversarial = AdversarialLoss(.binaryCrossEntropy, reduction: .mean)
    }

    /// An average of the weights, and a discriminator that starts late.
    static let averageAndStart = HealthyVariation(
        name: "average-and-late-start",
        summary: "EMA of the generator's weights, discriminator from step 60"
    ) {
        $0.weightAverageDecay = 0.95
        $0.discriminatorStart = 60
    }

    /// The origin's codec with its quantiser repaired.
    static let teluguRepaired = HealthyVariation(
        name: "telugu-repaired",
        summary: "the origin's codec with a repaired quantiser"
    ) {
        var codec = TeluguCodecConfiguration.tiny
        codec.width = 8
        codec.quantizer = .repaired
        $0.generator = .telugu(codec)
        $0.objective.weights = [
            "mel/loss": 15, "waveform/loss": 50, "adv/feat_loss": 2, "adv/gen_loss": 1, "vq/loss": 1,
        ]
    }

    /// EnCodec with its quantiser repaired.
    static let encodecRepaired = HealthyVariation(
        name: "encodec-repaired",
        summary: "EnCodec with a repaired quantiser"
    ) {
        var codec = EnCodecConfiguration.tiny
        codec.quantizer = .repaired
        $0.generator = .encodec(codec)
        $0.objective.weights = [
            "mel/loss": 5, "waveform/loss": 150, "adv/feat_loss": 2, "adv/gen_loss": 1, "vq/commitment_loss": 1,
        ]
    }

    /// EnCodec's balancer in place of a weighted sum.
    static let balanced = HealthyVariation(name: "balancer", summary: "the terms' gradients balanced as in EnCodec") {
        $0.objective.balancer = ObjectiveConfiguration.Balancer(decay: 0.99)
        $0.objective.weights = [
            "mel/loss": 2, "waveform/loss": 1, "adv/feat_loss": 2, "adv/gen_loss": 1,
            "vq/commitment_loss": 0.25, "vq/codebook_loss": 1,
        ]
    }

    /// Another batch and segment.
    static let shape = HealthyVariation(name: "other-batch", summary: "batches of 2 segments of 6144 samples") {
        $0.batchSize = 2
        $0.segmentLength = 6144
    }

    /// A wider codec with more codes.
    static let largerWithoutDropout = HealthyVariation(
        name: "larger-without-dropout",
        summary: "128 codes of 8 dimensions, three codebooks, no quantiser dropout, a learning rate of 5e-4"
    ) {
        $0.generator = .dac(
            DACConfiguration(
                encoderDimension: 12,
                encoderRates: [2, 4],
                decoderDimension: 48,
                decoderRates: [4, 2],
                codebookCount: 3,
                codebookSize: 128,
                codebookDimension: 8,
                sampleRate: 16_000
            )
        )
        $0.generatorOptimizer.learningRate = 5e-4
        $0.discriminatorOptimizer.learningRate = 5e-4
    }
}

import Codec
import Training

/// Trainings of a few thousand parameters, milliseconds a step.
enum TinyTraining {
    static let discriminator = DiscriminatorDescription.dac(sampleRate: 16_000, periods: [2], windowLengths: [64])
        .narrowed(by: 1.0 / 16)

    static func configuration(
        _ name: String,
        _ generator: GeneratorConfiguration,
        _ objective: ObjectiveConfiguration
    ) -> TrainingConfiguration {
        let adam = OptimizerConfiguration(
            learningRate: 1e-3,
            schedule: .exponentialPerStep(gamma: 0.9),
            warmUpSteps: 2,
            maximumGradientNorm: 10
        )
        return TrainingConfiguration(
            name: name,
            seed: 5,
            generator: generator,
            discriminator: discriminator,
            objective: objective,
            generatorOptimizer: adam,
            discriminatorOptimizer: adam,
            batchSize: 2,
            segmentLength: 400,
            stepsPerEpoch: 2,
            epochs: 5
        )
    }

    /// DAC with dropout.
    static var dac: TrainingConfiguration {
        var codec = DACConfiguration.tiny
        codec.encoderDimension = 4
        codec.decoderDimension = 16
        return configuration(
            "dac",
            .dac(codec),
            ObjectiveConfiguration(adversarial: .dac, featureMatching: .dac, weights: .dac)
        )
    }

    /// The origin's codec with rows from k-means, moved by running averages and by the optimiser, dead ones replaced.
    static var telugu: TrainingConfiguration {
        var codec = TeluguCodecConfiguration.tiny
        codec.width = 2
        codec.codebookSize = 8
        codec.quantizer.kMeansIterations = 5
        codec.quantizer.deadCodeThreshold = 1
        return configuration(
            "telugu",
            .telugu(codec),
            ObjectiveConfiguration(adversarial: .origin, featureMatching: .originFixed, weights: .originFixed)
        )
    }

    /// EnCodec with its balancer and k-means.
    static var encodec: TrainingConfiguration {
        var codec = EnCodecConfiguration.tiny
        codec.network.filters = 2
        codec.codebookSize = 8
        codec.quantizer = .repaired
        return configuration(
            "encodec",
            .encodec(codec),
            ObjectiveConfiguration(
                adversarial: .encodec,
                featureMatching: .encodec,
                weights: .encodec,
                balancer: ObjectiveConfiguration.Balancer()
            )
        )
    }

    /// A batch `[2, 1, 400]` that depends on the step alone.
    static func batch(_ step: Int, items: Int = 2, samples: Int = 400) -> Tensor {
        var random = RandomSource(seed: UInt64(step) + 100)
        return .uniform([items, 1, samples], from: -0.3, to: 0.3, using: &random)
    }
}

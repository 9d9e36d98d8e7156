import Codec

extension TrainingConfiguration {
    /// A DAC of fifty thousand parameters with a narrow DAC discriminator, on 16 kHz speech; minutes on two cores.
    public static let dacTiny: TrainingConfiguration = {
        let discriminator = DiscriminatorDescription.dac(sampleRate: 16_000).narrowed(by: 0.125)
        let adam = OptimizerConfiguration(
            learningRate: 1e-3,
            schedule: .exponentialPerStep(gamma: 0.9996),
            maximumGradientNorm: 1000
        )
        return TrainingConfiguration(
            name: "dac-tiny",
            generator: .dac(.tiny),
            discriminator: discriminator,
            objective: ObjectiveConfiguration(adversarial: .dac, featureMatching: .dac, weights: .dac),
            generatorOptimizer: adam,
            discriminatorOptimizer: adam,
            batchSize: 4,
            segmentLength: 4096,
            stepsPerEpoch: 50,
            epochs: 10
        )
    }()
}

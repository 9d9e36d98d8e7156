import Codec
public import Training

/// A run in which nothing is wrong: no rule may call it unhealthy.
public struct HealthyVariation: Sendable {
    /// Kebab name.
    public let name: String
    /// What it differs in from the base, as a clause.
    public let summary: String
    private let change: @Sendable (inout TrainingConfiguration) -> Void

    /// A variation of the base run.
    public init(
        name: String,
        summary: String,
        change: @escaping @Sendable (inout TrainingConfiguration) -> Void = { _ in }
    ) {
        self.name = name
        self.summary = summary
        self.change = change
    }

    /// Its configuration.
    public func configuration(seed: UInt64) -> TrainingConfiguration {
        var configuration = Self.recipe
        configuration.name = name
        configuration.seed = seed
        change(&configuration)
        return configuration
    }

    /// The run that faults are put into: DAC's recipe on a codec and a discriminator of tens of thousands of parameters.
    public static let base = HealthyVariation(
        name: "base",
        summary: "a small DAC, LSGAN, a period and an STFT sub-discriminator"
    )

    /// A waveform term is added to DAC's objective: in a few hundred steps the mel loss alone does not find the phase.
    private static let recipe: TrainingConfiguration = {
        var generator = DACConfiguration.tiny
        generator.quantizerDropout = 0.25
        let adam = OptimizerConfiguration(
            learningRate: 1e-3,
            schedule: .exponentialPerStep(gamma: 0.999),
            maximumGradientNorm: 1000
        )
        return TrainingConfiguration(
            name: "base",
            generator: .dac(generator),
            discriminator: DiscriminatorDescription.dac(sampleRate: 16_000, periods: [2], windowLengths: [512])
                .narrowed(by: 0.25),
            objective: ObjectiveConfiguration(
                adversarial: .dac,
                featureMatching: .dac,
                weights: LossWeights.dac.replacing("waveform/loss", with: 50),
                melWindows: [64, 256, 1024],
                melBands: [10, 40, 80]
            ),
            generatorOptimizer: adam,
            discriminatorOptimizer: adam,
            batchSize: 4,
            segmentLength: 4096,
            segmentLevel: -20,
            stepsPerEpoch: 30,
            epochs: 10
        )
    }()
}

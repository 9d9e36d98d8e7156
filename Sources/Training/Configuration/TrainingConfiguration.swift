public import Codec

/// Everything that decides what a run does: with equal configurations and data, runs are equal bit for bit.
public struct TrainingConfiguration: Sendable, Hashable, Codable {
    /// For people; part of the run's name.
    public var name: String
    /// Decides weights, batches, quantiser dropout.
    public var seed: UInt64
    /// The codec.
    public var generator: GeneratorConfiguration
    /// The discriminator; `nil` trains without one.
    public var discriminator: DiscriminatorDescription?
    /// What the generator minimises.
    public var objective: ObjectiveConfiguration
    /// The generator's optimiser.
    public var generatorOptimizer: OptimizerConfiguration
    /// The discriminator's optimiser.
    public var discriminatorOptimizer: OptimizerConfiguration
    /// Items per batch.
    public var batchSize: Int
    /// Samples per item.
    public var segmentLength: Int
    /// RMS of every segment in dBFS; `nil` leaves levels alone.
    public var segmentLevel: Double?
    /// Steps of an epoch.
    public var stepsPerEpoch: Int
    /// Epochs of the run.
    public var epochs: Int
    /// Steps, counted from 0, before which there is neither a D step nor an adversarial or feature term.
    public var discriminatorStart: Int
    /// D is stepped at every n-th step.
    public var discriminatorInterval: Int
    /// Steps, counted from the discriminator's start, over which the adversarial and the feature term's weights rise linearly; 0 for none.
    public var adversarialRampSteps: Int
    /// Share of the past that the average of the generator's weights keeps per step; `nil` for no average.
    public var weightAverageDecay: Double?
    /// Whether a gradient with NaN or infinity moves nothing and ends the run with the last good checkpoint. PyTorch would move the weights.
    public var stopsOnNonFinite: Bool
    /// Epochs between validations.
    public var validationInterval: Int

    /// The steps of the whole run.
    public var steps: Int { stepsPerEpoch * epochs }

    /// A configuration.
    public init(
        name: String,
        seed: UInt64 = 0,
        generator: GeneratorConfiguration,
        discriminator: DiscriminatorDescription?,
        objective: ObjectiveConfiguration,
        generatorOptimizer: OptimizerConfiguration = OptimizerConfiguration(),
        discriminatorOptimizer: OptimizerConfiguration = OptimizerConfiguration(),
        batchSize: Int,
        segmentLength: Int,
        segmentLevel: Double? = nil,
        stepsPerEpoch: Int,
        epochs: Int,
        discriminatorStart: Int = 0,
        discriminatorInterval: Int = 1,
        adversarialRampSteps: Int = 0,
        weightAverageDecay: Double? = nil,
        stopsOnNonFinite: Bool = true,
        validationInterval: Int = 1
    ) {
        self.name = name
        self.seed = seed
        self.generator = generator
        self.discriminator = discriminator
        self.objective = objective
        self.generatorOptimizer = generatorOptimizer
        self.discriminatorOptimizer = discriminatorOptimizer
        self.batchSize = batchSize
        self.segmentLength = segmentLength
        self.segmentLevel = segmentLevel
        self.stepsPerEpoch = stepsPerEpoch
        self.epochs = epochs
        self.discriminatorStart = discriminatorStart
        self.discriminatorInterval = discriminatorInterval
        self.adversarialRampSteps = adversarialRampSteps
        self.weightAverageDecay = weightAverageDecay
        self.stopsOnNonFinite = stopsOnNonFinite
        self.validationInterval = validationInterval
    }
}

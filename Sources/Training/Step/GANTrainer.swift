public import Codec

/// One codec and one discriminator in training: a step at a time, without input or output.
///
/// A step is DAC's (`scripts/train.py`, codec-facts.md section 3.1): decode; D's loss on detached audio, backward, clip, step; G's losses
/// with the updated D, backward, clip, step. D's parameters get no gradients in G's backward pass. With equal weights and batches the
/// reported losses are PyTorch's, under the names DAC's script prints.
///
/// ```swift
/// let codec = try DAC(configuration: .tiny, weights: Checkpoint.open("dac.safetensors").stateDictionary())
/// let judge = try Discriminator(.dac(), weights: Checkpoint.open("d.safetensors").stateDictionary())
/// let trainer = try GANTrainer(configuration, generator: codec, discriminator: judge)
/// let report = try trainer.step(batch)  // [B, 1, T]
/// print(report["adv/disc_loss"] ?? .nan, report["mel/loss"] ?? .nan, report["loss"] ?? .nan)
/// ```
public final class GANTrainer {
    /// What decides the run.
    public let configuration: TrainingConfiguration
    /// The codec.
    public let generator: any TrainableCodec
    /// The discriminator, if there is one.
    public let discriminator: Discriminator?
    /// What an experiment changes.
    public let interventions: TrainingInterventions
    /// The average of the generator's weights, where the configuration wants one.
    public let weightAverage: WeightAverage?
    /// Steps done.
    public internal(set) var step = 0

    /// Where the time of the steps went; set an empty one to measure anew. Who waits for batches adds that time.
    public var profile: StepProfile {
        get { clock.profile }
        set { clock.profile = newValue }
    }

    var clock = PhaseClock()
    let trainedGenerator: TrainedNetwork
    let trainedDiscriminator: TrainedNetwork?
    let reconstructionLosses: ReconstructionLosses
    /// What reports call the sub-discriminators.
    let partNames: [String]
    /// The fewest samples D can look at.
    let shortestDecoded: Int
    /// What the balancer remembers.
    var balancerAverages: [LossBalancer.Average] = []

    /// Moves the codec.
    public var generatorOptimizer: AdamW { trainedGenerator.optimizer }
    /// Moves the discriminator.
    public var discriminatorOptimizer: AdamW? { trainedDiscriminator?.optimizer }

    /// A trainer with networks drawn from the configuration's seed.
    ///
    /// Throws ``TrainingConfigurationError`` when the configuration describes no run.
    public convenience init(
        _ configuration: TrainingConfiguration,
        interventions: TrainingInterventions = TrainingInterventions()
    ) throws(TrainingConfigurationError) {
        try configuration.validate()
        var random = RandomSource(seed: configuration.seed)
        let generator = configuration.generator.makeGenerator(using: &random)
        let discriminator = configuration.discriminator.map { Discriminator($0, using: &random) }
        try self.init(
            configuration,
            generator: generator,
            discriminator: discriminator,
            interventions: interventions
        )
    }

    /// A trainer of these networks, which it changes in place. Parameters frozen by ``Layer/setParametersNeedGradients(_:)`` stay as they
    /// are. What the configuration says about the networks themselves does not count.
    ///
    /// Throws ``TrainingConfigurationError`` when the configuration describes no run.
    public init(
        _ configuration: TrainingConfiguration,
        generator: any TrainableCodec,
        discriminator: Discriminator?,
        interventions: TrainingInterventions = TrainingInterventions()
    ) throws(TrainingConfigurationError) {
        try configuration.validate()
        interventions.networks?(generator, discriminator)
        self.configuration = configuration
        self.generator = generator
        self.discriminator = discriminator
        self.interventions = interventions
        trainedGenerator = TrainedNetwork(generator, as: .generator, configuration.generatorOptimizer)
        trainedDiscriminator = discriminator.map {
            TrainedNetwork(
                $0,
                as: .discriminator,
                configuration.discriminatorOptimizer,
                parts: $0.description.parts,
                owns: interventions.discriminatorOwns
            )
        }
        reconstructionLosses = ReconstructionLosses(configuration.objective, sampleRate: generator.sampleRate)
        partNames = discriminator?.description.partNames ?? []
        shortestDecoded = discriminator?.description.shortestInput ?? 1
        let parameters = trainedGenerator.trainable.map(\.tensor)
        weightAverage = configuration.weightAverageDecay.map { WeightAverage(of: parameters, decay: $0) }
    }

    /// The epoch of the next step, counted from 0.
    public var epoch: Int { step / max(1, configuration.stepsPerEpoch) }

    /// Runs `body`, a validation for instance, with the codec's averaged weights where there are such, and without training behaviour.
    public func evaluating<Result>(_ body: () throws -> Result) rethrows -> Result {
        generator.setTraining(false)
        discriminator?.setTraining(false)
        return try weightAverage?.whileInForce(body) ?? body()
    }
}

extension DiscriminatorDescription {
    /// What logs call the sub-discriminators: their names, or their state-dict names where two have one name.
    public var partNames: [String] {
        let names = subDiscriminators.map(\.name)
        return Set(names).count == names.count ? names : subDiscriminators.map(\.path)
    }

    /// The sub-discriminators' names in logs, and how their parameters' state-dict names begin.
    var parts: [(name: String, prefix: String)] {
        zip(partNames, subDiscriminators).map { (name: $0, prefix: $1.path + ".") }
    }
}

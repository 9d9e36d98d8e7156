import Codec

extension GANTrainer {
    /// A trainer of the configuration's networks with weights from checkpoint files: `.pth` of the `dac` package or of its training
    /// script, safetensors with the same names, or a state that a run of this program saved. A network without a file is drawn from
    /// the seed.
    ///
    /// ```swift
    /// let trainer = try GANTrainer(configuration, generator: "dac/weights.pth", discriminator: "discriminator/weights.pth")
    /// ```
    ///
    /// Throws ``TrainingConfigurationError`` when the configuration describes no run, `CheckpointError` when a file cannot be read, and
    /// ``StateDictionaryError`` when its tensors do not fit the network.
    public convenience init(
        _ configuration: TrainingConfiguration,
        generator generatorPath: String?,
        discriminator discriminatorPath: String?,
        interventions: TrainingInterventions = TrainingInterventions()
    ) throws {
        try configuration.validate()
        var random = RandomSource(seed: configuration.seed)
        let generator = configuration.generator.makeGenerator(using: &random)
        let discriminator = configuration.discriminator.map { Discriminator($0, using: &random) }
        if let generatorPath { try generator.load(checkpoint: generatorPath) }
        if let discriminatorPath { try discriminator?.load(checkpoint: discriminatorPath) }
        try self.init(
            configuration,
            generator: generator,
            discriminator: discriminator,
            interventions: interventions
        )
    }
}

extension Layer {
    /// Takes the weights from the part of a checkpoint file that has most of this network's names.
    fileprivate func load(checkpoint path: String) throws {
        let names = Set(namedTensors.map(\.name))
        let groups = try Checkpoint.open(path).groups.map(\.nativelyNamed)
        let best = groups.max { a, b in a.names.count { names.contains($0) } < b.names.count { names.contains($0) } }
        guard let best else { throw CheckpointError.noTensors }
        try load(best.stateDictionary())
    }
}

public import Codec

/// One codec and one discriminator in training: a step at a time, without input or output.
///
/// A step is DAC's (`scripts/train.py`, codec-facts.md section 3.1): decode; D's loss on detached audio, backward, clip, step; G's losses
/// with the updated D, backward, clip, step. D's parameters get no gradients in G's backward pass.
public final class GANTrainer {
    /// What decides the run.
    public let configuration: TrainingConfiguration
    /// The codec.
    public let generator: any TrainableCodec
    /// The discriminator, if there is one.
    public let discriminator: Discriminator?
    /// Moves the codec.
    public let generatorOptimizer: AdamW
    /// Moves the discriminator.
    public let discriminatorOptimizer: AdamW?
    /// Steps done.
    public private(set) var step = 0
    /// What an experiment changes.
    public let interventions: TrainingInterventions

    private let melLoss: MelSpectrogramLoss
    private let stftLoss = MultiScaleSTFTLoss()
    private let waveformLoss = WaveformL1Loss()
    private let generatorParameters: [Tensor]
    private let discriminatorParameters: [Tensor]

    /// A trainer with networks drawn from the configuration's seed.
    ///
    /// Throws ``CodecError`` when the configuration's sizes describe no network.
    public convenience init(
        _ configuration: TrainingConfiguration,
        interventions: TrainingInterventions = TrainingInterventions()
    ) throws {
        try configuration.generator.validate()
        try configuration.discriminator?.validate()
        var random = RandomSource(seed: configuration.seed)
        let generator = configuration.generator.makeGenerator(using: &random)
        let discriminator = configuration.discriminator.map { Discriminator($0, using: &random) }
        self.init(configuration, generator: generator, discriminator: discriminator, interventions: interventions)
    }

    /// A trainer of these networks.
    public init(
        _ configuration: TrainingConfiguration,
        generator: any TrainableCodec,
        discriminator: Discriminator?,
        interventions: TrainingInterventions = TrainingInterventions()
    ) {
        interventions.networks?(generator, discriminator)
        self.configuration = configuration
        self.generator = generator
        self.discriminator = discriminator
        self.interventions = interventions
        generatorParameters = generator.namedParameters.map(\.tensor)
        discriminatorParameters = (discriminator?.namedParameters ?? [])
            .filter { interventions.discriminatorOwns?($0.name) ?? true }.map(\.tensor)
        generatorOptimizer = configuration.generatorOptimizer.makeOptimizer(of: generatorParameters)
        discriminatorOptimizer =
            discriminator == nil
            ? nil : configuration.discriminatorOptimizer.makeOptimizer(of: discriminatorParameters)
        melLoss = MelSpectrogramLoss(
            sampleRate: configuration.generator.sampleRate,
            bandCounts: configuration.objective.melBands,
            windowLengths: configuration.objective.melWindows,
            magnitudeWeight: 0,
            exponent: 1
        )
    }

    /// One step on a batch `[B, 1, T]`.
    ///
    /// Throws ``CodecError`` when the codec cannot take the batch.
    public func step(_ batch: Tensor) throws(CodecError) -> StepReport {
        var entries: [StepReport.Entry] = []
        func note(_ name: String, _ value: Double) { entries.append(StepReport.Entry(name: name, value: value)) }
        let (input, whole) = interventions.batch?(batch, step) ?? (batch, batch)
        let epoch = step / max(1, configuration.stepsPerEpoch)
        generator.setTraining(true)
        discriminator?.setTraining(true)
        let output = try generator.trainingReconstruction(of: input)
        let decoded = interventions.decoded?(output.audio) ?? output.audio
        // A decoder may make a few samples less than it got.
        let target =
            whole.shape[2] == decoded.shape[2]
            ? whole : whole.sliced(dimension: 2, range: 0..<decoded.shape[2])

        let isAdversarial = step >= configuration.discriminatorStart
        if let discriminator, let discriminatorOptimizer, isAdversarial {
            if step % configuration.discriminatorInterval == 0 {
                let (real, fake) =
                    interventions.discriminatorInputs?(target, decoded.detached()) ?? (target, decoded.detached())
                let loss = configuration.objective.adversarial.discriminator(
                    real: discriminator.output(of: real),
                    decoded: discriminator.output(of: fake)
                )
                if interventions.clearsDiscriminatorGradients { discriminator.clearGradients() }
                loss.total.backward()
                let norm = configuration.discriminatorOptimizer.clip(discriminatorParameters)
                if interventions.stepsDiscriminator?(step) ?? true {
                    discriminatorOptimizer.learningRate = Float(
                        configuration.discriminatorOptimizer.learningRate(step: step, epoch: epoch)
                    )
                    discriminatorOptimizer.update()
                }
                note("adv/disc_loss", Double(loss.total.item))
                note("grad_norm_d", Double(norm))
            }
        }

        var terms: [(name: String, value: Tensor)] = [
            ("mel/loss", melLoss(decoded, reference: target)),
            ("stft/loss", withoutGradients { stftLoss(decoded, reference: target) }),
            ("waveform/loss", waveformLoss(decoded, reference: target)),
        ]
        if let discriminator, isAdversarial {
            discriminator.setParametersNeedGradients(interventions.clearsDiscriminatorGradients == false)
            let real = withoutGradients { discriminator.output(of: target) }
            let fake = discriminator.output(of: decoded)
            terms.append(
                ("adv/gen_loss", configuration.objective.adversarial.generator(decoded: fake, real: real).total)
            )
            terms.append(("adv/feat_loss", configuration.objective.featureMatching(decoded: fake, real: real)))
        }
        terms += output.quantizerLosses
        let total = configuration.objective.weights.total(of: terms)
        generator.clearGradients()
        total.backward()
        discriminator?.setParametersNeedGradients(true)
        let norm = configuration.generatorOptimizer.clip(generatorParameters)
        generatorOptimizer.learningRate = Float(configuration.generatorOptimizer.learningRate(step: step, epoch: epoch))
        generatorOptimizer.update()
        for term in terms { note(term.name, Double(term.value.item)) }
        note("loss", Double(total.item))
        note("grad_norm", Double(norm))
        note("learning_rate", Double(generatorOptimizer.learningRate))
        step += 1
        return StepReport(step: step, entries: entries)
    }
}

extension OptimizerConfiguration {
    func makeOptimizer(of parameters: [Tensor]) -> AdamW {
        AdamW(
            parameters,
            learningRate: Float(learningRate),
            betas: (beta1, beta2),
            weightDecay: Float(weightDecay)
        )
    }

    /// Clips and returns the norm before.
    func clip(_ parameters: [Tensor]) -> Float {
        GradientNorm.clip(parameters, to: Float(maximumGradientNorm ?? .infinity))
    }
}

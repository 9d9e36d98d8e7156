import Codec

extension TrainingPreset {
    /// The default: a small DAC that learns in minutes.
    public static let dacTiny = TrainingPreset(
        name: "dac-tiny",
        summary:
            "a small DAC at 16 kHz with a narrow DAC discriminator: learns the shipped speech in minutes on two cores",
        source: "DAC's recipe; sizes, learning rate and steps were chosen by measurement",
        summaryOfScaling: """
            Channels, codebook rows and the discriminator's widths are multiplied by the scale, steps per epoch and epochs shrink with it; \
            batch and segments stay.
            """,
        defaultScale: 1
    ) { scale in
        var configuration = TrainingConfiguration.dacTiny
        if case .dac(var codec) = configuration.generator {
            codec.encoderDimension = scale.count(codec.encoderDimension, least: 4)
            codec.decoderDimension = scale.count(codec.decoderDimension, least: 16)
            codec.codebookSize = scale.count(codec.codebookSize, least: 16)
            configuration.generator = .dac(codec)
        }
        configuration.shrink(by: scale)
        return configuration
    }

    /// A small EnCodec with its own game.
    public static let encodecTiny = TrainingPreset(
        name: "encodec-tiny",
        summary: "a small EnCodec at 16 kHz with a narrow MS-STFT discriminator: hinge, balancer, running codebooks",
        source: "audiocraft's compression recipe (losses, balancer, Adam 3e-4); sizes and steps are dac-tiny's",
        summaryOfScaling: "as dac-tiny",
        defaultScale: 1
    ) { scale in
        var codec = EnCodecConfiguration.tiny
        codec.network.filters = scale.count(codec.network.filters, least: 4)
        codec.codebookSize = scale.count(codec.codebookSize, least: 16)
        codec.quantizer = .repaired
        let adam = OptimizerConfiguration(learningRate: 3e-4, beta1: 0.5, beta2: 0.9, weightDecay: 0)
        var configuration = TrainingConfiguration.dacTiny
        configuration.generator = .encodec(codec)
        configuration.discriminator = DiscriminatorDescription.enCodec(sampleRate: 16_000).narrowed(by: 0.25)
        configuration.objective = ObjectiveConfiguration(
            adversarial: .encodec,
            featureMatching: .encodec,
            weights: [
                "waveform/loss": 0.1, "mel/loss": 2, "adv/gen_loss": 4, "adv/feat_loss": 4, "vq/commitment_loss": 1,
            ],
            balancer: ObjectiveConfiguration.Balancer()
        )
        configuration.generatorOptimizer = adam
        configuration.discriminatorOptimizer = adam
        configuration.shrink(by: scale)
        return configuration
    }
}

extension TrainingConfiguration {
    /// A narrower discriminator and fewer steps.
    fileprivate mutating func shrink(by scale: PresetScale) {
        discriminator = discriminator?.narrowed(by: scale.discriminatorFactor)
        stepsPerEpoch = scale.count(stepsPerEpoch, least: 10)
        epochs = scale.count(epochs, least: 2)
    }
}

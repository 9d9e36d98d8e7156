import Codec

extension TrainingPreset {
    /// The origin's run that failed.
    public static let originFailing = TrainingPreset(
        name: "origin-failing",
        summary:
            "the origin's run as it failed: TeluguCodec, grouped discriminator without normalisation, hinge, reconstruction × 0.1",
        source: """
            the origin's trainer (its log and analysis). Steps per epoch are not recorded: 500 fit epochs of one to two minutes. Half \
            precision is left out.
            """,
        summaryOfScaling: originScaling,
        defaultScale: 0.125
    ) { scale in
        origin(
            scale,
            discriminator: .originGrouped(),
            featureMatching: .originFailing,
            featureWeight: 2,
            quantizer: .asInTheOriginRun
        )
    }

    /// What the origin's author proposed as the repair: another discriminator, feature weight 10, all else equal.
    public static let originFixed = TrainingPreset(
        name: "origin-fixed",
        summary:
            "the origin's proposed repair: OriginDAC discriminator, feature matching × 10, codec and quantiser as they failed",
        source: "the origin's analysis; all but discriminator and feature matching as in origin-failing",
        summaryOfScaling: originScaling,
        defaultScale: 0.125
    ) { scale in
        origin(
            scale,
            discriminator: .originDAC(),
            featureMatching: .originFixed,
            featureWeight: 10,
            quantizer: .asInTheOriginRun
        )
    }

    /// The origin's failing run with a quantiser that works: the codec's own defects repaired, the discriminator left as it was.
    public static let teluguRepaired = TrainingPreset(
        name: "telugu-repaired",
        summary:
            "origin-failing with the quantiser repaired: rows from k-means, fitting counts, dead rows replaced, gradient once",
        source: "origin-failing with the defects of its quantiser removed",
        summaryOfScaling: originScaling,
        defaultScale: 0.125
    ) { scale in
        origin(
            scale,
            discriminator: .originGrouped(),
            featureMatching: .originFailing,
            featureWeight: 2,
            quantizer: .repaired
        )
    }

    private static let originScaling = """
        Channels, latents and codebook rows are multiplied by the scale; the 8 codebooks, the 80 samples per frame and the three scales or \
        eight parts of the discriminator stay. Batches keep at least 4 items, segments at least a quarter of a second. Epochs and steps per \
        epoch shrink with the scale each. Everything else is as at full size: learning rate, clipping, weights, levels.
        """

    private static func origin(
        _ scale: PresetScale,
        discriminator: DiscriminatorDescription,
        featureMatching: FeatureMatchingLoss,
        featureWeight: Float,
        quantizer: OriginQuantizerOptions
    ) -> TrainingConfiguration {
        var codec = TeluguCodecConfiguration()
        codec.width = scale.count(codec.width, least: 2)
        codec.latentDimension = scale.count(codec.latentDimension, least: 16)
        codec.codebookSize = scale.count(codec.codebookSize, least: 16)
        codec.quantizer = quantizer
        let epochs = scale.count(100, least: 2)
        let optimizer = OptimizerConfiguration(
            learningRate: 1e-4,
            beta1: 0.5,
            beta2: 0.9,
            schedule: .cosinePerEpoch(plannedEpochs: epochs),
            maximumGradientNorm: 1
        )
        return TrainingConfiguration(
            name: "origin",
            generator: .telugu(codec),
            discriminator: discriminator.narrowed(by: scale.discriminatorFactor),
            objective: ObjectiveConfiguration(
                adversarial: .origin,
                featureMatching: featureMatching,
                weights: ["adv/gen_loss": 1, "adv/feat_loss": featureWeight, "waveform/loss": 0.1, "vq/loss": 1]
            ),
            generatorOptimizer: optimizer,
            discriminatorOptimizer: optimizer,
            batchSize: scale.count(16, least: 4),
            segmentLength: scale.count(16_000, least: 4000),
            segmentLevel: -16,
            stepsPerEpoch: scale.count(500, least: 10),
            epochs: epochs,
            validationInterval: scale.count(5)
        )
    }
}

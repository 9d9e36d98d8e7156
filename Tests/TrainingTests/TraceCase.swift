import Codec
import CodecTestSupport
import Testing
import Training

/// A training of `Fixtures/generate/goldens_training.py`, as ours is configured for it.
struct TraceCase: CustomTestStringConvertible, Sendable {
    let name: String
    let batch: Int
    let length: Int
    let gains: (generator: Float, discriminator: Float)
    let configuration: TrainingConfiguration
    /// Active stages of every step.
    let draws: [[Int]]?

    var testDescription: String { name }

    /// A trainer with the case's weights, and the case's batch `[B, 1, T]`, whose last item is silent where there are three.
    func trainer() throws -> (GANTrainer, Tensor) {
        let trainer = try GANTrainer(configuration)
        HashedWeights.fill(trainer.generator, gain: gains.generator)
        if let discriminator = trainer.discriminator { HashedWeights.fill(discriminator, gain: gains.discriminator) }
        var values = (0.3 * HashedNumbers.uniform("\(name).batch", [batch, 1, length])).values
        if batch > 2 { for index in ((batch - 1) * length)..<(batch * length) { values[index] = 0 } }
        return (trainer, Tensor(values, shape: [batch, 1, length]))
    }

    private init(
        _ name: String,
        _ batch: Int,
        _ length: Int,
        gain: Float = 0.6,
        draws: [[Int]]? = nil,
        _ generator: GeneratorConfiguration,
        _ discriminator: DiscriminatorDescription,
        _ objective: ObjectiveConfiguration,
        _ optimizers: (generator: OptimizerConfiguration, discriminator: OptimizerConfiguration)
    ) {
        (self.name, self.batch, self.length, self.draws, gains) = (name, batch, length, draws, (gain, 1.4))
        configuration = TrainingConfiguration(
            name: name,
            generator: generator,
            discriminator: discriminator,
            objective: objective,
            generatorOptimizer: optimizers.generator,
            discriminatorOptimizer: optimizers.discriminator,
            batchSize: batch,
            segmentLength: length,
            stepsPerEpoch: 1,
            epochs: 3
        )
    }

    static let all = [dac, period, dropout, clipped, origin, encodec]

    private static func codec(_ change: (inout DACConfiguration) -> Void = { _ in }) -> GeneratorConfiguration {
        var configuration = DACConfiguration(
            encoderDimension: 8,
            encoderRates: [2, 4],
            decoderDimension: 32,
            decoderRates: [4, 2],
            codebookCount: 3,
            codebookSize: 16,
            codebookDimension: 4,
            sampleRate: 16_000
        )
        change(&configuration)
        return .dac(configuration)
    }

    private static func adam(
        _ rate: Double = 1e-4,
        gamma: Double = 0.999996,
        decay: Double = 0.01,
        clips: (Double, Double) = (1000, 10)
    ) -> (generator: OptimizerConfiguration, discriminator: OptimizerConfiguration) {
        let optimizer = { (clip: Double) in
            OptimizerConfiguration(
                learningRate: rate,
                weightDecay: decay,
                schedule: .exponentialPerStep(gamma: gamma),
                maximumGradientNorm: clip
            )
        }
        return (optimizer(clips.0), optimizer(clips.1))
    }

    private static let recipe = ObjectiveConfiguration(adversarial: .dac, featureMatching: .dac, weights: .dac)

    static let dac = TraceCase(
        "dac",
        2,
        1600,
        codec(),
        .dac(sampleRate: 16_000, periods: [], windowLengths: [256, 128]),
        recipe,
        adam()
    )

    static let period = TraceCase(
        "dac_period",
        1,
        1201,
        codec {
            $0.codebookDimensions = [4, 4]
            $0.encoderRates = [2, 2]
            $0.decoderRates = [2, 2]
        },
        .dac(sampleRate: 16_000, periods: [3], windowLengths: []),
        recipe,
        adam()
    )

    static let dropout = TraceCase(
        "dac_dropout",
        3,
        1501,
        gain: 0.8,
        draws: [[2, 3, 3], [1, 1, 3], [3, 2, 3]],
        codec { $0.quantizerDropout = 0.7 },
        .dac(sampleRate: 16_000, periods: [], windowLengths: [128]),
        recipe,
        adam(1e-3, gamma: 0.5)
    )

    static let clipped = TraceCase(
        "dac_clipped",
        1,
        1100,
        gain: 0.7,
        codec {
            $0.decoderDimension = 16
            $0.codebookDimensions = [8, 8, 8]
            $0.latentDimension = 12
        },
        .dac(sampleRate: 16_000, periods: [], windowLengths: [64], bands: [0...0.4, 0.4...1]),
        ObjectiveConfiguration(
            adversarial: .dac,
            featureMatching: .dac,
            weights: [
                "mel/loss": 3, "waveform/loss": 1.5, "adv/gen_loss": 2, "vq/commitment_loss": 1,
                "vq/codebook_loss": 0.5,
            ]
        ),
        adam(1e-3, decay: 0, clips: (0.5, 0.01))
    )

    static let origin: TraceCase = {
        var codec = TeluguCodecConfiguration()
        codec.width = 2
        codec.latentDimension = 12
        codec.codebookCount = 3
        codec.codebookSize = 16
        let adam = OptimizerConfiguration(
            learningRate: 1e-3,
            beta1: 0.5,
            beta2: 0.9,
            schedule: .cosinePerEpoch(plannedEpochs: 4, minimumLearningRate: 1e-5),
            maximumGradientNorm: 1
        )
        return TraceCase(
            "origin",
            2,
            1608,
            .telugu(codec),
            .originGrouped().narrowed(by: 1.0 / 16),
            ObjectiveConfiguration(adversarial: .origin, featureMatching: .originFailing, weights: .originFailing),
            (adam, adam)
        )
    }()

    static let encodec: TraceCase = {
        var codec = EnCodecConfiguration()
        codec.network.filters = 4
        codec.network.ratios = [4, 2]
        codec.network.dimension = 8
        codec.network.recurrentLayers = 1
        codec.codebookCount = 3
        codec.codebookSize = 16
        codec.sampleRate = 16_000
        let adam = OptimizerConfiguration(learningRate: 3e-4, beta1: 0.5, beta2: 0.9, weightDecay: 0)
        return TraceCase(
            "encodec",
            2,
            1500,
            gain: 1,
            .encodec(codec),
            .enCodec(sampleRate: 16_000, windowLengths: [256, 128]).narrowed(by: 1.0 / 8),
            ObjectiveConfiguration(
                adversarial: .encodec,
                featureMatching: .encodec,
                weights: .encodec,
                balancer: ObjectiveConfiguration.Balancer()
            ),
            (adam, adam)
        )
    }()
}

import Codec
import Training

/// A whole step of training with DAC's recipe and DAC's discriminator on a fixed batch of noise.
struct TrainingSubject: Runnable {
    private let trainer: GANTrainer
    private let batch: Tensor

    /// Builds what the case describes, on seeded random values.
    init(_ description: BenchmarkCase) throws {
        let (input, rates) = (description.input ?? [1, 1, 8000], description.rates ?? [2, 4, 5, 8])
        let generator = DACConfiguration(
            encoderDimension: description.encoderDimension ?? 64,
            encoderRates: rates,
            decoderDimension: description.decoderDimension ?? 1536,
            decoderRates: rates.reversed(),
            codebookCount: description.codebooks ?? 12,
            sampleRate: 16_000
        )
        func optimizer(maximumGradientNorm: Double) -> OptimizerConfiguration {
            OptimizerConfiguration(
                schedule: .exponentialPerStep(gamma: 0.999996),
                maximumGradientNorm: maximumGradientNorm
            )
        }
        trainer = try GANTrainer(
            TrainingConfiguration(
                name: description.name,
                generator: .dac(generator),
                discriminator: .dac(),
                objective: ObjectiveConfiguration(adversarial: .dac, featureMatching: .dac, weights: .dac),
                generatorOptimizer: optimizer(maximumGradientNorm: 1000),
                discriminatorOptimizer: optimizer(maximumGradientNorm: 10),
                batchSize: input[0],
                segmentLength: input[2],
                stepsPerEpoch: 1000,
                epochs: 1
            )
        )
        var random = RandomSource(seed: 1)
        batch = Tensor.normal(input, deviation: 0.1, using: &random)
    }

    /// One step.
    func run(_ mode: BenchmarkRequest.Mode) throws { try trainer.step(batch) }

    /// Where the time went.
    var profile: [String] { trainer.profile.lines }
}

import Codec
import Foundation

extension TrainingPreset {
    /// DAC's published 16 kHz recipe.
    public static let dac16kHz = TrainingPreset(
        name: "dac-16khz",
        summary: "DAC at 16 kHz, 6 kbit/s, as published: LSGAN, 15 · mel + 2 · features, AdamW 1e-4, 400,000 steps",
        source: """
            descript-audio-codec, conf/final/16khz.yml and scripts/train.py. Its segments of 6080 samples do not survive the decoder's \
            stride of 5 (issue 58: the output is 8 samples short), so that output padding is on here; levels are set to -16 dBFS RMS \
            instead of -16 LUFS, and phases are not shifted.
            """,
        summaryOfScaling: """
            Channels, codebook rows, batch and the discriminator's widths are multiplied by the scale; codebooks keep 8 dimensions, and \
            their number, the 320 samples per frame and all eight sub-discriminators (so λ_feat too) stay. Steps per epoch and epochs \
            shrink with the scale each. The learning rate is divided by the scale, as a layer's output moves in proportion to its width under \
            Adam (Yang et al. 2022, arXiv:2203.03466), and falls as far over the run as at full size.
            """,
        defaultScale: 0.0625
    ) { scale in
        let stepsPerEpoch = scale.count(1000, least: 10)
        let epochs = scale.count(400, least: 2)
        let generator = DACConfiguration(
            encoderDimension: scale.count(64, least: 4),
            encoderRates: [2, 4, 5, 8],
            decoderDimension: scale.count(1536, least: 96),
            decoderRates: [8, 5, 4, 2],
            codebookCount: 12,
            codebookSize: scale.count(1024, least: 32),
            quantizerDropout: 0.5,
            sampleRate: 16_000,
            compensatesOddStrides: true
        )
        func optimizer(clippingAt norm: Double) -> OptimizerConfiguration {
            OptimizerConfiguration(
                learningRate: 1e-4 / scale.factor,
                schedule: .exponentialPerStep(gamma: pow(0.999996, 400_000 / Double(stepsPerEpoch * epochs))),
                maximumGradientNorm: norm
            )
        }
        return TrainingConfiguration(
            name: "dac-16khz",
            generator: .dac(generator),
            discriminator: DiscriminatorDescription.dac(sampleRate: 16_000).narrowed(by: scale.discriminatorFactor),
            objective: ObjectiveConfiguration(adversarial: .dac, featureMatching: .dac, weights: .dac),
            generatorOptimizer: optimizer(clippingAt: 1000),
            discriminatorOptimizer: optimizer(clippingAt: 10),
            batchSize: scale.count(72, least: 4),
            segmentLength: 6080,
            segmentLevel: -16,
            stepsPerEpoch: stepsPerEpoch,
            epochs: epochs
        )
    }
}

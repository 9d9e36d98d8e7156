import Codec
import Training

extension OriginCell {
    /// Every cell, the failing run first.
    public static let all: [OriginCell] = [
        .failing, .fixed, .groupedWithWeightNorm, .dacDiscriminator, .repairedQuantizer, .reconstruction15,
        .scaledClipping,
        .fixedWithScaledClipping, .repairedCodec, .repairedCodecAlone, .repairedCodecWithFixedDiscriminator,
    ]

    /// The cell of a name, if there is one.
    public static func named(_ name: String) -> OriginCell? { all.first { $0.name == name } }

    /// The run as it failed.
    static let failing = OriginCell(name: "failing", summary: "the origin's run as its log shows it") { _, _ in }

    /// What the origin's author proposed.
    static let fixed = OriginCell(
        name: "fixed",
        summary: "the proposed repair: OriginDAC discriminator, feature weight 10"
    ) {
        configuration,
        scale throws(TrainingPresetError) in
        let fixed = try TrainingPreset.originFixed.configuration(scale: scale)
        configuration.discriminator = fixed.discriminator
        configuration.objective = fixed.objective
    }

    /// The grouped net, normalised.
    static let groupedWithWeightNorm = OriginCell(
        name: "grouped-weight-norm",
        summary: "the origin's grouped discriminator with weight normalisation"
    ) { configuration, _ in
        configuration.discriminator = configuration.discriminator?.mappingLayers { layer in
            var layer = layer
            layer.normalization = .weight
            return layer
        }
    }

    /// DAC's net with everything else as it failed.
    static let dacDiscriminator = OriginCell(
        name: "dac-discriminator",
        summary: "DAC's own discriminator; losses, codec and quantiser as they failed"
    ) { configuration, scale throws(TrainingPresetError) in
        configuration.discriminator = try TrainingPreset.dac16kHz.configuration(scale: scale).discriminator
    }

    /// A quantiser that can learn.
    static let repairedQuantizer = OriginCell(
        name: "repaired-quantizer",
        summary: "rows from k-means, fitting counts, dead rows replaced, codes of 8 dimensions"
    ) { configuration, _ in
        guard case .telugu(var codec) = configuration.generator else { return }
        codec.quantizer = .repaired
        codec.quantizer.projectionDimension = 8
        configuration.generator = .telugu(codec)
    }

    /// Reconstruction that counts.
    static let reconstruction15 = OriginCell(
        name: "reconstruction-15",
        summary: "reconstruction (L1 of samples) × 15 instead of × 0.1"
    ) { configuration, _ in
        configuration.objective.weights = configuration.objective.weights.replacing("waveform/loss", with: 15)
    }

    /// Clipping while the loss is scaled: half precision with a forgotten `unscale_`.
    ///
    /// What matters is how a clipped gradient's values compare with AdamW's 1e-8. With weights as many as the square of the scale, the loss
    /// scale is divided by the scale, which leaves their mean square at what it is at full size.
    static let scaledClipping = OriginCell(
        name: "scaled-clipping",
        summary: "gradients clipped while still multiplied by a loss scale of 65536 (at full size)"
    ) { configuration, scale in
        configuration.generatorOptimizer.lossScaleAtClipping = 65_536 / scale
        configuration.discriminatorOptimizer.lossScaleAtClipping = 65_536 / scale
    }

    /// The proposed repair in a trainer that clips scaled gradients.
    static let fixedWithScaledClipping = fixed.with(
        scaledClipping,
        name: "fixed-scaled-clipping",
        summary: "the proposed repair, gradients clipped while still multiplied by a loss scale of 65536 (at full size)"
    )

    /// A codec without its two defects, and the origin's discriminator.
    static let repairedCodec = repairedQuantizer.with(
        reconstruction15,
        name: "repaired-codec",
        summary: "repaired quantiser and reconstruction × 15; the origin's discriminator"
    )

    /// The repaired codec alone: what the origin's discriminator adds is the difference.
    static let repairedCodecAlone = repairedCodec.with(
        OriginCell(name: "", summary: "") { configuration, _ in configuration.discriminator = nil },
        name: "repaired-codec-alone",
        summary: "repaired quantiser and reconstruction × 15; no discriminator at all"
    )

    /// Everything repaired.
    static let repairedCodecWithFixedDiscriminator = fixed.with(
        repairedCodec,
        name: "repaired-codec-fixed",
        summary: "repaired quantiser, reconstruction × 15, OriginDAC discriminator, feature weight 10"
    )
}

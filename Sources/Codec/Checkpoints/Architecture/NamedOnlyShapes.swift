/// SNAC: DAC's names with depthwise convolutions and codebooks at several rates.
enum SNACShape {
    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard shapes.hasLayer("encoder.block.0"), shapes.hasLayer("quantizer.quantizers.0.codebook"),
            let unit = shapes.weight("encoder.block.1.block.0.block.1"), unit.count == 3, unit[0] > 1, unit[1] == 1
        else { return nil }
        var result = RecognizedArchitecture(kind: .snac)
        result.add("n_codebooks", shapes.count("quantizer.quantizers"), from: "number of quantizer.quantizers")
        result.add("depthwise", .boolean(true), from: "shape of encoder.block.1.block.0.block.1")
        return result
    }
}

/// Mimi: a SEANet with transformers between it and the quantiser.
enum MimiShape {
    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard shapes.hasLayer("encoder_transformer"), shapes.hasLayer("decoder_transformer"),
            shapes.hasLayer("quantizer.rvq_first") || shapes.hasLayer("quantizer.semantic_residual_vector_quantizer")
        else { return nil }
        return RecognizedArchitecture(kind: .mimi)
    }
}

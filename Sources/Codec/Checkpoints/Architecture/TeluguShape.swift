/// The codec of the run that this project began with, `TeluguCodec` (origin-system: `encoder.0`, `encoder.2.conv1`, …).
enum TeluguShape {
    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard let first = shapes.weight("encoder.0"), first.count == 3, first[1] == 1,
            shapes.hasLayer("encoder.2.conv1"),
            shapes.hasLayer("encoder.2.snake1"), shapes.hasLayer("decoder.2.conv1"),
            shapes.hasLayer("quantizer.quantizers.0")
        else { return nil }
        var result = RecognizedArchitecture(kind: .telugu)
        result.add("width", first[0], from: "shape of encoder.0")
        let strided = shapes.indices("encoder").dropFirst().compactMap { index in
            shapes.weight("encoder.\(index)").flatMap { $0.count == 3 ? $0 : nil }
        }
        result.add("rates", strided.map { $0[2] / 2 }, from: "kernels of the strided convolutions, taken as 2 · rate")
        if let last = strided.last {
            result.add("hidden_dim", last[0], from: "shape of the encoder's last convolution")
        }
        result.add("n_codebooks", shapes.count("quantizer.quantizers"), from: "number of quantizer.quantizers")
        if let codebook = shapes["quantizer.quantizers.0.codebook"], codebook.count == 2 {
            result.add("codebook_size", codebook[0], from: "shape of quantizer.quantizers.0.codebook")
            result.add("codebook_dim", codebook[1], from: "shape of quantizer.quantizers.0.codebook")
        }
        let rate = hints.arguments?["sample_rate"]?.integer
        result.add("sample_rate", rate ?? 16000, from: rate == nil ? "the origin's only one" : "metadata")
        return result
    }
}

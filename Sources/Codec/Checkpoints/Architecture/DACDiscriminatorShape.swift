/// DAC's discriminator: periods, then scales (off by default), then complex spectrograms in bands.
enum DACDiscriminatorShape {
    private static let periodChannels = [1, 32, 128, 512, 1024, 1024]

    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        let count = shapes.count("discriminators")
        let usesSequences = shapes.hasLayer("discriminators.0.convs.0.0")
        guard count > 0, usesSequences || shapes.hasLayer("discriminators.0.band_convs.0.0.0") else { return nil }
        var result = RecognizedArchitecture(kind: .dacDiscriminator)
        var expected = ExpectedShapes()
        var counts = (periods: 0, scales: 0, spectrograms: 0)
        var bands = 0
        for index in 0..<count {
            let name = "discriminators.\(index)"
            if shapes.hasLayer("\(name).band_convs") {
                counts.spectrograms += 1
                bands = shapes.count("\(name).band_convs")
                spectrogram(name, bands: bands, &expected)
            } else if shapes.weight("\(name).convs.0.0")?.count == 4 {
                counts.periods += 1
                period(name, &expected)
            } else {
                counts.scales += 1
                scale(name, &expected)
            }
        }
        result.add(
            "periods",
            counts.periods,
            from: "discriminators with convolutions of 5 × 1; their periods are not in the file"
        )
        result.add("rates", counts.scales, from: "discriminators with convolutions over time")
        result.add(
            "fft_sizes",
            counts.spectrograms,
            from: "discriminators with bands; their window lengths are not in the file"
        )
        if bands > 0 { result.add("bands", bands, from: "number of band_convs") }
        if (counts.periods, counts.scales, counts.spectrograms) == (5, 0, 3) { result.variant = "default sizes" }
        expected.compare(shapes, into: &result)
        return result
    }

    private static func period(_ name: String, _ expected: inout ExpectedShapes) {
        for (layer, (inputs, outputs)) in zip(periodChannels, periodChannels.dropFirst()).enumerated() {
            expected.convolution("\(name).convs.\(layer).0", [outputs, inputs, 5, 1])
        }
        expected.convolution("\(name).conv_post", [1, 1024, 3, 1])
    }

    private static func scale(_ name: String, _ expected: inout ExpectedShapes) {
        let shapes = [[16, 1, 15], [64, 4, 41], [256, 4, 41], [1024, 4, 41], [1024, 4, 41], [1024, 1024, 5]]
        for (layer, shape) in shapes.enumerated() { expected.convolution("\(name).convs.\(layer).0", shape) }
        expected.convolution("\(name).conv_post", [1, 1024, 3])
    }

    private static func spectrogram(_ name: String, bands: Int, _ expected: inout ExpectedShapes) {
        for band in 0..<bands {
            for (layer, shape) in [[32, 2, 3, 9], [32, 32, 3, 9], [32, 32, 3, 9], [32, 32, 3, 9], [32, 32, 3, 3]]
                .enumerated()
            {
                expected.convolution("\(name).band_convs.\(band).\(layer).0", shape)
            }
        }
        expected.convolution("\(name).conv_post", [1, 32, 3, 3])
    }
}

/// EnCodec's discriminator of complex spectrograms: `discriminators.{i}.convs.{j}.conv`.
enum EnCodecDiscriminatorShape {
    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard let first = shapes.weight("discriminators.0.convs.0.conv"), first.count == 4 else { return nil }
        var result = RecognizedArchitecture(kind: .encodecDiscriminator)
        result.add(
            "n_ffts",
            shapes.count("discriminators"),
            from: "number of discriminators; their sizes are not in the file"
        )
        result.add("filters", first[0], from: "shape of discriminators.0.convs.0")
        result.add("in_channels", first[1] / 2, from: "shape of discriminators.0.convs.0, real and imaginary parts")
        return result
    }
}

/// HiFi-GAN's generator (`ups`, `resblocks`) from a mel spectrogram; BigVGAN has the same names and more.
enum HiFiGANShape {
    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard let first = shapes.weight("conv_pre"), first.count == 3, shapes.hasLayer("ups.0"),
            shapes.hasLayer("resblocks.0")
        else { return nil }
        var result = RecognizedArchitecture(kind: .hifiGAN)
        let ups = shapes.count("ups")
        result.add("num_mels", first[1], from: "shape of conv_pre")
        result.add("upsample_initial_channel", first[0], from: "shape of conv_pre")
        let kernels = (0..<ups).compactMap { index in
            (shapes.weight("ups.\(index)") ?? shapes.weight("ups.\(index).0")).flatMap { $0.count == 3 ? $0[2] : nil }
        }
        result.add("upsample_kernel_sizes", kernels, from: "shapes of ups")
        if ups > 0 { result.add("num_kernels", shapes.count("resblocks") / ups, from: "resblocks per stage") }
        if shapes.hasLayer("activation_post") { result.variant = "BigVGAN" }
        return result
    }
}

/// HiFi-GAN's discriminators: `discriminators.{i}.convs.{j}` over periods (two dimensions) or scales (one).
enum HiFiGANDiscriminatorShape {
    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        let layer = "discriminators.0.convs.0"
        // One of the scales has spectral normalisation: weight_orig.
        guard let first = shapes.weight(layer) ?? shapes["\(layer).weight_orig"] else { return nil }
        let isPeriod = first.count == 4
        guard isPeriod || first.count == 3 else { return nil }
        var result = RecognizedArchitecture(kind: isPeriod ? .multiPeriodDiscriminator : .multiScaleDiscriminator)
        let count = shapes.count("discriminators")
        result.add(isPeriod ? "periods" : "scales", count, from: "number of discriminators")
        result.add("first_channels", first[0], from: "shape of \(layer)")
        return result
    }
}

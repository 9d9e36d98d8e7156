extension DiscriminatorDescription {
    /// The discriminator of the run that codec-doctor began with: MelGAN's layers at three scales, without normalisation.
    /// 16,913,859 parameters.
    public static func originGrouped(sampleRate: Int = 16_000) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "GroupedMultiScale (origin)",
            sampleRate: sampleRate,
            subDiscriminators: (0..<3).map { scale in
                SubDiscriminatorDescription(
                    name: "scale \(scale)",
                    path: "discriminators.\(scale)",
                    input: .scale(scale, kernel: 4, padding: 1, countsPadding: true),
                    layers: .grouped(normalization: .none, slope: 0.2) { "convs.\($0)" },
                    head: DiscriminatorLayerDescription(
                        "conv_post",
                        1024,
                        1,
                        kernel: [3],
                        normalization: .none,
                        slope: nil
                    )
                )
            }
        )
    }

    /// What the origin's author replaced it by: DAC's folded waveforms, padded only where needed, and whole spectrograms of real
    /// part, imaginary part and magnitude with strides along the frames. 41,391,856 parameters by default.
    ///
    /// `periods` and `windowLengths` are samples.
    public static func originDAC(
        sampleRate: Int = 16_000,
        periods: [Int] = [2, 3, 5, 7, 11],
        windowLengths: [Int] = [2048, 1024, 512]
    ) -> DiscriminatorDescription {
        var parts: [SubDiscriminatorDescription] = []
        func path() -> String { "discriminators.\(parts.count)" }
        for period in periods {
            parts.append(.period(period, path: path(), alwaysPads: false) { "convs.\($0)" })
        }
        for length in windowLengths {
            parts.append(
                SubDiscriminatorDescription(
                    name: "STFT \(length)",
                    path: path(),
                    input: .spectrogram(
                        STFTConfiguration(transformLength: length),
                        channels: .realImaginaryMagnitude,
                        axes: .binsFrames
                    ),
                    layers: .overSpectrogram(channels: 3) { "convs.\($0)" },
                    head: .spectrogramHead
                )
            )
        }
        return DiscriminatorDescription(
            name: "OriginDAC (origin's repair)",
            sampleRate: sampleRate,
            matchesLogits: true,
            subDiscriminators: parts
        )
    }
}

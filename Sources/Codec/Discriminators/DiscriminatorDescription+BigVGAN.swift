extension DiscriminatorDescription {
    /// The discriminators of BigVGAN's first version (Lee et al. 2022, arXiv:2206.04658): HiFi-GAN's folded waveforms and
    /// ``bigVGANResolutions(sampleRate:resolutions:)``. 41,386,672 parameters. Names begin with `mpd` and `mrd`, as in its checkpoints.
    public static func bigVGAN(sampleRate: Int = 24_000) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "BigVGAN",
            sampleRate: sampleRate,
            matchesLogits: true,
            subDiscriminators: hiFiGANPeriods(sampleRate: sampleRate).parts(below: "mpd")
                + bigVGANResolutions(sampleRate: sampleRate).parts(below: "mrd")
        )
    }

    /// BigVGAN's multi-resolution discriminator, which is UnivNet's (Jang et al. 2021, arXiv:2106.07889): magnitudes as images of bins
    /// and frames. 93,634 parameters per resolution.
    ///
    /// `resolutions` are lengths of transform, hop and window in samples. Its `torch.stft` gets no window function, so the window is
    /// rectangular.
    public static func bigVGANResolutions(
        sampleRate: Int = 24_000,
        resolutions: [(transform: Int, hop: Int, window: Int)] = [(1024, 120, 600), (2048, 240, 1200), (512, 50, 240)]
    ) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "BigVGAN MRD",
            sampleRate: sampleRate,
            matchesLogits: true,
            subDiscriminators: resolutions.enumerated().map { index, resolution in
                let configuration = STFTConfiguration(
                    transformLength: resolution.transform,
                    hopLength: resolution.hop,
                    windowLength: resolution.window,
                    window: .rectangular,
                    padding: .reflected((resolution.transform - resolution.hop) / 2)
                )
                return SubDiscriminatorDescription(
                    name: "STFT \(resolution.transform)",
                    path: "discriminators.\(index)",
                    input: .spectrogram(configuration, channels: .magnitude, axes: .binsFrames),
                    layers: .overSpectrogram(channels: 1) { "convs.\($0)" },
                    head: .spectrogramHead
                )
            }
        )
    }
}

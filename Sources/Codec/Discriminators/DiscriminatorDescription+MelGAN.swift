extension DiscriminatorDescription {
    /// MelGAN's multi-scale discriminator (Kumar et al. 2019, arXiv:1910.06711): grouped convolutions over the waveform, over its
    /// means and over their means. 16,924,086 parameters; names as in melgan-neurips.
    public static func melGAN(sampleRate: Int = 22_050) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "MelGAN",
            sampleRate: sampleRate,
            subDiscriminators: (0..<3).map { scale in
                SubDiscriminatorDescription(
                    name: "scale \(scale)",
                    path: "model.disc_\(scale).model",
                    input: .scale(scale, kernel: 4, padding: 1, countsPadding: false),
                    layers: .grouped(slope: 0.2, firstPadding: .reflect) {
                        // The first convolution comes behind its padding.
                        "layer_\($0).\($0 == 0 ? 1 : 0)"
                    },
                    head: DiscriminatorLayerDescription("layer_6", 1024, 1, kernel: [3], slope: nil)
                )
            }
        )
    }
}

extension DiscriminatorDescription {
    /// HiFi-GAN's discriminators (Kong et al. 2020, arXiv:2010.05646): ``hiFiGANPeriods(sampleRate:periods:)``, then
    /// ``hiFiGANScales(sampleRate:)``. 70,724,591 parameters. Names begin with `mpd` and `msd`, as in the checkpoints `do_…`.
    public static func hiFiGAN(sampleRate: Int = 22_050) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "HiFi-GAN",
            sampleRate: sampleRate,
            matchesLogits: true,
            subDiscriminators: hiFiGANPeriods(sampleRate: sampleRate).parts(below: "mpd")
                + hiFiGANScales(sampleRate: sampleRate).parts(below: "msd")
        )
    }

    /// HiFi-GAN's multi-period discriminator: waveforms folded by each of `periods`, padded only where needed.
    /// 41,105,770 parameters by default.
    public static func hiFiGANPeriods(
        sampleRate: Int = 22_050,
        periods: [Int] = [2, 3, 5, 7, 11]
    ) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "HiFi-GAN MPD",
            sampleRate: sampleRate,
            matchesLogits: true,
            subDiscriminators: periods.enumerated().map { index, period in
                .period(period, path: "discriminators.\(index)", alwaysPads: false) { "convs.\($0)" }
            }
        )
    }

    /// HiFi-GAN's multi-scale discriminator: grouped convolutions over the waveform, over its means and over their means; the first
    /// under spectral, the others under weight normalisation. 29,618,821 parameters.
    public static func hiFiGANScales(sampleRate: Int = 22_050) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "HiFi-GAN MSD",
            sampleRate: sampleRate,
            matchesLogits: true,
            subDiscriminators: (0..<3).map { scale in
                let normalization: WeightNormalization = scale == 0 ? .spectral : .weight
                return SubDiscriminatorDescription(
                    name: "scale \(scale)",
                    path: "discriminators.\(scale)",
                    input: .scale(scale, kernel: 4, padding: 2, countsPadding: true),
                    layers: hiFiGANScaleLayers(normalization),
                    head: DiscriminatorLayerDescription(
                        "conv_post",
                        1024,
                        1,
                        kernel: [3],
                        normalization: normalization,
                        slope: nil
                    )
                )
            }
        )
    }

    private static func hiFiGANScaleLayers(_ normalization: WeightNormalization) -> [DiscriminatorLayerDescription] {
        let widths = [1, 128, 128, 256, 512, 1024, 1024, 1024]
        let kernels = [15, 41, 41, 41, 41, 41, 5]
        let strides = [1, 2, 2, 4, 4, 1, 1]
        let groups = [1, 4, 16, 16, 16, 16, 1]
        return (0..<7).map { index in
            DiscriminatorLayerDescription(
                "convs.\(index)",
                widths[index],
                widths[index + 1],
                kernel: [kernels[index]],
                stride: [strides[index]],
                groups: groups[index],
                normalization: normalization,
                slope: 0.1
            )
        }
    }

    /// The parts with `prefix` in front of their names in state dictionaries.
    func parts(below prefix: String) -> [SubDiscriminatorDescription] {
        subDiscriminators.map { part in
            var part = part
            part.path = "\(prefix).\(part.path)"
            return part
        }
    }
}

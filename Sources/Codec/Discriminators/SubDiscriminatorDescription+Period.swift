extension SubDiscriminatorDescription {
    /// HiFi-GAN's net over a folded waveform (Kong et al. 2020, arXiv:2010.05646), 8,221,154 parameters with weight norms: every
    /// p-th sample is a column of its own. DAC's differs by `alwaysPads`.
    static func period(
        _ period: Int,
        path: String,
        alwaysPads: Bool,
        names: (Int) -> String
    ) -> SubDiscriminatorDescription {
        let widths = [1, 32, 128, 512, 1024, 1024]
        return SubDiscriminatorDescription(
            name: "period \(period)",
            path: path,
            input: .period(period, alwaysPads: alwaysPads),
            layers: (0..<5).map { index in
                DiscriminatorLayerDescription(
                    names(index),
                    widths[index],
                    widths[index + 1],
                    kernel: [5, 1],
                    stride: [index < 4 ? 3 : 1, 1],
                    slope: 0.1
                )
            },
            head: DiscriminatorLayerDescription("conv_post", 1024, 1, kernel: [3, 1], slope: nil)
        )
    }
}

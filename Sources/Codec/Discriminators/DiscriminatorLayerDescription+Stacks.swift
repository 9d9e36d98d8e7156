extension [DiscriminatorLayerDescription] {
    /// MelGAN's grouped convolutions over a waveform (Kumar et al. 2019, arXiv:1910.06711), which DAC's scales and the origin's
    /// net share: 4 input channels per group, strides of 4, a dense layer at the end.
    static func grouped(
        normalization: WeightNormalization = .weight,
        slope: Float,
        firstPadding: PaddingMode = .zero,
        names: (Int) -> String
    ) -> [DiscriminatorLayerDescription] {
        let widths = [1, 16, 64, 256, 1024, 1024, 1024]
        let groups = [1, 4, 16, 64, 256, 1]
        return (0..<6).map { index in
            DiscriminatorLayerDescription(
                names(index),
                widths[index],
                widths[index + 1],
                kernel: [index == 0 ? 15 : index < 5 ? 41 : 5],
                stride: [(1...4).contains(index) ? 4 : 1],
                paddingMode: index == 0 ? firstPadding : .zero,
                groups: groups[index],
                normalization: normalization,
                slope: slope
            )
        }
    }

    /// 32 channels over a spectrogram, the last dimension halved three times; DAC's bands, BigVGAN's and the origin's images.
    static func overSpectrogram(channels: Int, names: (Int) -> String) -> [DiscriminatorLayerDescription] {
        (0..<5).map { index in
            DiscriminatorLayerDescription(
                names(index),
                index == 0 ? channels : 32,
                32,
                kernel: index < 4 ? [3, 9] : [3, 3],
                stride: (1...3).contains(index) ? [1, 2] : [1, 1],
                slope: 0.1
            )
        }
    }
}

extension DiscriminatorLayerDescription {
    /// The logits of a spectrogram's 32 channels.
    static var spectrogramHead: DiscriminatorLayerDescription {
        DiscriminatorLayerDescription("conv_post", 32, 1, kernel: [3, 3], slope: nil)
    }
}

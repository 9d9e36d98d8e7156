extension DiscriminatorDescription {
    /// EnCodec's multi-scale STFT discriminator (Défossez et al. 2022, arXiv:2210.13438): complex spectrograms with convolutions
    /// dilated along the frames. 94,466 parameters per scale; the first convolution has no weight norm, as in encodec's code.
    ///
    /// `windowLengths` are samples, multiples of 4: encodec's three, audiocraft adds 256 and 128. `slope` is that of LeakyReLU:
    /// 0.2 in encodec, 0.3 in audiocraft.
    public static func enCodec(
        sampleRate: Int = 24_000,
        windowLengths: [Int] = [1024, 2048, 512],
        slope: Float = 0.2
    ) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "EnCodec",
            sampleRate: sampleRate,
            subDiscriminators: windowLengths.enumerated().map { index, length in
                SubDiscriminatorDescription(
                    name: "STFT \(length)",
                    path: "discriminators.\(index)",
                    input: .spectrogram(
                        STFTConfiguration(transformLength: length, padding: .none, normalization: .windowEnergy),
                        channels: .realImaginary,
                        axes: .framesBins
                    ),
                    layers: enCodecLayers(slope: slope),
                    head: DiscriminatorLayerDescription("conv_post.conv", 32, 1, kernel: [3, 3], slope: nil)
                )
            }
        )
    }

    private static func enCodecLayers(slope: Float) -> [DiscriminatorLayerDescription] {
        let dilations = [1, 1, 2, 4, 1]
        return (0..<5).map { index in
            DiscriminatorLayerDescription(
                "convs.\(index).conv",
                index == 0 ? 2 : 32,
                32,
                kernel: index < 4 ? [3, 9] : [3, 3],
                stride: (1...3).contains(index) ? [1, 2] : [1, 1],
                dilation: [dilations[index], 1],
                normalization: index == 0 ? .none : .weight,
                slope: slope
            )
        }
    }
}

import Codec
import Foundation
import Probe

/// Nets of a few thousand parameters, and audio that needs no files.
enum TinyNets {
    /// Three convolutions over the waveform.
    static func waveform(
        groups: Int = 1,
        normalization: WeightNormalization = .none,
        preprocessing: DiscriminatorDescription.Preprocessing = .none
    ) -> DiscriminatorDescription {
        DiscriminatorDescription(
            name: "tiny",
            sampleRate: 16_000,
            preprocessing: preprocessing,
            subDiscriminators: [
                SubDiscriminatorDescription(
                    name: "waveform",
                    path: "discriminators.0",
                    input: .waveform(.none),
                    layers: [
                        layer("convs.0", 1, 16, kernel: [15], stride: [2], normalization: normalization),
                        layer(
                            "convs.1",
                            16,
                            32,
                            kernel: [9],
                            stride: [4],
                            groups: groups,
                            normalization: normalization
                        ),
                        layer(
                            "convs.2",
                            32,
                            32,
                            kernel: [9],
                            stride: [4],
                            groups: groups,
                            normalization: normalization
                        ),
                    ],
                    head: DiscriminatorLayerDescription(
                        "conv_post",
                        32,
                        1,
                        kernel: [3],
                        normalization: normalization,
                        slope: nil
                    )
                )
            ]
        )
    }

    /// Two convolutions over each of two bands of a magnitude spectrogram.
    static var magnitude: DiscriminatorDescription {
        func branch(_ index: Int, _ band: ClosedRange<Double>) -> SubDiscriminatorDescription.Branch {
            .init(
                band: band,
                layers: [
                    layer("band_convs.\(index).0", 1, 8, kernel: [3, 9], stride: [1, 2], normalization: .weight),
                    layer("band_convs.\(index).1", 8, 8, kernel: [3, 3], stride: [1, 1], normalization: .weight),
                ]
            )
        }
        return DiscriminatorDescription(
            name: "tiny magnitude",
            sampleRate: 16_000,
            subDiscriminators: [
                SubDiscriminatorDescription(
                    name: "STFT 512",
                    path: "discriminators.0",
                    input: .spectrogram(
                        STFTConfiguration(transformLength: 512),
                        channels: .magnitude,
                        axes: .framesBins
                    ),
                    branches: [branch(0, 0...0.25), branch(1, 0.25...1)],
                    head: DiscriminatorLayerDescription("conv_post", 8, 1, kernel: [3, 3], slope: nil)
                )
            ]
        )
    }

    private static func layer(
        _ name: String,
        _ inputs: Int,
        _ outputs: Int,
        kernel: [Int],
        stride: [Int],
        groups: Int = 1,
        normalization: WeightNormalization
    ) -> DiscriminatorLayerDescription {
        DiscriminatorLayerDescription(
            name,
            inputs,
            outputs,
            kernel: kernel,
            stride: stride,
            groups: groups,
            normalization: normalization,
            slope: 0.2
        )
    }

    /// The three Telugu clips of the fixtures, about 8 s.
    static func speech() throws -> [AudioSignal] {
        // This file is Tests/ProbeTests/TinyNets.swift; Tests may be a symbolic link.
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try ["boat", "clock", "rain"].map {
            try AudioFile.read(root.appending(path: "Fixtures/audio/telugu/\($0).flac").path)
        }
    }

    /// A net with weights drawn for a seed.
    static func net(_ description: DiscriminatorDescription, seed: UInt64 = 1) -> Discriminator {
        var random = RandomSource(seed: seed)
        return Discriminator(description, using: &random)
    }
}

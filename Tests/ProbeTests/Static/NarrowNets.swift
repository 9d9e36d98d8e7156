import Codec

/// Discriminators of the presets' geometry with few channels, quick enough to run.
enum NarrowNets {
    /// The same strides, kernels and inputs with `width` channels everywhere and no groups.
    static func dense(_ description: DiscriminatorDescription, width: Int = 1) -> DiscriminatorDescription {
        var result = description.mappingLayers { layer in
            var layer = layer
            layer.groups = 1
            layer.outputChannels = layer.name.hasPrefix("conv_post") ? 1 : width
            layer.inputChannels = layer.name.hasPrefix("conv_post") ? width : width
            layer.normalization = .none
            return layer
        }
        for sub in result.subDiscriminators.indices {
            for branch in result.subDiscriminators[sub].branches.indices {
                result.subDiscriminators[sub].branches[branch].layers[0].inputChannels =
                    result.subDiscriminators[sub].input.channels
            }
        }
        return result
    }

    /// Every kind of input with small numbers, so that a second is 1,600 samples.
    static var mixed: DiscriminatorDescription {
        func layers(_ dimensions: Int, channels: Int) -> [DiscriminatorLayerDescription] {
            let pick = { (values: [Int]) in Array(values.prefix(dimensions)) }
            return [
                .init("a", channels, 2, kernel: pick([5, 3]), stride: pick([3, 1]), normalization: .none, slope: 0.1),
                .init("b", 2, 2, kernel: pick([3, 3]), stride: pick([2, 2]), dilation: pick([2, 1]), slope: 0.1),
            ]
        }
        func part(_ name: String, _ input: DiscriminatorInput) -> SubDiscriminatorDescription {
            let dimensions = input.spatialDimensions
            return SubDiscriminatorDescription(
                name: name,
                path: name,
                input: input,
                layers: layers(dimensions, channels: input.channels),
                head: .init("conv_post", 2, 1, kernel: Array(repeating: 3, count: dimensions), slope: nil)
            )
        }
        let centered = STFTConfiguration(transformLength: 64, hopLength: 16, windowLength: 40)
        let plain = STFTConfiguration(transformLength: 64, padding: .none)
        return DiscriminatorDescription(
            name: "mixed",
            sampleRate: 1600,
            subDiscriminators: [
                part("waveform", .waveform(.none)),
                part(
                    "pool",
                    .waveform(.averagePool(kernel: 4, stride: 2, padding: 1, countsPadding: false, times: 2))
                ),
                part("resampled", .waveform(.resample(factor: 2, sampleRate: 1600))),
                part("unevenly", .waveform(.resample(factor: 3, sampleRate: 1600))),
                part("period", .period(7, alwaysPads: false)),
                part("filled", .period(4, alwaysPads: true)),
                part("frames", .spectrogram(centered, channels: .realImaginaryMagnitude, axes: .framesBins)),
                part("bins", .spectrogram(plain, channels: .magnitude, axes: .binsFrames)),
            ]
        )
    }
}

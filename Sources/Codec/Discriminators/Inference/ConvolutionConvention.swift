/// What is usual for a convolution of some shape where a checkpoint does not tell: strides, dilations and padding.
enum ConvolutionConvention {
    /// Layers with the strides and paddings that nets of these shapes have.
    static func layers(
        _ chain: ConvolutionChain,
        names: [String],
        slope: Float
    ) -> (layers: [DiscriminatorLayerDescription], source: String) {
        let model = models.first { $0.matches(chain) }
        let last = chain.layers.count - 1
        let layers = chain.layers.indices.map { index in
            let layer = chain.layers[index]
            let geometry =
                model?.geometry[index] ?? Geometry(usualFor: layer, isFirst: index == 0, isLast: index == last)
            return DiscriminatorLayerDescription(
                names[index],
                layer.groupWidth * chain.groups[index],
                layer.outputChannels,
                kernel: layer.kernel,
                stride: geometry.stride,
                dilation: geometry.dilation,
                padding: geometry.padding,
                groups: chain.groups[index],
                normalization: layer.normalization,
                slope: index == last ? nil : slope,
                hasBias: layer.hasBias
            )
        }
        return (layers, model.map { "as in \($0.name)" } ?? "as is usual for such kernels")
    }

    /// What moves a kernel over its input, one number per dimension.
    private struct Geometry {
        let stride: [Int], dilation: [Int], padding: [Int]

        init(_ layer: DiscriminatorLayerDescription) {
            stride = layer.stride
            dilation = layer.dilation
            padding = layer.padding
        }

        /// The first and the last layer keep the length. Between them, along time: k41 and longer kernels take every fourth value, even
        /// kernels half their length; k5 of a folded waveform every third unless the channels stay the same; the nine of 3 × 9 over a
        /// spectrogram every second. Padding keeps the length at stride 1.
        init(usualFor layer: StoredConvolution, isFirst: Bool, isLast: Bool) {
            let kernel = layer.kernel
            let isFolded = kernel.count == 2 && kernel[1] == 1
            stride = kernel.enumerated().map { axis, taps in
                if taps % 2 == 0 { return isFirst && kernel.count == 1 || isLast ? 1 : max(1, taps / 2) }
                if isLast { return 1 }
                if isFolded { return axis == 0 && taps >= 5 && layer.groupWidth != layer.outputChannels ? 3 : 1 }
                if isFirst { return 1 }
                return kernel.count == 1 ? (taps >= 21 ? 4 : 1) : (axis == 1 && taps >= 7 ? 2 : 1)
            }
            dilation = kernel.map { _ in 1 }
            padding = kernel.map { ($0 - 1) / 2 }
        }
    }

    /// A published net's kernels and groups.
    private struct Model {
        let name: String
        let geometry: [Geometry]
        private let kernels: [[Int]]
        private let groups: [Int]

        init(_ name: String, _ part: SubDiscriminatorDescription) {
            let layers = (part.branches.first?.layers ?? []) + [part.head]
            self.name = name
            geometry = layers.map(Geometry.init)
            kernels = layers.map(\.kernel)
            groups = layers.map(\.groups)
        }

        func matches(_ chain: ConvolutionChain) -> Bool {
            chain.groups == groups && chain.layers.map(\.kernel) == kernels
        }
    }

    private static let models: [Model] = [
        ("MelGAN's scales", DiscriminatorDescription.melGAN()), ("HiFi-GAN's scales", .hiFiGANScales()),
        ("HiFi-GAN's periods", .hiFiGANPeriods()), ("BigVGAN's and DAC's spectrograms", .bigVGANResolutions()),
    ].compactMap { name, description in description.subDiscriminators.first.map { Model(name, $0) } }
}

import Codec

/// What the layers before a layer, with random weights, make of audio: inputs as a real layer gets them.
enum LayerFeatures {
    /// Values of the largest feature map, so that memory stays bounded.
    private static let largestMap = 1 << 25

    /// The part of `part` that ends before `layer`; nil when the layer is the first of its branch, or not in a branch.
    static func net(
        before layer: DiscriminatorLayerDescription,
        in part: SubDiscriminatorDescription,
        of description: DiscriminatorDescription
    ) -> DiscriminatorDescription? {
        for branch in part.branches {
            guard let index = branch.layers.firstIndex(of: layer), index > 0 else { continue }
            var net = description
            net.subDiscriminators = [
                SubDiscriminatorDescription(
                    name: part.name,
                    path: part.path,
                    input: part.input,
                    branches: [.init(band: branch.band, layers: Array(branch.layers.prefix(index)))],
                    head: head(behind: layer.inputChannels, dimensions: layer.kernel.count)
                )
            ]
            return net
        }
        return nil
    }

    /// Layers that could stand before `layer`, as MelGAN has them: over a waveform of 16 kHz a first layer of 15 taps, then grouped
    /// layers of 41 taps and stride 4 that make channels four times as many, up to the layer's. Over two dimensions one layer of
    /// 3×9 taps on a complex spectrogram. nil for a layer of more than 4096 channels.
    static func standIn(before layer: DiscriminatorLayerDescription) -> DiscriminatorDescription? {
        guard layer.inputChannels <= 4096 else { return nil }
        var layers: [DiscriminatorLayerDescription] = []
        func append(_ inputs: Int, _ outputs: Int, _ kernel: [Int], _ stride: [Int], groups: Int = 1) {
            layers.append(
                DiscriminatorLayerDescription(
                    "layer \(layers.count)",
                    inputs,
                    outputs,
                    kernel: kernel,
                    stride: stride,
                    groups: groups,
                    normalization: .none,
                    slope: 0.2
                )
            )
        }
        let input: DiscriminatorInput
        if layer.kernel.count == 2 {
            input = .spectrogram(
                STFTConfiguration(transformLength: 1024, padding: .matchingStride),
                channels: .realImaginary,
                axes: .framesBins
            )
            append(2, layer.inputChannels, [3, 9], [1, 1])
        } else {
            input = .waveform(.none)
            var channels = min(16, layer.inputChannels)
            append(1, channels, [15], [1])
            while channels < layer.inputChannels {
                let outputs = min(4 * channels, layer.inputChannels)
                let groups = channels >= 4 && outputs % (channels / 4) == 0 ? channels / 4 : 1
                append(channels, outputs, [41], [4], groups: groups)
                channels = outputs
            }
        }
        let part = SubDiscriminatorDescription(
            name: "stand-in",
            path: "stand-in",
            input: input,
            layers: layers,
            head: head(behind: layer.inputChannels, dimensions: layer.kernel.count)
        )
        return DiscriminatorDescription(name: "stand-in", sampleRate: 16_000, subDiscriminators: [part])
    }

    /// The last feature map of `net` on two thirds of the audio, and on the last third; nil when there is less than 1 s for either, or
    /// the audio cannot be resampled.
    static func make(
        before layer: DiscriminatorLayerDescription,
        in net: DiscriminatorDescription,
        audio: [AudioSignal],
        seed: UInt64
    ) -> (training: Tensor, unseen: Tensor)? {
        var samples: [Float] = []
        for signal in audio {
            guard let resampled = try? signal.mono.resampled(to: net.sampleRate) else { return nil }
            samples += resampled.channels[0]
        }
        let longest = Int(Double(net.sampleRate) * min(60, seconds(of: net)))
        let count = min(samples.count, longest)
        guard count >= 3 * net.sampleRate else { return nil }
        let split = count * 2 / 3
        var random = RandomSource(seed: seed &+ 11)
        let discriminator = Discriminator(net, using: &random)
        func features(_ range: Range<Int>) -> Tensor? {
            let signal = Tensor(Array(samples[range]), shape: [1, 1, range.count])
            return withoutGradients { discriminator.output(of: signal).parts.first?.features.last }
        }
        guard let training = features(0..<split), let unseen = features(split..<count) else { return nil }
        return (training, unseen)
    }

    /// The seconds of audio whose largest feature map still fits.
    private static func seconds(of net: DiscriminatorDescription) -> Double {
        guard let part = net.subDiscriminators.first, let branch = part.branches.first else { return 0 }
        var rate = Double(net.sampleRate)
        // Frames every quarter window, half a window of bins, two parts.
        if case .spectrogram = part.input { rate *= 2 }
        var largest = rate
        for layer in branch.layers {
            rate /= Double(layer.stride.reduce(1, *))
            largest = max(largest, rate * Double(layer.outputChannels))
        }
        return Double(largestMap) / largest
    }

    private static func head(behind channels: Int, dimensions: Int) -> DiscriminatorLayerDescription {
        DiscriminatorLayerDescription(
            "head",
            channels,
            1,
            kernel: [Int](repeating: 1, count: dimensions),
            normalization: .none,
            slope: nil
        )
    }
}

/// Why a description is no discriminator.
public struct DiscriminatorDescriptionError: Error, Hashable, CustomStringConvertible {
    /// The sub-discriminator or layer by its state-dict name: "discriminators.0.convs.2"; empty for the whole.
    public let place: String
    /// What is wrong there.
    public let problem: String

    /// A sentence for the user.
    public var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
}

extension DiscriminatorDescription {
    /// Throws when a ``Discriminator`` of this description would not work, whatever the audio. Presets always do.
    public func validate() throws(DiscriminatorDescriptionError) {
        func fail(_ place: String, _ problem: String) throws(DiscriminatorDescriptionError) -> Never {
            throw DiscriminatorDescriptionError(place: place, problem: problem)
        }
        if subDiscriminators.isEmpty { try fail("", "a discriminator needs at least one sub-discriminator") }
        if sampleRate < 1 { try fail("", "a sample rate of \(sampleRate) Hz is not possible") }
        var names: Set<String> = []
        for part in subDiscriminators {
            if let problem = part.input.problem { try fail(part.path, problem) }
            if part.branches.isEmpty { try fail(part.path, "there is no branch of layers") }
            for branch in part.branches {
                if let problem = part.input.problem(of: branch.band) { try fail(part.path, problem) }
                var channels = part.input.channels
                for layer in branch.layers + [part.head] {
                    let name = Layer.join(part.path, layer.name)
                    if let problem = layer.problem(dimensions: part.input.spatialDimensions) { try fail(name, problem) }
                    if layer.inputChannels != channels {
                        try fail(name, "it takes \(layer.inputChannels) channels, but gets \(channels)")
                    }
                    channels = layer.outputChannels
                }
            }
            for layer in part.layers where !names.insert(Layer.join(part.path, layer.name)).inserted {
                try fail(Layer.join(part.path, layer.name), "two layers have this name")
            }
            guard let shortest = part.shortestInput else {
                try fail(part.path, "no audio is long enough for its layers")
            }
            let step = part.input.step
            for count in 1...64 where part.outputSizes(samples: shortest + count * step) == nil {
                try fail(part.path, "its branches end with images of different sizes, which cannot be joined")
            }
        }
    }
}

extension DiscriminatorLayerDescription {
    /// What is wrong with this layer on its own.
    fileprivate func problem(dimensions: Int) -> String? {
        let lists = [("kernel", kernel, 1), ("stride", stride, 1), ("dilation", dilation, 1), ("padding", padding, 0)]
        for (name, values, smallest) in lists {
            if values.count != dimensions {
                return "its \(name) has \(values.count) number(s), but its input has \(dimensions) dimension(s)"
            }
            if let value = values.first(where: { !(smallest...largestSize).contains($0) }) {
                return "a \(name) of \(value) is not possible"
            }
        }
        if inputChannels < 1 || outputChannels < 1 { return "it needs at least one channel in and out" }
        if groups < 1 || inputChannels % groups != 0 || outputChannels % groups != 0 {
            return "\(groups) groups do not divide \(inputChannels) input and \(outputChannels) output channels"
        }
        let values = weightShape.reduce(1) { $0 * Double($1) }
        return values > mostWeights ? "its weight of shape \(weightShape) is too large" : nil
    }
}

/// Sizes of kernels, strides, paddings and folds are at most this, and a weight has at most so many values: far from overflow.
private let largestSize = 1 << 20, mostWeights = Double(1 << 32)

extension DiscriminatorInput {
    /// What is wrong with this input on its own.
    fileprivate var problem: String? {
        switch self {
        case .waveform(.none): return nil
        case .waveform(.averagePool(let kernel, let stride, let padding, _, let times)):
            let fits =
                (1...largestSize).contains(kernel) && (1...largestSize).contains(stride)
                && (0...kernel / 2).contains(padding) && (0...64).contains(times)
            return fits ? nil : "a pool of kernel \(kernel), stride \(stride) and padding \(padding) is not possible"
        case .waveform(.resample(let factor, let sampleRate)):
            return (1...max(1, sampleRate)).contains(factor) && sampleRate > 0
                ? nil : "\(sampleRate) Hz cannot be divided by \(factor)"
        case .period(let period, _):
            return (1...largestSize).contains(period) ? nil : "a period of \(period) samples is not possible"
        case .spectrogram(let configuration, _, _):
            guard configuration.padding == .matchingStride else { return nil }
            return configuration.transformLength % 4 == 0
                && configuration.hopLength == configuration.transformLength / 4
                ? nil : "frames that match a stride need a hop of a quarter of the transform"
        }
    }

    /// Samples by which audio must grow for one frame or row more, at least.
    fileprivate var step: Int {
        switch self {
        case .waveform: 1
        case .period(let period, _): period
        case .spectrogram(let configuration, _, _): configuration.hopLength
        }
    }

    /// What is wrong with this band.
    fileprivate func problem(of band: ClosedRange<Double>?) -> String? {
        guard let band else { return nil }
        guard case .spectrogram(let configuration, _, _) = self else { return "only a spectrogram has bands" }
        guard band.lowerBound >= 0, band.upperBound <= 1 else { return "a band lies between 0 and 1, not \(band)" }
        let bins = Double(configuration.binCount)
        return Int(band.lowerBound * bins) < Int(band.upperBound * bins)
            ? nil : "the band \(band) holds none of \(configuration.binCount) bins"
    }
}

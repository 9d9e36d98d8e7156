extension DiscriminatorLayerDescription {
    /// The sizes of the result, `[T']` or `[H', W']`, for an input of these sizes; nil where no window fits or a reflection is longer
    /// than the input.
    public func outputSizes(for sizes: [Int]) -> [Int]? {
        guard sizes.count == kernel.count else { return nil }
        var result: [Int] = []
        for (index, size) in sizes.enumerated() {
            if paddingMode == .reflect, padding[index] >= size { return nil }
            let free = size + 2 * padding[index] - dilation[index] * (kernel[index] - 1) - 1
            guard size > 0, free >= 0 else { return nil }
            result.append(free / stride[index] + 1)
        }
        return result
    }
}

extension DiscriminatorInput {
    /// The sizes of what the first convolution gets, `[T]` or `[H, W]`, for so many samples; nil where they are too few.
    public func imageSizes(samples: Int) -> [Int]? {
        guard samples >= shortestInput else { return nil }
        switch self {
        case .waveform(let downsampling):
            guard let length = downsampling.outputLength(samples) else { return nil }
            return [length]
        case .period(let period, let alwaysPads):
            return [samples / period + (alwaysPads || samples % period > 0 ? 1 : 0), period]
        case .spectrogram(let configuration, _, let axes):
            let frames = configuration.frameCount(length: samples)
            guard frames > 0 else { return nil }
            return axes == .framesBins ? [frames, configuration.binCount] : [configuration.binCount, frames]
        }
    }

    /// Fewer samples never give an image: a fold must not reflect more than there is, from here on it does not.
    private var shortestInput: Int {
        guard case .period(let period, let alwaysPads) = self else { return 1 }
        return alwaysPads ? period + 1 : period / 2 + 1
    }

    /// The bins of a band, ⌊lower·F⌋ up to ⌊upper·F⌋ of the F bins of an image of these sizes.
    func bins(of band: ClosedRange<Double>, in sizes: [Int]) -> Range<Int> {
        let bins = Double(sizes[binDimension - 2])
        return Int(band.lowerBound * bins)..<Int(band.upperBound * bins)
    }
}

extension DiscriminatorInput.Downsampling {
    /// The samples that are left of so many; nil where they are too few.
    func outputLength(_ samples: Int) -> Int? {
        switch self {
        case .none: return samples
        case .averagePool(let kernel, let stride, let padding, _, let times):
            var length = samples
            for _ in 0..<times {
                guard length > 0, length + 2 * padding >= kernel else { return nil }
                length = (length + 2 * padding - kernel) / stride + 1
            }
            return length
        case .resample(let factor, let sampleRate):
            let length = SincFilter(from: sampleRate, to: sampleRate / factor).outputCount(of: samples)
            return length > 0 ? length : nil
        }
    }
}

extension SubDiscriminatorDescription {
    /// The sizes behind every layer, in the order of ``layers``, for audio of so many samples; the last are the logits'. Nil where the
    /// audio is too short for one of them, or branches end with images that cannot be joined.
    public func outputSizes(samples: Int) -> [[Int]]? {
        guard let image = input.imageSizes(samples: samples) else { return nil }
        let binDimension = input.binDimension - 2
        var result: [[Int]] = []
        var joined: [Int] = []
        for branch in branches {
            var sizes = image
            if let band = branch.band { sizes[binDimension] = input.bins(of: band, in: image).count }
            for layer in branch.layers {
                guard let next = layer.outputSizes(for: sizes) else { return nil }
                sizes = next
                result.append(sizes)
            }
            if joined.isEmpty {
                joined = sizes
            } else {
                for dimension in sizes.indices where dimension != binDimension {
                    guard sizes[dimension] == joined[dimension] else { return nil }
                }
                joined[binDimension] += sizes[binDimension]
            }
        }
        guard let logits = head.outputSizes(for: joined) else { return nil }
        return result + [logits]
    }

    /// The fewest samples it can take, and all larger numbers too; nil if not even 2²⁴ are enough.
    ///
    /// PyTorch's reflection at the ends of a spectrogram needs more: half a transform and one sample, where ours goes on back and forth.
    public var shortestInput: Int? {
        var tooFew = 0
        var enough = 1
        while outputSizes(samples: enough) == nil {
            guard enough < 1 << 24 else { return nil }
            (tooFew, enough) = (enough, 2 * enough)
        }
        while enough - tooFew > 1 {
            let middle = (tooFew + enough) / 2
            if outputSizes(samples: middle) == nil { tooFew = middle } else { enough = middle }
        }
        return enough
    }
}

extension DiscriminatorDescription {
    /// The fewest samples every sub-discriminator can take; nil if one cannot take any number of them.
    public var shortestInput: Int? {
        var result = 1
        for part in subDiscriminators {
            guard let shortest = part.shortestInput else { return nil }
            result = max(result, shortest)
        }
        return result
    }
}

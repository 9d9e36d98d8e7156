extension Tensor {
    /// The signal of a spectrogram, as `torch.istft`: frames overlapped under the window and divided by the overlapped squares
    /// of the window.
    ///
    /// `self` is `[…, F, L, 2]` (or `[…, 2, L, F]`), the result `[…, length]`. `configuration` and `length` are those the
    /// spectrogram was made with; a spectrogram of one that is not a signal's gives the signal closest to it. `length` may be
    /// left out when it is the shortest of its number of frames. Samples after the last frame are 0; elsewhere the windows'
    /// overlap must not vanish, as Hann windows without padding do at the first sample.
    public func inverseSTFT(
        _ configuration: STFTConfiguration,
        length: Int? = nil,
        layout: SpectrogramLayout = .binsFramesParts
    ) -> Tensor {
        precondition(rank >= 3 && count > 0, "inverseSTFT needs […, F, L, 2], but got \(shape)")
        let (leading, size) = (Array(shape.dropLast(3)), layout.size(of: Array(shape.suffix(3))))
        let length = length ?? configuration.shortestLength(frames: size.frames)
        let placed = configuration.layout(length: length).withoutImages(frames: size.frames)
        let kernel = STFTKernel(configuration, layout: placed)
        precondition(
            size.bins == kernel.binCount && shape.suffix(3) == layout.shape(bins: size.bins, frames: size.frames)[...],
            "inverseSTFT: \(shape) is not a spectrogram of \(kernel.binCount) bins"
        )
        let items = leading.reduce(1, *)
        let steps = layout.steps(bins: size.bins, frames: size.frames)
        let inverseLength = 1 / Float(configuration.transformLength)
        let envelope = configuration.inverseEnvelope(frames: size.frames, length: length)
        let inputShape = shape
        let signals = kernel.synthesise(
            storage,
            items: items,
            steps: steps,
            scales: kernel.binScales(edge: inverseLength, interior: inverseLength)
        )
        signals.multiply(byRepeating: envelope)
        return Tensor(operation: "inverseSTFT", storage: signals, shape: leading + [length], inputs: [self]) {
            gradient in
            let weighted = TensorStorage(gradient.values)
            weighted.multiply(byRepeating: envelope)
            let scales = kernel.binScales(edge: inverseLength, interior: 2 * inverseLength)
            let storage = kernel.analyse(weighted, items: items, steps: steps, scales: scales)
            return [Tensor(storage: storage, shape: inputShape)]
        }
    }
}

extension STFTConfiguration {
    /// The shortest signal that has this many frames.
    func shortestLength(frames: Int) -> Int {
        switch padding {
        case .none: (frames - 1) * hopLength + transformLength
        case .centered: max(1, (frames - 1) * hopLength + transformLength - 2 * (transformLength / 2))
        case .reflected(let count): max(1, (frames - 1) * hopLength + transformLength - 2 * count)
        case .matchingStride, .fullFrames: frames * hopLength
        }
    }

    /// One over the sum of squared windows that cover each of `length` samples.
    ///
    /// audiotools puts the frames that matching a stride dropped, two at each end, back as zeros: their windows count.
    func inverseEnvelope(frames: Int, length: Int) -> [Float] {
        let (weights, offset) = (self.weights, layout(length: length).offset)
        let dropped = padding == .matchingStride ? 2 : 0
        var envelope = [Double](repeating: 0, count: length)
        for frame in -dropped..<(frames + dropped) {
            let start = frame * hopLength + offset
            for index in max(0, -start)..<max(0, -start, min(transformLength, length - start)) {
                envelope[start + index] += Double(weights[index]) * Double(weights[index])
            }
        }
        let end = (frames + dropped - 1) * hopLength + transformLength + offset
        return envelope.enumerated().map { index, sum in
            guard index < end else { return 0 }
            precondition(
                sum > 1e-11,
                "inverseSTFT: the windows leave sample \(index) uncovered, so it cannot be recovered"
            )
            return Float(1 / sum)
        }
    }
}

extension TensorStorage {
    /// Multiplies each of the signals that lie one after another by the same factors.
    fileprivate func multiply(byRepeating factors: [Float]) {
        withMutableSpan { values in
            for start in stride(from: 0, to: values.count, by: factors.count) {
                for index in factors.indices { values[start + index] *= factors[index] }
            }
        }
    }
}

extension Tensor {
    /// The short-time Fourier transform along the last dimension, as `torch.stft` with `onesided=True`.
    ///
    /// `self` is `[…, T]`, usually `[B, T]` or `[B, C, T]`; the result is `[…, F, L, 2]` with F bins, L frames, real and
    /// imaginary part, or `[…, 2, L, F]`. T must be at least 1 and, without padding, one transform. Unlike PyTorch, which
    /// refuses signals shorter than the padding, reflection goes on back and forth. A NaN reaches all bins of the frames that
    /// cover it.
    public func stft(_ configuration: STFTConfiguration, layout: SpectrogramLayout = .binsFramesParts) -> Tensor {
        precondition(rank > 0 && count > 0, "stft needs […, T] with at least one sample, but got \(shape)")
        let (leading, length) = (Array(shape.dropLast()), shape[rank - 1])
        let kernel = STFTKernel(configuration, length: length)
        let items = count / length
        let steps = layout.steps(bins: kernel.binCount, frames: kernel.layout.frameCount)
        let inputShape = shape
        return Tensor(
            operation: "stft",
            storage: kernel.analyse(
                storage,
                items: items,
                steps: steps,
                scales: kernel.binScales(edge: 1, interior: 1)
            ),
            shape: leading + layout.shape(bins: kernel.binCount, frames: kernel.layout.frameCount),
            inputs: [self]
        ) { gradient in
            // The inverse real transform counts every bin but the first and last twice.
            let scales = kernel.binScales(edge: 1, interior: 0.5)
            let storage = kernel.synthesise(gradient.storage, items: items, steps: steps, scales: scales)
            return [Tensor(storage: storage, shape: inputShape)]
        }
    }
}

extension Tensor {
    /// Changes the sample rate along the last dimension, as `julius.resample_frac` and audiotools' `resample` do.
    ///
    /// `self` is `[…, T]`, the result `[…, ⌊T · outputRate / inputRate⌋]`; rates are in Hz. The signal continues at both ends with its
    /// first and last sample. A NaN reaches what its window covers, about 25 samples of the lower rate on both sides.
    public func sincResampled(from inputRate: Int, to outputRate: Int) -> Tensor {
        precondition(rank > 0 && count > 0, "sincResampled needs […, T] with at least one sample, but got \(shape)")
        guard inputRate != outputRate else { return self }
        let (leading, length) = (Array(shape.dropLast()), shape[rank - 1])
        let rows = count / length
        let kernel = SincKernel(SincFilter(from: inputRate, to: outputRate), length: length)
        let signal = padded(left: kernel.padding.left, right: kernel.padding.right, mode: .replicate)
        return Tensor(
            operation: "sincResampled",
            storage: kernel.forward(signal.storage, rows: rows),
            shape: leading + [kernel.outputCount],
            inputs: [signal]
        ) { gradient in
            [Tensor(storage: kernel.backward(gradient.storage, rows: rows), shape: leading + [kernel.inputCount])]
        }
    }
}

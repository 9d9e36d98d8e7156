extension Tensor {
    /// Means over windows of time, as PyTorch's `avg_pool1d`: `[B, C, T]` → `[B, C, (T + 2·padding − kernel)/stride + 1]`.
    ///
    /// Padding is zeros on both sides, at most half the kernel; they count in the mean unless `countIncludesPadding` is off.
    public func averagePool1d(kernel: Int, stride: Int, padding: Int = 0, countIncludesPadding: Bool = true) -> Tensor {
        precondition(rank == 3, "averagePool1d needs [B, C, T], but got \(shape)")
        precondition(
            kernel > 0 && stride > 0 && padding >= 0 && 2 * padding <= kernel,
            "averagePool1d: kernel \(kernel), stride \(stride) and padding \(padding) are no windows"
        )
        precondition(
            shape[2] + 2 * padding >= kernel,
            "averagePool1d: a kernel of \(kernel) does not fit \(shape[2]) samples and \(padding) zeros on both sides"
        )
        let windows = PoolingKernel.Windows(
            length: shape[2],
            kernel: kernel,
            stride: stride,
            padding: padding,
            countsPadding: countIncludesPadding
        )
        let (rows, original) = (shape[0] * shape[1], shape)
        return Tensor(
            operation: "averagePool1d",
            storage: PoolingKernel.forward(storage, rows: rows, windows: windows),
            shape: [shape[0], shape[1], windows.count],
            inputs: [self]
        ) { gradient in
            let spread = PoolingKernel.backward(gradient.storage, rows: rows, windows: windows)
            return [Tensor(storage: spread, shape: original)]
        }
    }
}

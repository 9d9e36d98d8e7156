extension Tensor {
    /// Cross-correlation along time, as PyTorch's `conv1d`.
    ///
    /// `self` is `[B, Cin, T]`, `weight` `[Cout, Cin/groups, K]`, `bias` `[Cout]`; the result is
    /// `[B, Cout, (T + left + right − dilation·(K−1) − 1)/stride + 1]`. Padding is zeros; different sides make it causal.
    /// A NaN reaches every output whose window covers it and no other.
    public func conv1d(
        _ weight: Tensor,
        bias: Tensor? = nil,
        stride: Int = 1,
        padding: (left: Int, right: Int) = (0, 0),
        dilation: Int = 1,
        groups: Int = 1
    ) -> Tensor {
        conv1d(
            weight,
            bias: bias,
            stride: stride,
            padding: padding,
            dilation: dilation,
            groups: groups,
            leakySlope: nil
        )
    }

    /// ``conv1d(_:bias:stride:padding:dilation:groups:)`` and, with a slope of at least 0, ``leakyRelu(slope:)`` as one operation:
    /// the values between are neither kept nor read again.
    func conv1d(
        _ weight: Tensor,
        bias: Tensor?,
        stride: Int,
        padding: (left: Int, right: Int),
        dilation: Int,
        groups: Int,
        leakySlope: Float?
    ) -> Tensor {
        precondition(
            rank == 3 && weight.rank == 3 && weight.shape[1] * groups == shape[1],
            "conv1d needs [B, C, T] and [Cout, C/\(groups), K], but got \(shape) and \(weight.shape)"
        )
        let length = ConvolutionGeometry.length(
            shape[2],
            kernel: weight.shape[2],
            stride: stride,
            dilation: dilation,
            padding: padding.left + padding.right
        )
        let geometry = ConvolutionGeometry(
            items: shape[0],
            groups: groups,
            inputChannels: shape[1],
            outputChannels: weight.shape[0],
            input: (shape[2], 1),
            output: (length, 1),
            kernel: (weight.shape[2], 1),
            stride: (stride, 1),
            dilation: (dilation, 1),
            padding: (padding.left, 0)
        )
        return convolved(
            "conv1d",
            geometry,
            weight,
            bias,
            leakySlope: leakySlope,
            shape: [shape[0], weight.shape[0], length]
        )
    }

    /// Cross-correlation over height and width, as PyTorch's `conv2d`; `padding` zeros on both sides of each dimension.
    ///
    /// `self` is `[B, Cin, H, W]`, `weight` `[Cout, Cin/groups, KH, KW]`, `bias` `[Cout]`; the result is `[B, Cout, H', W']`
    /// with both sizes as in ``conv1d(_:bias:stride:padding:dilation:groups:)``.
    public func conv2d(
        _ weight: Tensor,
        bias: Tensor? = nil,
        stride: (Int, Int) = (1, 1),
        padding: (Int, Int) = (0, 0),
        dilation: (Int, Int) = (1, 1),
        groups: Int = 1
    ) -> Tensor {
        conv2d(
            weight,
            bias: bias,
            stride: stride,
            padding: padding,
            dilation: dilation,
            groups: groups,
            leakySlope: nil
        )
    }

    /// ``conv2d(_:bias:stride:padding:dilation:groups:)`` with ``leakyRelu(slope:)`` as one operation.
    func conv2d(
        _ weight: Tensor,
        bias: Tensor?,
        stride: (Int, Int),
        padding: (Int, Int),
        dilation: (Int, Int),
        groups: Int,
        leakySlope: Float?
    ) -> Tensor {
        precondition(
            rank == 4 && weight.rank == 4 && weight.shape[1] * groups == shape[1],
            "conv2d needs [B, C, H, W] and [Cout, C/\(groups), KH, KW], but got \(shape) and \(weight.shape)"
        )
        let rows = ConvolutionGeometry.length(
            shape[2],
            kernel: weight.shape[2],
            stride: stride.0,
            dilation: dilation.0,
            padding: 2 * padding.0
        )
        let columns = ConvolutionGeometry.length(
            shape[3],
            kernel: weight.shape[3],
            stride: stride.1,
            dilation: dilation.1,
            padding: 2 * padding.1
        )
        let geometry = ConvolutionGeometry(
            items: shape[0],
            groups: groups,
            inputChannels: shape[1],
            outputChannels: weight.shape[0],
            input: (shape[2], shape[3]),
            output: (rows, columns),
            kernel: (weight.shape[2], weight.shape[3]),
            stride: (stride.0, stride.1),
            dilation: (dilation.0, dilation.1),
            padding: (padding.0, padding.1),
            allowsRowTransform: true
        )
        return convolved(
            "conv2d",
            geometry,
            weight,
            bias,
            leakySlope: leakySlope,
            shape: [shape[0], weight.shape[0], rows, columns]
        )
    }

    /// The transpose of ``conv1d(_:bias:stride:padding:dilation:groups:)``, as PyTorch's `conv_transpose1d`.
    ///
    /// `self` is `[B, Cin, T]`, `weight` `[Cin, Cout/groups, K]`, `bias` `[Cout]`; the result is
    /// `[B, Cout, (T−1)·stride − 2·padding + dilation·(K−1) + outputPadding + 1]`.
    public func convTranspose1d(
        _ weight: Tensor,
        bias: Tensor? = nil,
        stride: Int = 1,
        padding: Int = 0,
        outputPadding: Int = 0,
        dilation: Int = 1,
        groups: Int = 1
    ) -> Tensor {
        precondition(
            rank == 3 && weight.rank == 3 && weight.shape[0] == shape[1],
            "convTranspose1d needs [B, C, T] and [C, Cout/\(groups), K], but got \(shape) and \(weight.shape)"
        )
        precondition(
            stride > 0 && dilation > 0 && groups > 0,
            "stride \(stride), dilation \(dilation) and groups \(groups) must be positive"
        )
        let (kernel, outputs) = (weight.shape[2], weight.shape[1] * groups)
        let length = (shape[2] - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1
        precondition(length > 0, "convTranspose1d of \(shape) with padding \(padding) would have length \(length)")
        let geometry = ConvolutionGeometry(
            items: shape[0],
            groups: groups,
            inputChannels: outputs,
            outputChannels: shape[1],
            input: (length, 1),
            output: (shape[2], 1),
            kernel: (kernel, 1),
            stride: (stride, 1),
            dilation: (dilation, 1),
            padding: (padding, 0)
        )
        return transposed(geometry, weight, bias, shape: [shape[0], outputs, length])
    }

    private func convolved(
        _ operation: String,
        _ geometry: ConvolutionGeometry,
        _ weight: Tensor,
        _ bias: Tensor?,
        leakySlope: Float?,
        shape resultShape: [Int]
    ) -> Tensor {
        Self.check(bias, channels: geometry.outputChannels, operation)
        let result = ConvolutionKernel.forward(
            geometry,
            input: storage,
            weights: weight.storage,
            bias: bias?.storage
        )
        if let leakySlope {
            precondition(
                leakySlope >= 0,
                "the gradient is read off the result, which a slope of \(leakySlope) turns over"
            )
            PointwiseKernel.apply(.leakyRelu(leakySlope), to: result)
        }
        let (input, kernel) = (detached(), weight.detached())
        let needs = (input: requiresGradient, weight: weight.requiresGradient, bias: bias?.requiresGradient ?? false)
        return Tensor(
            operation: operation,
            storage: result,
            shape: resultShape,
            inputs: [self, weight] + (bias.map { [$0] } ?? [])
        ) {
            gradient in
            var gradient = gradient
            if let leakySlope {
                let slopes = PointwiseKernel.map(
                    result,
                    gradient.storage,
                    PointwiseFunction.leakyRelu(leakySlope).gradient
                )
                gradient = Tensor(storage: slopes, shape: gradient.shape)
            }
            var gradients: [Tensor?] = [nil, nil] + (bias == nil ? [] : [nil])
            if needs.input {
                let storage = ConvolutionKernel.backwardData(
                    geometry,
                    output: gradient.storage,
                    weights: kernel.storage
                )
                gradients[0] = Tensor(storage: storage, shape: input.shape)
            }
            if needs.weight {
                let storage = ConvolutionKernel.backwardWeights(
                    geometry,
                    input: input.storage,
                    output: gradient.storage
                )
                gradients[1] = Tensor(storage: storage, shape: kernel.shape)
            }
            if needs.bias { gradients[2] = gradient.channelSums() }
            return gradients
        }
    }

    private func transposed(
        _ geometry: ConvolutionGeometry,
        _ weight: Tensor,
        _ bias: Tensor?,
        shape resultShape: [Int]
    ) -> Tensor {
        Self.check(bias, channels: geometry.inputChannels, "convTranspose1d")
        let result = ConvolutionKernel.backwardData(
            geometry,
            output: storage,
            weights: weight.storage,
            bias: bias?.storage
        )
        let (input, kernel) = (detached(), weight.detached())
        let needs = (input: requiresGradient, weight: weight.requiresGradient, bias: bias?.requiresGradient ?? false)
        return Tensor(
            operation: "convTranspose1d",
            storage: result,
            shape: resultShape,
            inputs: [self, weight] + (bias.map { [$0] } ?? [])
        ) { gradient in
            var gradients: [Tensor?] = [nil, nil] + (bias == nil ? [] : [nil])
            if needs.input {
                let storage = ConvolutionKernel.forward(
                    geometry,
                    input: gradient.storage,
                    weights: kernel.storage,
                    bias: nil
                )
                gradients[0] = Tensor(storage: storage, shape: input.shape)
            }
            if needs.weight {
                let storage = ConvolutionKernel.backwardWeights(
                    geometry,
                    input: gradient.storage,
                    output: input.storage
                )
                gradients[1] = Tensor(storage: storage, shape: kernel.shape)
            }
            if needs.bias { gradients[2] = gradient.channelSums() }
            return gradients
        }
    }

    /// The sums over all dimensions but the second: the gradient of a bias.
    private func channelSums() -> Tensor {
        let sums = ConvolutionKernel.channelSums(storage, items: shape[0], channels: shape[1])
        return Tensor(storage: sums, shape: [shape[1]])
    }

    private static func check(_ bias: Tensor?, channels: Int, _ operation: String) {
        guard let bias else { return }
        precondition(bias.shape == [channels], "\(operation) needs a bias of \(channels), but got \(bias.shape)")
    }
}

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
        precondition(
            rank == 3 && weight.rank == 3,
            "conv1d needs [B, C, T] and [Cout, Cin/g, K], but got \(shape) and \(weight.shape)"
        )
        let result = reshaped([shape[0], shape[1], 1, shape[2]]).correlated(
            weight.reshaped([weight.shape[0], weight.shape[1], 1, weight.shape[2]]),
            bias: bias,
            stride: (1, stride),
            padding: (0, 0, padding.left, padding.right),
            dilation: (1, dilation),
            groups: groups
        )
        return result.reshaped([result.shape[0], result.shape[1], result.shape[3]])
    }

    /// Cross-correlation over height and width, as PyTorch's `conv2d`; `padding` zeros on both sides of each dimension.
    ///
    /// `self` is `[B, Cin, H, W]`, `weight` `[Cout, Cin/groups, KH, KW]`, `bias` `[Cout]`.
    public func conv2d(
        _ weight: Tensor,
        bias: Tensor? = nil,
        stride: (Int, Int) = (1, 1),
        padding: (Int, Int) = (0, 0),
        dilation: (Int, Int) = (1, 1),
        groups: Int = 1
    ) -> Tensor {
        precondition(
            rank == 4 && weight.rank == 4,
            "conv2d needs [B, C, H, W] and [Cout, Cin/g, KH, KW], but got \(shape) and \(weight.shape)"
        )
        return correlated(
            weight,
            bias: bias,
            stride: stride,
            padding: (padding.0, padding.0, padding.1, padding.1),
            dilation: dilation,
            groups: groups
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
        precondition(rank == 3 && weight.rank == 3 && weight.shape[0] == shape[1])
        let length = (shape[2] - 1) * stride - 2 * padding + dilation * (weight.shape[2] - 1) + outputPadding + 1
        let geometry = Correlation(
            batch: shape[0],
            inputs: weight.shape[1] * groups,
            outputs: shape[1],
            size: (1, length),
            kernel: (1, weight.shape[2]),
            stride: (1, stride),
            padding: (0, 0, padding, padding - outputPadding),
            dilation: (1, dilation),
            groups: groups
        )
        precondition(geometry.result.1 == shape[2])
        let (input, kernel) = (self.detached(), weight.detached())
        let storage = TensorStorage(count: shape[0] * geometry.inputs * length, repeating: 0)
        geometry.forEachProduct { x, w, y in
            storage.mutablePointer[x] += input.storage.pointer[y] * kernel.storage.pointer[w]
        }
        let outputShape = [shape[0], geometry.inputs, length]
        if let bias { Correlation.add(bias, to: storage, batch: shape[0], plane: length) }
        return Tensor(
            operation: "convTranspose1d",
            storage: storage,
            shape: outputShape,
            inputs: [self, weight] + (bias.map { [$0] } ?? [])
        ) { gradient in
            let inputGradient = TensorStorage(count: input.count, repeating: 0)
            let weightGradient = TensorStorage(count: kernel.count, repeating: 0)
            geometry.forEachProduct { x, w, y in
                inputGradient.mutablePointer[y] += gradient.storage.pointer[x] * kernel.storage.pointer[w]
                weightGradient.mutablePointer[w] += gradient.storage.pointer[x] * input.storage.pointer[y]
            }
            var gradients: [Tensor?] = [
                Tensor(storage: inputGradient, shape: input.shape),
                Tensor(storage: weightGradient, shape: kernel.shape),
            ]
            if bias != nil { gradients.append(Correlation.biasGradient(gradient)) }
            return gradients
        }
    }

    private func correlated(
        _ weight: Tensor,
        bias: Tensor?,
        stride: (Int, Int),
        padding: (Int, Int, Int, Int),
        dilation: (Int, Int),
        groups: Int
    ) -> Tensor {
        let geometry = Correlation(
            batch: shape[0],
            inputs: shape[1],
            outputs: weight.shape[0],
            size: (shape[2], shape[3]),
            kernel: (weight.shape[2], weight.shape[3]),
            stride: stride,
            padding: padding,
            dilation: dilation,
            groups: groups
        )
        precondition(weight.shape[1] * groups == shape[1] && weight.shape[0] % groups == 0)
        let (input, kernel) = (self.detached(), weight.detached())
        let outputShape = [shape[0], geometry.outputs, geometry.result.0, geometry.result.1]
        let storage = TensorStorage(count: outputShape.reduce(1, *), repeating: 0)
        geometry.forEachProduct { x, w, y in
            storage.mutablePointer[y] += input.storage.pointer[x] * kernel.storage.pointer[w]
        }
        if let bias { Correlation.add(bias, to: storage, batch: shape[0], plane: outputShape[2] * outputShape[3]) }
        return Tensor(
            operation: "conv",
            storage: storage,
            shape: outputShape,
            inputs: [self, weight] + (bias.map { [$0] } ?? [])
        ) { gradient in
            let inputGradient = TensorStorage(count: input.count, repeating: 0)
            let weightGradient = TensorStorage(count: kernel.count, repeating: 0)
            geometry.forEachProduct { x, w, y in
                inputGradient.mutablePointer[x] += gradient.storage.pointer[y] * kernel.storage.pointer[w]
                weightGradient.mutablePointer[w] += gradient.storage.pointer[y] * input.storage.pointer[x]
            }
            var gradients: [Tensor?] = [
                Tensor(storage: inputGradient, shape: input.shape),
                Tensor(storage: weightGradient, shape: kernel.shape),
            ]
            if bias != nil { gradients.append(Correlation.biasGradient(gradient)) }
            return gradients
        }
    }
}

/// A plain, slow statement of what a convolution is; the fast kernels replace it.
struct Correlation {
    var batch: Int, inputs: Int, outputs: Int
    var size: (Int, Int), kernel: (Int, Int), stride: (Int, Int)
    var padding: (Int, Int, Int, Int), dilation: (Int, Int), groups: Int

    var result: (Int, Int) {
        (
            (size.0 + padding.0 + padding.1 - dilation.0 * (kernel.0 - 1) - 1) / stride.0 + 1,
            (size.1 + padding.2 + padding.3 - dilation.1 * (kernel.1 - 1) - 1) / stride.1 + 1
        )
    }

    func forEachProduct(_ body: (_ x: Int, _ w: Int, _ y: Int) -> Void) {
        let (inPerGroup, outPerGroup) = (inputs / groups, outputs / groups)
        for b in 0..<batch {
            for o in 0..<outputs {
                for i in 0..<inPerGroup {
                    let channel = o / outPerGroup * inPerGroup + i
                    for (kh, kw) in (0..<kernel.0).flatMap({ h in (0..<kernel.1).map { (h, $0) } }) {
                        let w = ((o * inPerGroup + i) * kernel.0 + kh) * kernel.1 + kw
                        for h in 0..<result.0 {
                            let row = h * stride.0 + kh * dilation.0 - padding.0
                            guard (0..<size.0).contains(row) else { continue }
                            for t in 0..<result.1 {
                                let column = t * stride.1 + kw * dilation.1 - padding.2
                                guard (0..<size.1).contains(column) else { continue }
                                body(
                                    ((b * inputs + channel) * size.0 + row) * size.1 + column,
                                    w,
                                    ((b * outputs + o) * result.0 + h) * result.1 + t
                                )
                            }
                        }
                    }
                }
            }
        }
    }

    static func add(_ bias: Tensor, to storage: TensorStorage, batch: Int, plane: Int) {
        bias.storage.withSpan { bias in
            storage.withMutableSpan { values in
                for index in 0..<values.count { values[index] += bias[index / plane % bias.count] }
            }
        }
    }

    static func biasGradient(_ gradient: Tensor) -> Tensor {
        let channels = gradient.shape[1]
        let plane = gradient.count / max(1, gradient.shape[0] * channels)
        let sums = TensorStorage(count: channels, repeating: 0)
        for index in 0..<gradient.count {
            sums.mutablePointer[index / plane % channels] += gradient.storage.pointer[index]
        }
        return Tensor(storage: sums, shape: [channels])
    }
}

extension Tensor {
    /// A layer of LSTM cells (Hochreiter and Schmidhuber 1997) over time, from a zero state, as one layer of PyTorch's `LSTM`.
    ///
    /// `self` is `[T, B, D]`; `inputWeight` (`weight_ih`) `[4H, D]`, `recurrentWeight` (`weight_hh`) `[4H, H]`, biases `[4H]`,
    /// gates in the order input, forget, candidate, output. The result is h of every step, `[T, B, H]`.
    public func lstm(
        inputWeight: Tensor,
        recurrentWeight: Tensor,
        inputBias: Tensor? = nil,
        recurrentBias: Tensor? = nil
    ) -> Tensor {
        precondition(rank == 3 && recurrentWeight.rank == 2, "lstm needs [T, B, D], but got \(shape)")
        let (steps, batch, inputs, hidden) = (shape[0], shape[1], shape[2], recurrentWeight.shape[1])
        precondition(
            inputWeight.shape == [4 * hidden, inputs] && recurrentWeight.shape == [4 * hidden, hidden],
            "lstm: weights \(inputWeight.shape) and \(recurrentWeight.shape) do not fit the input \(shape)"
        )
        let biases = [inputBias, recurrentBias].compactMap { $0 }
        precondition(biases.allSatisfy { $0.shape == [4 * hidden] }, "lstm: biases must be [\(4 * hidden)]")
        let bias = withoutGradients { biases.reduce(Tensor(repeating: 0, shape: [4 * hidden])) { $0 + $1 } }
        let kernel = RecurrentKernel(steps: steps, batch: batch, inputs: inputs, hidden: hidden)
        let (input, weight, recurrence) = (detached(), inputWeight.detached(), recurrentWeight.detached())
        let needsInput = requiresGradient
        let trace = kernel.forward(
            input.storage,
            inputWeight: weight.storage,
            recurrentWeight: recurrence.storage,
            bias: bias.storage
        )
        return Tensor(
            operation: "lstm",
            storage: trace.outputs,
            shape: [steps, batch, hidden],
            inputs: [self, inputWeight, recurrentWeight] + biases
        ) { gradient in
            let rows = steps * batch
            let sums = Tensor(
                storage: kernel.backward(gradient.storage, trace: trace, recurrentWeight: recurrence.storage),
                shape: [rows, 4 * hidden]
            )
            let flat = input.reshaped([rows, inputs])
            let before = Tensor(storage: trace.outputs, shape: [steps, batch, hidden])
                .sliced(dimension: 0, range: 0..<max(0, steps - 1)).reshaped([-1, hidden])
            let after = sums.sliced(dimension: 0, range: min(batch, rows)..<rows)
            let biasGradient = sums.sum(dimensions: [0])
            return [
                needsInput ? sums.matmul(weight).reshaped([steps, batch, inputs]) : nil,
                sums.matmul(flat, transposeSelf: true),
                after.matmul(before, transposeSelf: true),
            ] + biases.map { _ in biasGradient }
        }
    }
}

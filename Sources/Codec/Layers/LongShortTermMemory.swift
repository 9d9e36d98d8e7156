/// A stack of LSTM layers over time, as PyTorch's `LSTM` from a zero state. `[T, B, D]` to `[T, B, H]`.
public final class LongShortTermMemory: Layer {
    private struct Weights {
        let input: Tensor, recurrent: Tensor, inputBias: Tensor, recurrentBias: Tensor
    }

    private let stack: [Weights]

    /// Weights and biases begin as PyTorch's default U(±1/√H).
    public init(inputs: Int, hidden: Int, layers: Int = 1, using random: inout some RandomNumberGenerator) {
        precondition(inputs > 0 && hidden > 0 && layers > 0, "an LSTM needs inputs, hidden values and layers")
        let bound = 1 / Float(hidden).squareRoot()
        var stack: [Weights] = []
        for layer in 0..<layers {
            stack.append(
                Weights(
                    input: .parameter(uniform: bound, [4 * hidden, layer == 0 ? inputs : hidden], using: &random),
                    recurrent: .parameter(uniform: bound, [4 * hidden, hidden], using: &random),
                    inputBias: .parameter(uniform: bound, [4 * hidden], using: &random),
                    recurrentBias: .parameter(uniform: bound, [4 * hidden], using: &random)
                )
            )
        }
        self.stack = stack
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] {
        stack.enumerated().flatMap { layer, weights in
            [
                ("weight_ih_l\(layer)", weights.input), ("weight_hh_l\(layer)", weights.recurrent),
                ("bias_ih_l\(layer)", weights.inputBias), ("bias_hh_l\(layer)", weights.recurrentBias),
            ]
        }
    }

    public override func forward(_ input: Tensor) -> Tensor {
        stack.reduce(input) { signal, weights in
            signal.lstm(
                inputWeight: weights.input,
                recurrentWeight: weights.recurrent,
                inputBias: weights.inputBias,
                recurrentBias: weights.recurrentBias
            )
        }
    }
}

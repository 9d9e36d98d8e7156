/// An LSTM over time with its input added (EnCodec's `SLSTM`). `[B, C, T]` in and out; causal.
final class SEANetRecurrence: Layer {
    private let lstm: LongShortTermMemory

    init(channels: Int, layers: Int, using random: inout some RandomNumberGenerator) {
        lstm = LongShortTermMemory(inputs: channels, hidden: channels, layers: layers, using: &random)
        super.init()
    }

    override var children: [(name: String, layer: Layer)] { [("lstm", lstm)] }

    override func forward(_ input: Tensor) -> Tensor {
        let sequence = input.permuted([2, 0, 1])
        return (lstm(sequence) + sequence).permuted([1, 2, 0])
    }
}

import Codec

/// The gain of every layer of a sub-discriminator: how much its output varies over how much its input varies.
enum LayerGains {
    /// Gains in the order of the description's layers, from what each branch got and what came out.
    static func of(
        _ description: SubDiscriminatorDescription,
        inputs: [Tensor],
        output: DiscriminatorOutput.Part
    ) -> [Double] {
        var gains: [Double] = []
        var ends: [Tensor] = []
        var feature = 0
        for (branch, input) in zip(description.branches, inputs) {
            var signal = input
            var spread = ChannelSpread.of([signal])
            for _ in branch.layers {
                signal = output.features[feature]
                feature += 1
                let next = ChannelSpread.of([signal])
                gains.append(next / spread)
                spread = next
            }
            ends.append(signal)
        }
        gains.append(ChannelSpread.of([output.logits]) / ChannelSpread.of(ends))
        return gains
    }
}

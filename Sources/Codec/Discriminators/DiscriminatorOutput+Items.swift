extension DiscriminatorOutput {
    /// The logits of some items of the batch, without feature maps.
    public func logits(ofItems items: Range<Int>) -> DiscriminatorOutput {
        DiscriminatorOutput(
            parts: parts.map {
                Part(name: $0.name, features: [], logits: $0.logits.sliced(dimension: 0, range: items))
            }
        )
    }
}

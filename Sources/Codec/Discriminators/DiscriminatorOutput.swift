/// What a discriminator says about a batch of audio.
public struct DiscriminatorOutput {
    /// One sub-discriminator's answer.
    public struct Part {
        /// The sub-discriminator's name.
        public let name: String
        /// Feature maps in the layers' order, branch after branch, without the logits.
        public let features: [Tensor]
        /// The logits, `[B, 1, T']` or `[B, 1, H', W']`: above 0 (or near 1, LSGAN) for real audio. No sigmoid was applied.
        public let logits: Tensor

        /// One answer, of a discriminator of your own for instance.
        public init(name: String, features: [Tensor], logits: Tensor) {
            self.name = name
            self.features = features
            self.logits = logits
        }
    }

    /// Answers in the order of the description.
    public let parts: [Part]

    /// An answer made of parts.
    public init(parts: [Part]) {
        self.parts = parts
    }

    /// The logits of every sub-discriminator.
    public var logits: [Tensor] { parts.map(\.logits) }
    /// The feature maps of every sub-discriminator, with the logits at the end of each list if wanted.
    public func features(withLogits: Bool) -> [[Tensor]] {
        parts.map { withLogits ? $0.features + [$0.logits] : $0.features }
    }

    /// The same values without the memory of how they were made.
    public func detached() -> DiscriminatorOutput {
        DiscriminatorOutput(
            parts: parts.map {
                Part(name: $0.name, features: $0.features.map { $0.detached() }, logits: $0.logits.detached())
            }
        )
    }
}

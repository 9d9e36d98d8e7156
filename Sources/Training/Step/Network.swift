/// One of the two networks in training.
public enum Network: String, Sendable, Hashable, Codable, CaseIterable {
    /// The codec.
    case generator
    /// What tells decoded from real audio.
    case discriminator
}

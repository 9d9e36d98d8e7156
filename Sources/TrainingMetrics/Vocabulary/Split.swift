/// The part of the data a number was measured on.
public enum Split: String, Hashable, Sendable, Codable, CaseIterable {
    /// Batches the network is being trained on.
    case train
    /// Held-out data looked at during training.
    case validation
    /// A separate evaluation pass, after or beside training.
    case evaluation
}

import Codec

extension Discriminator {
    /// The same net with weights of its own, in evaluation mode.
    func independentCopy() -> Discriminator {
        do { return try Discriminator(description, weights: stateDictionary) } catch {
            preconditionFailure("a net's own weights fit it: \(error)")
        }
    }
}

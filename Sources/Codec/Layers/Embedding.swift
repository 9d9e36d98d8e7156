/// A table of vectors looked up by index (PyTorch's `Embedding`).
public final class Embedding: Layer {
    /// The table, `[count, dimension]`.
    public let weight: Tensor

    /// Begins as N(0, 1).
    public init(count: Int, dimension: Int, using random: inout some RandomNumberGenerator) {
        weight = .parameter(normal: [count, dimension], using: &random)
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] { [("weight", weight)] }
}

/// Normalises each group of channels of each item over channels and time to mean 0, variance 1 (PyTorch's `GroupNorm`), then scales
/// and shifts every channel. `[B, C, …]` in and out.
public final class GroupNormalization: Layer {
    private let groups: Int
    private let weight: Tensor
    private let bias: Tensor
    private let epsilon: Float

    /// `groups` divides `channels`; scales begin at 1 and shifts at 0.
    public init(groups: Int, channels: Int, epsilon: Float = 1e-5) {
        precondition(groups > 0 && channels % groups == 0, "groups must divide the channels")
        self.groups = groups
        self.epsilon = epsilon
        weight = .parameter(repeating: 1, [channels])
        bias = .parameter(repeating: 0, [channels])
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] { [("weight", weight), ("bias", bias)] }

    public override func forward(_ input: Tensor) -> Tensor {
        input.groupNorm(groups: groups, weight: weight, bias: bias, epsilon: epsilon)
    }
}

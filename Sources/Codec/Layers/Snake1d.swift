/// Snake with a frequency per channel: x + sin²(αx)/(α + 1e-9) (Ziyin et al. 2020, arXiv:2006.08195). `[B, C, T]` in and out.
public final class Snake1d: Layer {
    private let alpha: Tensor
    private let epsilon: Float

    /// α begins at 1 in every channel. DAC's `epsilon` is 1e-9.
    public init(channels: Int, epsilon: Float = 1e-9) {
        alpha = .parameter(repeating: 1, [1, channels, 1])
        self.epsilon = epsilon
        super.init()
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] { [("alpha", alpha)] }

    public override func forward(_ input: Tensor) -> Tensor { input.snake(alpha: alpha, epsilon: epsilon) }
}

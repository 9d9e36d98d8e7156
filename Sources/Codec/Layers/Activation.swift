/// A fixed function of every element. It has no tensors; its shape is the input's.
public final class Activation: Layer {
    private let function: (Tensor) -> Tensor

    private init(_ function: @escaping (Tensor) -> Tensor) {
        self.function = function
        super.init()
    }

    /// tanh.
    public static func tanh() -> Activation { Activation { $0.tanh() } }
    /// max(x, 0).
    public static func relu() -> Activation { Activation { $0.relu() } }
    /// x, or α·(eˣ − 1) below 0 (Clevert et al. 2015, arXiv:1511.07289).
    public static func elu(alpha: Float = 1) -> Activation { Activation { $0.elu(alpha: alpha) } }
    /// x, or slope·x below 0.
    public static func leakyReLU(slope: Float) -> Activation { Activation { $0.leakyRelu(slope: slope) } }

    public override func forward(_ input: Tensor) -> Tensor { function(input) }
}

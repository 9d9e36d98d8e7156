/// Layers one after the other, named "0", "1", ….
public final class Sequential: Layer {
    /// The layers in order.
    public let layers: [Layer]

    /// A chain of `layers`.
    public init(_ layers: [Layer]) {
        self.layers = layers
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] {
        layers.enumerated().map { (String($0.offset), $0.element) }
    }

    public override func forward(_ input: Tensor) -> Tensor { run(input) }

    override func run(_ input: consuming Tensor) -> Tensor {
        var signal = input
        for layer in layers { signal = layer(signal) }
        return signal
    }
}

/// Layers of one kind, named "0", "1", … (PyTorch's `ModuleList`). Not a function itself.
public final class LayerList<Element: Layer>: Layer {
    /// The layers in order.
    public let layers: [Element]

    /// A list of `layers`.
    public init(_ layers: [Element]) {
        self.layers = layers
        super.init()
    }

    /// One layer.
    public subscript(index: Int) -> Element { layers[index] }

    public override var children: [(name: String, layer: Layer)] {
        layers.enumerated().map { (String($0.offset), $0.element) }
    }
}

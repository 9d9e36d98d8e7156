/// A part of a network: parameters, buffers and children with their state-dict names, and a function of one tensor.
///
/// Subclasses list what they own under the names PyTorch gives it (`weight_v`, `block`, …); full names join them with dots.
/// Calling a layer runs ``forward(_:)`` and shows the result to the ``ActivationRecorder`` in force, if any.
open class Layer {
    /// Whether training behaviour (quantiser dropout, codebook updates) is on. Set it with ``setTraining(_:)``.
    public private(set) var isTraining = false

    /// A layer.
    public init() {}

    /// Layers inside this one, in PyTorch's order.
    open var children: [(name: String, layer: Layer)] { [] }
    /// Tensors an optimiser changes, in PyTorch's order. They need gradients.
    open var ownParameters: [(name: String, tensor: Tensor)] { [] }
    /// Tensors that are saved but not optimised.
    open var ownBuffers: [(name: String, tensor: Tensor)] { [] }

    /// The layer's function. Call the layer itself instead, so that recorders see it.
    open func forward(_ input: Tensor) -> Tensor {
        preconditionFailure("\(type(of: self)) is not a function of one tensor")
    }

    /// ``forward(_:)`` for layers that can let go of the input before they return, which halves the memory of long signals.
    ///
    /// Not open: an override that does not consume its argument would leak it, and the compiler does not say so.
    func run(_ input: consuming Tensor) -> Tensor { forward(input) }

    /// Runs the layer.
    public final func callAsFunction(_ input: consuming Tensor) -> Tensor {
        guard let recorder = ActivationRecorder.current else { return run(input) }
        let output = forward(input)
        recorder.record(output, of: self, input: input)
        return output
    }

    /// The value of the own tensor `name` made from other tensors, for dictionaries that store it in another form, such as
    /// a weight without its normalisation. `stored` gives the dictionary's tensors under this layer's name.
    open func substitute(for name: String, from stored: (String) -> Tensor?) -> Tensor? { nil }

    /// Every layer below and including this one with its full name; this one's name is empty.
    public final var namedLayers: [(name: String, layer: Layer)] {
        [("", self)]
            + children.flatMap { child in
                child.layer.namedLayers.map { (Layer.join(child.name, $0.name), $0.layer) }
            }
    }

    /// Every parameter with its state-dict name, own ones first, in PyTorch's order.
    public final var namedParameters: [(name: String, tensor: Tensor)] {
        namedLayers.flatMap { entry in entry.layer.ownParameters.map { (Layer.join(entry.name, $0.name), $0.tensor) } }
    }

    /// Every buffer with its state-dict name.
    public final var namedBuffers: [(name: String, tensor: Tensor)] {
        namedLayers.flatMap { entry in entry.layer.ownBuffers.map { (Layer.join(entry.name, $0.name), $0.tensor) } }
    }

    /// Parameters and buffers by state-dict name.
    public final var namedTensors: [(name: String, tensor: Tensor)] { namedParameters + namedBuffers }

    /// The parameter or buffer of this state-dict name.
    public final func tensor(named name: String) -> Tensor? { namedTensors.first { $0.name == name }?.tensor }

    /// The number of values in all parameters.
    public final var parameterCount: Int { namedParameters.reduce(0) { $0 + $1.tensor.count } }

    /// Turns training behaviour on or off, here and below.
    public final func setTraining(_ training: Bool) {
        for entry in namedLayers { entry.layer.isTraining = training }
    }

    /// Forgets the gradients of all parameters.
    public final func clearGradients() {
        for entry in namedParameters { entry.tensor.clearGradient() }
    }

    static func join(_ prefix: String, _ name: String) -> String {
        prefix.isEmpty ? name : name.isEmpty ? prefix : "\(prefix).\(name)"
    }
}

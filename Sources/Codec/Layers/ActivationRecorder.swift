/// Collects what layers return, by state-dict name, while ``recording(_:)`` runs.
///
/// A layer called several times keeps its last result; of layers with one name (a convolution inside a ``DiscriminatorLayer``) the
/// outermost counts. With `retainingGradients`, a later `backward` leaves each
/// activation's gradient in its ``Tensor/gradient``.
public final class ActivationRecorder {
    // Read by the task that set it only.
    @TaskLocal static var taskRecorder = Box(recorder: nil)
    static var current: ActivationRecorder? { taskRecorder.recorder }

    struct Box: @unchecked Sendable { let recorder: ActivationRecorder? }

    private let names: [ObjectIdentifier: String]
    private let retainingGradients: Bool
    private let observe: ((_ name: String, _ input: Tensor, _ output: Tensor) -> Void)?
    /// Results by the layer's full name; the model's own under "".
    public private(set) var activations: [String: Tensor] = [:]

    /// A recorder for the layers of `model`.
    public init(model: Layer, retainingGradients: Bool = false) {
        var known: Set<String> = []
        let outermost = model.namedLayers.filter { known.insert($0.name).inserted }
        names = Dictionary(outermost.map { (ObjectIdentifier($0.layer), $0.name) }) { first, _ in first }
        self.retainingGradients = retainingGradients
        observe = nil
    }

    /// A recorder that keeps nothing and shows `observe` the input and the result of each call of a layer of `model`, as calls end.
    public init(model: Layer, observing observe: @escaping (_ name: String, _ input: Tensor, _ output: Tensor) -> Void)
    {
        names = Dictionary(model.namedLayers.map { (ObjectIdentifier($0.layer), $0.name) }) { first, _ in first }
        retainingGradients = false
        self.observe = observe
    }

    /// Runs `body` and collects the results of the model's layers called inside.
    public func recording<Result>(_ body: () throws -> Result) rethrows -> Result {
        try ActivationRecorder.$taskRecorder.withValue(Box(recorder: self), operation: body)
    }

    /// Takes the result of a layer; `input` where there was one tensor that went in.
    func record(_ output: Tensor, of layer: Layer, input: Tensor? = nil) {
        guard let name = names[ObjectIdentifier(layer)] else { return }
        if let observe {
            if let input { observe(name, input, output) }
            return
        }
        if retainingGradients, output.requiresGradient { output.retainingGradient() }
        activations[name] = output
    }
}

/// Collects what layers return, by state-dict name, while ``recording(_:)`` runs.
///
/// A layer called several times keeps its last result. With `retainingGradients`, a later `backward` leaves each
/// activation's gradient in its ``Tensor/gradient``.
public final class ActivationRecorder {
    // Read by the task that set it only.
    @TaskLocal static var taskRecorder = Box(recorder: nil)
    static var current: ActivationRecorder? { taskRecorder.recorder }

    struct Box: @unchecked Sendable { let recorder: ActivationRecorder? }

    private let names: [ObjectIdentifier: String]
    private let retainingGradients: Bool
    /// Results by the layer's full name; the model's own under "".
    public private(set) var activations: [String: Tensor] = [:]

    /// A recorder for the layers of `model`.
    public init(model: Layer, retainingGradients: Bool = false) {
        names = Dictionary(model.namedLayers.map { (ObjectIdentifier($0.layer), $0.name) }) { first, _ in first }
        self.retainingGradients = retainingGradients
    }

    /// Runs `body` and collects the results of the model's layers called inside.
    public func recording<Result>(_ body: () throws -> Result) rethrows -> Result {
        try ActivationRecorder.$taskRecorder.withValue(Box(recorder: self), operation: body)
    }

    func record(_ output: Tensor, of layer: Layer) {
        guard let name = names[ObjectIdentifier(layer)] else { return }
        if retainingGradients, output.requiresGradient { output.retainingGradient() }
        activations[name] = output
    }
}

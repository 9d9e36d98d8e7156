/// A float32 array with a shape, row-major and contiguous, and a memory of how it was made.
///
/// Operations return new tensors. While ``withoutGradients(_:)`` is not in force and an input needs gradients, the result
/// remembers its operation; ``backward(from:keepingGraph:)`` then walks back and leaves gradients in the leaves.
/// Dimensions are in the field's order: `[B, C, T]` for signals, `[B, C, H, W]` for images.
/// A tensor belongs to one task; it is not `Sendable`.
public final class Tensor {
    /// The size of each dimension; empty for a scalar.
    public let shape: [Int]
    /// The values. Reshaped tensors share it.
    public private(set) var storage: TensorStorage
    /// The gradient of the last ``backward(from:keepingGraph:)``, for leaves that need one and tensors that retain theirs.
    public internal(set) var gradient: Tensor?
    /// Whether a gradient is computed for this tensor.
    public var requiresGradient: Bool { isLeafWithGradient || node != nil }
    /// Whether `backward` leaves a gradient in this tensor although it is not a leaf.
    public private(set) var retainsGradient = false

    var isLeafWithGradient: Bool
    private(set) var node: GradientNode?

    /// Wraps storage of exactly the shape's element count.
    public init(storage: TensorStorage, shape: [Int], requiresGradient: Bool = false) {
        precondition(shape.allSatisfy { $0 >= 0 }, "a shape has no negative sizes, but got \(shape)")
        precondition(storage.count == shape.reduce(1, *), "\(storage.count) values do not fill the shape \(shape)")
        self.storage = storage
        self.shape = shape
        isLeafWithGradient = requiresGradient
    }

    /// Copies an array of exactly the shape's element count.
    public convenience init(_ values: [Float], shape: [Int], requiresGradient: Bool = false) {
        self.init(storage: TensorStorage(values), shape: shape, requiresGradient: requiresGradient)
    }

    /// A scalar.
    public convenience init(_ value: Float) { self.init([value], shape: []) }

    /// A tensor of equal values.
    public convenience init(repeating value: Float, shape: [Int], requiresGradient: Bool = false) {
        let storage = TensorStorage(count: shape.reduce(1, *), repeating: value)
        self.init(storage: storage, shape: shape, requiresGradient: requiresGradient)
    }

    /// The result of an operation, which remembers `inputs` and `backward` if it must.
    ///
    /// `backward` gets the gradient of the result and returns one gradient (or `nil`) per input, each of that input's shape.
    /// It may return the gradient it got. It must not capture the result itself: capture ``detached()`` values.
    init(
        operation: String,
        storage: TensorStorage,
        shape: [Int],
        inputs: [Tensor],
        backward: @escaping (Tensor) -> [Tensor?]
    ) {
        precondition(storage.count == shape.reduce(1, *), "\(operation): \(storage.count) values do not fill \(shape)")
        self.storage = storage
        self.shape = shape
        isLeafWithGradient = false
        if GradientMode.isRecording, inputs.contains(where: { $0.requiresGradient }) {
            node = GradientNode(
                operation: operation,
                inputs: inputs,
                sequence: GradientMode.nextSequence(),
                backward: backward
            )
        }
    }

    /// The number of elements.
    public var count: Int { storage.count }
    /// The number of dimensions.
    public var rank: Int { shape.count }
    /// The elements in row-major order.
    public var values: [Float] { storage.values }

    /// The only element of a tensor with one element.
    public var item: Float {
        precondition(count == 1, "item needs exactly one element, but the shape is \(shape)")
        return storage.withSpan { $0[0] }
    }

    /// The same values without the memory of how they were made. Shares storage.
    public func detached() -> Tensor { Tensor(storage: storage, shape: shape) }

    /// An independent copy of the values, without history.
    public func copied() -> Tensor { Tensor(storage: TensorStorage(copying: storage), shape: shape) }

    /// Makes `backward` leave this tensor's gradient in ``gradient``.
    @discardableResult
    public func retainingGradient() -> Tensor {
        retainsGradient = true
        return self
    }

    /// Replaces the values in place, as optimisers and loaders do. Not recorded.
    public func assign(_ other: Tensor) {
        precondition(other.shape == shape, "assign: \(other.shape) does not fit \(shape)")
        other.storage.withSpan { source in
            storage.withMutableSpan { target in
                for index in 0..<source.count { target[index] = source[index] }
            }
        }
    }

    /// Whether no other tensor or saved value shares the storage.
    func isOnlyUserOfStorage() -> Bool { isKnownUniquelyReferenced(&storage) }

    /// Forgets the gradient.
    public func clearGradient() { gradient = nil }
}

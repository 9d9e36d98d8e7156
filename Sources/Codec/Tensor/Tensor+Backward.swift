extension Tensor {
    /// Computes the gradients of this tensor with respect to every leaf that needs one and adds them to ``gradient`` there.
    ///
    /// - Parameters:
    ///   - seed: the gradient of what is wanted with respect to this tensor, of its shape; 1 for a single element.
    ///   - keepingGraph: keeps saved values so that `backward` may be called again through the same operations.
    public func backward(from seed: Tensor? = nil, keepingGraph: Bool = false) {
        precondition(
            seed != nil || count == 1,
            "backward() of \(shape) needs a seed gradient; only single elements have a default"
        )
        let start = seed ?? Tensor(repeating: 1, shape: shape)
        precondition(
            start.shape == shape,
            "backward: the seed \(start.shape) does not have this tensor's shape \(shape)"
        )
        withoutGradients {
            var pending: [ObjectIdentifier: Tensor] = [ObjectIdentifier(self): start]
            for tensor in reachable() {
                guard let gradient = pending.removeValue(forKey: ObjectIdentifier(tensor)) else { continue }
                if tensor.isLeafWithGradient || tensor.retainsGradient {
                    tensor.gradient = tensor.gradient.map { $0.added(gradient) } ?? gradient
                }
                guard let node = tensor.node else { continue }
                for (input, contribution) in zip(node.inputs, node.gradients(of: gradient)) {
                    guard input.requiresGradient, let contribution else { continue }
                    precondition(
                        contribution.shape == input.shape,
                        "\(node.operation): gradient \(contribution.shape) for an input of \(input.shape)"
                    )
                    let key = ObjectIdentifier(input)
                    pending[key] = pending[key].map { $0.added(contribution) } ?? contribution
                }
                if !keepingGraph { node.release() }
            }
        }
    }

    /// Every tensor with a gradient that this one depends on, results before their inputs.
    private func reachable() -> [Tensor] {
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
        var leaves: [Tensor] = []
        var inner: [(sequence: Int, tensor: Tensor)] = []
        var stack: [Tensor] = [self]
        while let tensor = stack.popLast() {
            guard let node = tensor.node else {
                leaves.append(tensor)
                continue
            }
            inner.append((node.sequence, tensor))
            for input in node.inputs where input.requiresGradient && seen.insert(ObjectIdentifier(input)).inserted {
                stack.append(input)
            }
        }
        inner.sort { $0.sequence > $1.sequence }
        return inner.map(\.tensor) + leaves
    }

    private func added(_ other: Tensor) -> Tensor {
        Tensor(storage: PointwiseKernel.sum(storage, other.storage), shape: shape)
    }
}

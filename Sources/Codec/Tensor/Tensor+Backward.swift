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
            var order = reachable()
            while let tensor = order.popLast() {
                guard let gradient = pending.removeValue(forKey: ObjectIdentifier(tensor)) else { continue }
                guard let node = tensor.node else {
                    tensor.keep(gradient)
                    continue
                }
                if tensor.retainsGradient { tensor.keep(gradient) }
                for (input, contribution) in zip(node.inputs, node.gradients(of: gradient)) {
                    guard input.requiresGradient, let contribution else { continue }
                    precondition(
                        contribution.shape == input.shape,
                        "\(node.operation): gradient \(contribution.shape) for an input of \(input.shape)"
                    )
                    let key = ObjectIdentifier(input)
                    pending[key] = Self.sum(pending.removeValue(forKey: key), contribution)
                }
                if !keepingGraph { node.release() }
            }
        }
    }

    /// Adds to ``gradient``. A gradient kept is nobody else's storage, so that it may be clipped or scaled in place.
    private func keep(_ contribution: consuming Tensor) {
        var kept = Self.sum(gradient.take(), contribution)
        if !isKnownUniquelyReferenced(&kept) || !kept.isOnlyUserOfStorage() { kept = kept.copied() }
        gradient = kept
    }

    /// The sum of what is there and a contribution, in place when nothing else sees the memory of what is there.
    private static func sum(_ present: consuming Tensor?, _ contribution: consuming Tensor) -> Tensor {
        guard var sum = present.take() else { return contribution }
        if isKnownUniquelyReferenced(&sum), sum.isOnlyUserOfStorage() {
            PointwiseKernel.accumulate(contribution.storage, into: sum.storage)
            return sum
        }
        return Tensor(storage: PointwiseKernel.sum(sum.storage, contribution.storage), shape: sum.shape)
    }

    /// Every tensor with a gradient that this one depends on, inputs before their results.
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
        inner.sort { $0.sequence < $1.sequence }
        return leaves + inner.map(\.tensor)
    }
}

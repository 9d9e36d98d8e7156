/// How a tensor came to be: the inputs that need gradients, and the function from the result's gradient to theirs.
final class GradientNode {
    /// The operation, for messages.
    let operation: String
    /// The operation's inputs.
    private(set) var inputs: [Tensor]
    /// Counts up with every node, so that sorting by it is a topological order.
    let sequence: Int
    private var backward: ((Tensor) -> [Tensor?])?

    init(operation: String, inputs: [Tensor], sequence: Int, backward: @escaping (Tensor) -> [Tensor?]) {
        self.operation = operation
        self.inputs = inputs
        self.sequence = sequence
        self.backward = backward
    }

    /// The gradients of the inputs, in their order; `nil` where an input needs none.
    func gradients(of output: Tensor) -> [Tensor?] {
        guard let backward else {
            preconditionFailure(
                "backward() was called twice through the same \(operation); pass keepingGraph: true the first time"
            )
        }
        let gradients = backward(output)
        precondition(
            gradients.count == inputs.count,
            "\(operation) returned \(gradients.count) gradients for \(inputs.count) inputs"
        )
        return gradients
    }

    /// Lets go of inputs and saved values.
    func release() {
        backward = nil
        inputs = []
    }

    /// Lets go of a chain of tensors that nothing else uses one by one: left to themselves they would be released by
    /// recursion, a stack frame for every operation.
    deinit {
        var pending = inputs
        inputs = []
        while var tensor = pending.popLast() {
            guard isKnownUniquelyReferenced(&tensor), let node = tensor.node else { continue }
            pending += node.inputs
            node.release()
        }
    }
}

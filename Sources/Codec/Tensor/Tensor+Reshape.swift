extension Tensor {
    /// The same values in another shape of equal count; shares storage. One size may be −1 and is then computed.
    public func reshaped(_ wanted: [Int]) -> Tensor {
        var shape = wanted
        if let open = wanted.firstIndex(of: -1) {
            let known = wanted.filter { $0 != -1 }.reduce(1, *)
            precondition(known > 0 && count % known == 0, "\(self.shape) does not reshape to \(wanted)")
            shape[open] = count / known
        }
        precondition(shape.reduce(1, *) == count, "\(self.shape) does not reshape to \(wanted)")
        let original = self.shape
        return Tensor(operation: "reshape", storage: storage, shape: shape, inputs: [self]) { [$0.reshaped(original)] }
    }
}

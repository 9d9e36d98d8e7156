/// NumPy's scalars and arrays inside pickles.
extension PickleInterpreter {
    mutating func numpyCall(
        _ function: String,
        _ node: Int32,
        _ arguments: [Int32],
        depth: Int
    ) throws(CheckpointError) -> PickleValue? {
        switch function {
        case "scalar":
            guard arguments.count == 2, let type = elementType(arguments[0]), let bytes = try bytes(arguments[1]) else {
                return nil
            }
            return try scalar(type, bytes)
        case "_reconstruct":
            guard let state = graph.extra(of: node)?.state, case .tuple = graph.nodes[Int(state)].content else {
                return nil
            }
            let parts = graph.nodes[Int(state)].children
            guard parts.count == 5, let shape = integers(parts[1]) else { return nil }
            if case .list = graph.nodes[Int(parts[4])].content { return try objects(shape, parts[4], depth: depth) }
            guard let type = elementType(parts[2]), let bytes = try bytes(parts[4]) else { return nil }
            var isColumnMajor = false
            if case .boolean(true) = graph.nodes[Int(parts[3])].content { isColumnMajor = true }
            return try array(type, shape, bytes, isColumnMajor: isColumnMajor)
        case "_frombuffer":
            guard arguments.count == 4, let bytes = try bytes(arguments[0]), let type = elementType(arguments[1]),
                let shape = integers(arguments[2])
            else { return nil }
            return try array(type, shape, bytes, isColumnMajor: text(arguments[3]) == "F")
        default: return nil
        }
    }

    private mutating func array(
        _ type: StoredElementType,
        _ shape: [Int],
        _ bytes: ByteRegion,
        isColumnMajor: Bool
    ) throws(CheckpointError) -> PickleValue? {
        let index = nextInlineStorage()
        let storage = StoredBytes(index: -1 - index, name: "array \(index)", bytes: bytes)
        let strides = isColumnMajor ? StoredTensor.columnMajorStrides(shape) : nil
        do {
            return .tensor(try StoredTensor(elementType: type, shape: shape, strides: strides, storage: storage))
        } catch {
            throw .malformed(format: "pickle", reason: "array \(index) \(error.reason)")
        }
    }

    /// An array of Python objects: its elements, or the only one when it has no dimensions.
    private mutating func objects(_ shape: [Int], _ list: Int32, depth: Int) throws(CheckpointError) -> PickleValue? {
        let elements = try values(of: graph.nodes[Int(list)].children, depth: depth)
        if shape.isEmpty, elements.count == 1 { return elements[0] }
        return .list(elements)
    }

    private mutating func scalar(_ type: StoredElementType, _ bytes: ByteRegion) throws(CheckpointError) -> PickleValue?
    {
        guard let tensor = try array(type, [], bytes, isColumnMajor: false)?.tensor, type.isReadable else { return nil }
        switch type {
        case .boolean: return .boolean(try tensor.integers()[0] != 0)
        case .float64: return bytes.integer(at: 0, as: UInt64.self).map { .real(Double(bitPattern: $0)) }
        case .float32, .float16, .bfloat16: return .real(Double(try tensor.floats()[0]))
        default: return .integer(try tensor.integers()[0])
        }
    }

    /// `numpy.dtype('f4', …)` with the byte order in its state, `(3, '<', …)`.
    private func elementType(_ node: Int32) -> StoredElementType? {
        guard case .call = graph.nodes[Int(node)].content else { return nil }
        let children = graph.nodes[Int(node)].children
        guard case .global(let name) = graph.nodes[Int(children[0])].content, name == "numpy.dtype",
            let first = graph.nodes[Int(children[1])].children.first, let kind = text(first)
        else { return nil }
        var order = "<"
        if let state = graph.extra(of: node)?.state, graph.nodes[Int(state)].children.count > 1 {
            order = text(graph.nodes[Int(state)].children[1]) ?? order
        }
        return StoredElementType(numpyDescription: kind.hasPrefix(order) ? kind : order + kind)
    }
}

extension StoredTensor {
    /// Fortran's order: the first dimension's neighbours are 1 apart.
    static func columnMajorStrides(_ shape: [Int]) -> [Int] { rowMajorStrides(shape.reversed()).reversed() }
}

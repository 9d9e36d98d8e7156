/// The calls whose meaning is known: what they would make is made here from their arguments.
extension PickleInterpreter {
    /// Names of the calls and classes below, and of classes that only describe something; a note is made of any other.
    static func isKnown(_ name: String) -> Bool {
        if knownNames.contains(name) { return true }
        if name.hasPrefix("torch."), let last = name.split(separator: ".").last {
            let type = StoredElementType(torchName: String(last))
            if case .other(_, nil) = type { return last.hasSuffix("Storage") }
            return true
        }
        return false
    }

    private static let knownNames: Set<String> = Set(
        [
            "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
            "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
            "torch._utils._rebuild_device_tensor_from_numpy", "torch._tensor._rebuild_from_type_v2", "torch.Size",
            "torch.device", "torch.Tensor", "torch.nn.parameter.Parameter", "torch.serialization._get_layout",
            "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "numpy.dtype", "numpy.ndarray",
            "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct",
            "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy._core.numeric._frombuffer",
            "numpy.core.numeric._frombuffer", "_codecs.encode",
        ]
            + ["builtins", "__builtin__"].flatMap { module in
                ["set", "frozenset", "list", "tuple", "dict", "bytearray", "bytes", "int", "float", "str", "bool"].map {
                    "\(module).\($0)"
                }
            }
    )

    /// The value of a call of a known name; nil when the name or the arguments are not as expected.
    mutating func known(_ node: Int32, depth: Int) throws(CheckpointError) -> PickleValue? {
        let children = graph.nodes[Int(node)].children
        guard case .global(let name) = graph.nodes[Int(children[0])].content,
            case .tuple = graph.nodes[Int(children[1])].content
        else { return nil }
        let arguments = graph.nodes[Int(children[1])].children
        let parts = name.split(separator: ".")
        guard let function = parts.last, parts.count >= 2 else { return nil }
        switch parts[0] {
        case "torch": return try torchCall(String(function), name, arguments, depth: depth)
        case "numpy": return try numpyCall(String(function), node, arguments, depth: depth)
        case "collections": return try collection(String(function), node, arguments, depth: depth)
        case "builtins", "__builtin__": return try builtin(String(function), node, arguments, depth: depth)
        case "_codecs" where function == "encode": return try encodedBytes(arguments).map { .bytes($0) }
        default: return nil
        }
    }

    // MARK: PyTorch

    private mutating func torchCall(
        _ function: String,
        _ name: String,
        _ arguments: [Int32],
        depth: Int
    ) throws(CheckpointError) -> PickleValue? {
        guard Self.knownNames.contains(name) else { return nil }
        switch function {
        case "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3":
            return try torchTensor(arguments, namesType: function.hasSuffix("3")).map { .tensor($0) }
        case "_rebuild_parameter", "_rebuild_parameter_with_state", "_rebuild_device_tensor_from_numpy":
            guard let data = arguments.first else { return nil }
            return try value(of: data, depth: depth)
        case "_rebuild_from_type_v2":
            guard arguments.count >= 3, case .global(let inner) = graph.nodes[Int(arguments[0])].content,
                case .tuple = graph.nodes[Int(arguments[2])].content, inner != name
            else { return nil }
            let function = String(inner.split(separator: ".").last ?? "")
            return try torchCall(function, inner, graph.nodes[Int(arguments[2])].children, depth: depth)
        case "Size":
            guard let sizes = arguments.first else { return .tuple([]) }
            return .tuple(try value(of: sizes, depth: depth).elements ?? [])
        default: return nil
        }
    }

    private mutating func torchTensor(_ arguments: [Int32], namesType: Bool) throws(CheckpointError) -> StoredTensor? {
        guard arguments.count >= 4, case .persistent = graph.nodes[Int(arguments[0])].content,
            let description = graph.nodes[Int(arguments[0])].children.first, let reference = storage(description)
        else { return nil }
        guard let offset = integer(arguments[1]), let shape = integers(arguments[2]),
            let strides = integers(arguments[3])
        else { throw .malformed(format: "pickle", reason: "a tensor's offset, shape or strides are no integers") }
        var type = reference.elementType
        if namesType, arguments.count >= 7, case .global(let name) = graph.nodes[Int(arguments[6])].content {
            type = StoredElementType(torchName: String(name.split(separator: ".").last ?? ""))
        }
        guard let type else { return nil }
        let storage = try resolve(reference)
        let (start, overflow) = offset.addingReportingOverflow(reference.viewOffset)
        guard !overflow else { throw .malformed(format: "pickle", reason: "a tensor lies outside its storage") }
        do {
            return try StoredTensor(elementType: type, shape: shape, strides: strides, offset: start, storage: storage)
        } catch {
            throw .malformed(format: "PyTorch", reason: "a tensor of storage '\(reference.key)' \(error.reason)")
        }
    }

    /// Every storage that a pickle describes, in the order of the file.
    static func storages(in graph: PickleGraph) -> [StorageReference] {
        let interpreter = PickleInterpreter(
            graph: graph,
            resolve: { _ throws(CheckpointError) in throw .empty },
            size: 0
        )
        return graph.nodes.compactMap { node in
            guard case .persistent = node.content, let description = node.children.first else { return nil }
            return interpreter.storage(description)
        }
    }

    /// `('storage', class, key, device, count)`, in legacy files also a view `(key, offset, count)` or `None`.
    private func storage(_ node: Int32) -> StorageReference? {
        guard case .tuple = graph.nodes[Int(node)].content else { return nil }
        let parts = graph.nodes[Int(node)].children
        guard parts.count >= 5, case .text("storage") = graph.nodes[Int(parts[0])].content,
            case .global(let type) = graph.nodes[Int(parts[1])].content, let key = text(parts[2]),
            let count = integer(parts[4]), count >= 0
        else { return nil }
        var viewOffset = 0
        if parts.count > 5, case .tuple = graph.nodes[Int(parts[5])].content {
            let view = graph.nodes[Int(parts[5])].children
            guard view.count == 3, let offset = integer(view[1]), offset >= 0 else { return nil }
            viewOffset = offset
        }
        return StorageReference(
            key: key,
            elementType: StoredElementType(torchStorage: String(type.split(separator: ".").last ?? "")),
            count: count,
            viewOffset: viewOffset
        )
    }

    // MARK: Python

    private mutating func collection(
        _ function: String,
        _ node: Int32,
        _ arguments: [Int32],
        depth: Int
    ) throws(CheckpointError) -> PickleValue? {
        guard ["OrderedDict", "defaultdict", "Counter"].contains(function) else { return nil }
        return try dictionary(node, function == "defaultdict" ? Array(arguments.dropFirst()) : arguments, depth: depth)
    }

    private mutating func dictionary(
        _ node: Int32,
        _ arguments: [Int32],
        depth: Int
    ) throws(CheckpointError) -> PickleValue? {
        var pairs: [Int32] = []
        if let first = arguments.first {
            switch graph.nodes[Int(first)].content {
            case .dictionary: pairs = graph.nodes[Int(first)].children
            case .list, .tuple:
                for pair in graph.nodes[Int(first)].children {
                    let both = graph.nodes[Int(pair)].children
                    guard both.count == 2 else { return nil }
                    pairs += both
                }
            default: return nil
            }
        }
        return .dictionary(try entries(of: pairs + (graph.extra(of: node)?.entries ?? []), depth: depth))
    }

    private mutating func builtin(
        _ function: String,
        _ node: Int32,
        _ arguments: [Int32],
        depth: Int
    ) throws(CheckpointError) -> PickleValue? {
        switch function {
        case "dict": return try dictionary(node, arguments, depth: depth)
        case "set", "frozenset", "list", "tuple":
            var elements: [PickleValue] = []
            if let first = arguments.first {
                guard let given = try value(of: first, depth: depth).elements else { return nil }
                elements = given
            }
            if let items = graph.extra(of: node)?.items {
                try charge(elements.count)
                elements += try values(of: items, depth: depth)
            }
            return function == "list" ? .list(elements) : function == "tuple" ? .tuple(elements) : .set(elements)
        case "bytearray", "bytes":
            guard let first = arguments.first else { return .bytes([]) }
            if case .bytes = graph.nodes[Int(first)].content { return try value(of: first, depth: depth) }
            return try bytes(first).map { .bytes($0.bytes) }
        case "int", "float", "str", "bool":
            guard arguments.count == 1 else { return nil }
            return try value(of: arguments[0], depth: depth)
        default: return nil
        }
    }

    // MARK: Parts of arguments

    func text(_ node: Int32) -> String? {
        switch graph.nodes[Int(node)].content {
        case .text(let text): text
        case .integer(let value): String(value)
        default: nil
        }
    }

    func integer(_ node: Int32) -> Int? {
        if case .integer(let value) = graph.nodes[Int(node)].content { Int(value) } else { nil }
    }

    /// Lengths or strides: a tuple or list, or a `torch.Size` of one. No tensor has more than 64 dimensions.
    func integers(_ node: Int32) -> [Int]? {
        var node = node
        if case .call = graph.nodes[Int(node)].content {
            let children = graph.nodes[Int(node)].children
            guard case .global("torch.Size") = graph.nodes[Int(children[0])].content,
                let inner = graph.nodes[Int(children[1])].children.first
            else { return nil }
            node = inner
        }
        switch graph.nodes[Int(node)].content {
        case .tuple, .list: break
        default: return nil
        }
        let children = graph.nodes[Int(node)].children
        guard children.count <= 64 else { return nil }
        let integers = children.compactMap { integer($0) }
        return integers.count == children.count ? integers : nil
    }

    /// Bytes, also those that old protocols write as text with a call to encode it.
    mutating func bytes(_ node: Int32) throws(CheckpointError) -> ByteRegion? {
        switch graph.nodes[Int(node)].content {
        case .bytes(let region): return graph.regions[Int(region)]
        case .call:
            let children = graph.nodes[Int(node)].children
            guard case .global(let name) = graph.nodes[Int(children[0])].content else { return nil }
            let arguments = graph.nodes[Int(children[1])].children
            switch name {
            case "_codecs.encode": return try encodedBytes(arguments).map { ByteRegion(copying: $0) }
            case "builtins.bytes", "__builtin__.bytes", "builtins.bytearray", "__builtin__.bytearray":
                guard let first = arguments.first else { return ByteRegion(copying: []) }
                guard case .bytes(let region) = graph.nodes[Int(first)].content else { return nil }
                return graph.regions[Int(region)]
            default: return nil
            }
        default: return nil
        }
    }

    private mutating func encodedBytes(_ arguments: [Int32]) throws(CheckpointError) -> [UInt8]? {
        guard arguments.count == 2, case .text(let text) = graph.nodes[Int(arguments[0])].content,
            case .text(let encoding) = graph.nodes[Int(arguments[1])].content,
            encoding == "latin1" || encoding == "latin-1"
        else { return nil }
        try charge(text.utf8.count / 4)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

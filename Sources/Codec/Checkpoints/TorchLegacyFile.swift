/// Reads what `torch.save` wrote before PyTorch 1.6: a pickle each of a magic number, a version, the machine, the value
/// and the storages' keys; then for every key the number of elements and the elements.
enum TorchLegacyFile {
    private static let magic: Set<String> = ["0x1950a86a20f9469cfc6c", "119547037146038801333356"]

    /// Whether the pickle that begins the file is the magic number.
    static func isMagic(_ graph: PickleGraph) -> Bool {
        guard case .bigInteger(let digits) = graph.nodes[Int(graph.root)].content else { return false }
        return magic.contains(digits)
    }

    /// Reads what follows the magic number, which ends at `position`.
    static func read(_ bytes: ByteRegion, from position: Int) throws(CheckpointError) -> CheckpointContents {
        var position = position
        let version = try PickleMachine.read(bytes, at: &position)
        guard case .integer(1001) = version.nodes[Int(version.root)].content else {
            throw .unsupported(reason: "a legacy PyTorch file of an unknown version")
        }
        let machine = try value(of: try PickleMachine.read(bytes, at: &position))
        if machine["little_endian"]?.boolean == false { throw .unsupported(reason: "its numbers are big-endian") }
        let start = position
        let graph = try PickleMachine.read(bytes, at: &position)
        let size = position - start
        let keys = try value(of: try PickleMachine.read(bytes, at: &position)).elements?.map { $0.text ?? "" }
        guard let keys else { throw broken("the list of its storages is missing") }

        // Element sizes are in the value's pickle, so that is walked once to learn them, and once more to build it.
        let sizes = try elementSizes(graph, size: size)
        var regions: [String: ByteRegion] = [:]
        for key in keys {
            guard let elementSize = sizes[key] else { throw broken("storage '\(key)' is used by no tensor") }
            guard let count = bytes.integer(at: position, as: Int64.self).flatMap({ Int(exactly: $0) }), count >= 0,
                count <= bytes.count / elementSize,
                let region = bytes.slice(at: position + 8, count: count * elementSize)
            else { throw broken("storage '\(key)' is not complete; the file is cut short") }
            guard regions.updateValue(region, forKey: key) == nil else { throw broken("storage '\(key)' occurs twice") }
            position += 8 + region.count
        }
        let storages = StorageTable()
        let value = try PickleInterpreter.value(of: graph, size: size) {
            (reference) throws(CheckpointError) -> StoredBytes in
            try storages.storage(reference.key) { (index) throws(CheckpointError) -> StoredBytes in
                guard let region = regions[reference.key] else {
                    throw broken("storage '\(reference.key)' is missing")
                }
                return StoredBytes(index: index, name: reference.key, bytes: region)
            }
        }
        var contents = try TensorCollector.contents(of: value)
        contents.notes += PickleNotes.notes(on: graph)
        if position < bytes.count {
            contents.notes.append("\(bytes.count - position) bytes behind the last storage belong to nothing")
        }
        return contents
    }

    private static func elementSizes(_ graph: PickleGraph, size: Int) throws(CheckpointError) -> [String: Int] {
        var sizes: [String: Int] = [:]
        for reference in PickleInterpreter.storages(in: graph) {
            guard let elementSize = reference.elementType?.byteCount else {
                throw .unsupported(reason: "storage '\(reference.key)' has an unknown type")
            }
            guard sizes[reference.key] ?? elementSize == elementSize else {
                throw broken("storage '\(reference.key)' has two types")
            }
            sizes[reference.key] = elementSize
        }
        return sizes
    }

    private static func value(of graph: PickleGraph) throws(CheckpointError) -> PickleValue {
        try PickleInterpreter.value(of: graph, size: 0) { (_) throws(CheckpointError) -> StoredBytes in
            throw broken("a tensor where none belongs")
        }
    }

    private static func broken(_ reason: String) -> CheckpointError {
        .malformed(format: "legacy PyTorch", reason: reason)
    }
}

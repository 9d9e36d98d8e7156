/// Turns a pickle's graph into values. The few calls whose meaning is known (`PickleInterpreter+Calls.swift`) become the
/// tensor, dictionary or number they stand for; every other call becomes a `PickleObject`. Nothing is executed.
struct PickleInterpreter {
    /// Deepest nesting that is followed; files of real models stay below 100.
    static let deepestNesting = 200

    /// Gives the bytes of a storage, by its description in the pickle; nil when the description is none of a storage.
    typealias StorageResolver = (StorageReference) throws(CheckpointError) -> StoredBytes

    /// How a PyTorch pickle names a storage that is kept beside it.
    struct StorageReference {
        let key: String
        /// Nil for storages without a type; the tensor names it then.
        let elementType: StoredElementType?
        /// Number of elements the storage should have.
        let count: Int
        /// Elements to skip: old files keep views of storages.
        let viewOffset: Int
    }

    let graph: PickleGraph
    let resolve: StorageResolver
    /// Values of the nodes done so far, so that shared nodes are made once.
    private var done: [Int32: PickleValue] = [:]
    private var isOpen: Set<Int32> = []
    /// Number of values in each node when every sharing is written out.
    private var weights: [Int32: Int] = [:]
    private let largestWeight: Int
    /// Elements written so far; calls of shared lists write them again, so this is bounded, too.
    private var written = 0
    /// Arrays kept inside the pickle.
    private(set) var inlineStorages = 0

    /// The value of the whole pickle.
    /// - Parameters:
    ///   - graph: what the machine built.
    ///   - size: length of the pickle in bytes; bounds what shared values may grow to when written out.
    ///   - resolve: finds storages.
    /// - Returns: the value.
    /// - Throws: `CheckpointError` when it is nested too deep, repeats itself too often or describes impossible tensors.
    static func value(
        of graph: PickleGraph,
        size: Int,
        resolve: @escaping StorageResolver
    ) throws(CheckpointError) -> PickleValue {
        var interpreter = PickleInterpreter(graph: graph, resolve: resolve, size: size)
        return try interpreter.value(of: graph.root, depth: 0)
    }

    init(graph: PickleGraph, resolve: @escaping StorageResolver, size: Int) {
        self.graph = graph
        self.resolve = resolve
        largestWeight = 1_000_000 + 4 * min(size, PickleMachine.largestGraph)
    }

    mutating func value(of node: Int32, depth: Int) throws(CheckpointError) -> PickleValue {
        let content = graph.nodes[Int(node)].content
        if let leaf = leaf(content) { return leaf }
        if let known = done[node] { return known }
        guard depth < Self.deepestNesting else {
            throw .tooLarge(reason: "its values are nested more than \(Self.deepestNesting) deep")
        }
        guard isOpen.insert(node).inserted else { return .cycle }
        let value = try compound(node, content, depth: depth + 1)
        isOpen.remove(node)
        let weight = weight(below: node)
        guard weight <= largestWeight else { throw tooManyRepeats }
        weights[node] = weight
        done[node] = value
        return value
    }

    private func leaf(_ content: PickleGraph.Content) -> PickleValue? {
        switch content {
        case .none: .some(.none)
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .bigInteger(let digits): .bigInteger(digits)
        case .real(let value): .real(value)
        case .text(let text): .text(text)
        case .global(let name): .global(name)
        case .bytes, .list, .tuple, .set, .dictionary, .call, .persistent: nil
        }
    }

    private mutating func compound(
        _ node: Int32,
        _ content: PickleGraph.Content,
        depth: Int
    ) throws(CheckpointError) -> PickleValue {
        let children = graph.nodes[Int(node)].children
        switch content {
        case .bytes(let region):
            return .bytes(graph.regions[Int(region)].bytes)
        case .list: return .list(try values(of: children, depth: depth))
        case .tuple: return .tuple(try values(of: children, depth: depth))
        case .set: return .set(try values(of: children, depth: depth))
        case .dictionary: return .dictionary(try entries(of: children, depth: depth))
        case .persistent:
            return .object(
                PickleObject(
                    type: "storage",
                    arguments: try values(of: children, depth: depth),
                    items: [],
                    entries: [],
                    state: .none
                )
            )
        default:
            if let known = try known(node, depth: depth) { return known }
            return try opaque(node, depth: depth)
        }
    }

    mutating func values(of nodes: [Int32], depth: Int) throws(CheckpointError) -> [PickleValue] {
        try charge(nodes.count)
        var values: [PickleValue] = []
        values.reserveCapacity(nodes.count)
        for node in nodes { values.append(try value(of: node, depth: depth)) }
        return values
    }

    /// Keys and values in turn. A repeated key keeps its place and takes the last value, as in Python.
    mutating func entries(of nodes: [Int32], depth: Int) throws(CheckpointError) -> [PickleEntry] {
        try charge(nodes.count)
        var entries: [PickleEntry] = []
        var places: [String: Int] = [:]
        for index in stride(from: 0, to: nodes.count - 1, by: 2) {
            let key = try value(of: nodes[index], depth: depth)
            let entry = PickleEntry(key: key, value: try value(of: nodes[index + 1], depth: depth))
            if case .text(let text) = key {
                if let place = places[text] {
                    entries[place] = entry
                    continue
                }
                places[text] = entries.count
            }
            entries.append(entry)
        }
        return entries
    }

    /// A call whose meaning is not known.
    private mutating func opaque(_ node: Int32, depth: Int) throws(CheckpointError) -> PickleValue {
        let children = graph.nodes[Int(node)].children
        let callee = try value(of: children[0], depth: depth)
        let arguments = try value(of: children[1], depth: depth)
        let extra = graph.extra(of: node)
        var state = PickleValue.none
        if let node = extra?.state { state = try value(of: node, depth: depth) }
        var listed = arguments.elements ?? [arguments]
        if children.count > 2 { listed.append(try value(of: children[2], depth: depth)) }
        var type = callee.text(limit: 200)
        if case .global(let name) = callee { type = name }
        // Objects of plain Python classes are made by a helper whose first argument is their class.
        if type.hasSuffix("_reconstructor"), case .global(let name)? = listed.first {
            type = name
            listed = []
        }
        return .object(
            PickleObject(
                type: type,
                arguments: listed,
                items: try values(of: extra?.items ?? [], depth: depth),
                entries: try entries(of: extra?.entries ?? [], depth: depth),
                state: state
            )
        )
    }

    /// 1 and the weights of what the node refers to. Leaves and cycles weigh 1. Arguments of known calls are not made
    /// into values themselves, so they are weighed here, as deep as the calls look into them.
    private mutating func weight(below node: Int32, depth: Int = 3) -> Int {
        var weight = 1
        let extra = graph.extra(of: node)
        var parts = graph.nodes[Int(node)].children
        if let extra { parts += extra.items + extra.entries + (extra.state.map { [$0] } ?? []) }
        for child in parts {
            if let known = weights[child] {
                weight += known
            } else if depth > 0, !isOpen.contains(child), !graph.nodes[Int(child)].children.isEmpty {
                let inner = self.weight(below: child, depth: depth - 1)
                weights[child] = inner
                weight += inner
            } else {
                weight += 1
            }
            weight = min(weight, 1 << 60)
        }
        return weight
    }

    /// Counts elements that are written, or a quarter of the bytes.
    mutating func charge(_ count: Int) throws(CheckpointError) {
        written += count
        guard written <= largestWeight else { throw tooManyRepeats }
    }

    private var tooManyRepeats: CheckpointError {
        .tooLarge(reason: "its pickle repeats shared values to more than \(largestWeight)")
    }

    /// The next number for an array kept inside the pickle.
    mutating func nextInlineStorage() -> Int {
        inlineStorages += 1
        return inlineStorages - 1
    }
}

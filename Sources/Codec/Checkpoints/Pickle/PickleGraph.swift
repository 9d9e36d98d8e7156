/// What a pickle builds, as nodes that refer to each other by number: sharing and cycles cost nothing, and no chain of
/// references is ever followed to free it.
struct PickleGraph {
    /// What a node is. Children are in `Node.children`.
    enum Content {
        case none
        case boolean(Bool)
        case integer(Int64)
        case bigInteger(String)
        case real(Double)
        case text(String)
        /// Number of an element of `regions`.
        case bytes(Int32)
        /// Children are the elements.
        case list, tuple, set
        /// Children are keys and values in turn.
        case dictionary
        /// `module.name`.
        case global(String)
        /// A call: children are what is called, its arguments (a tuple) and, rarely, its keyword arguments.
        case call
        /// A reference to something outside the pickle; the child is its description.
        case persistent
    }

    /// One value.
    struct Node {
        var content: Content
        var children: [Int32] = []
        /// Number of the element of `extras` that holds what was added to a call after it was made; -1 for nothing.
        var extra: Int32 = -1
    }

    /// What a pickle adds to an object after it was made.
    struct Extra {
        /// What its attributes are set from.
        var state: Int32?
        /// Appended values.
        var items: [Int32] = []
        /// Keys and values in turn.
        var entries: [Int32] = []
    }

    var nodes: [Node] = []
    var extras: [Extra] = []
    var regions: [ByteRegion] = []
    /// The value of the whole pickle.
    var root: Int32 = 0

    /// Every class and function that is named, once, in the order of the file.
    var globals: [String] {
        var seen: Set<String> = []
        return nodes.compactMap { node in
            guard case .global(let name) = node.content, seen.insert(name).inserted else { return nil }
            return name
        }
    }

    /// The additions to a node, made when needed.
    mutating func withExtra(of node: Int32, _ change: (inout Extra) -> Void) {
        if nodes[Int(node)].extra < 0 {
            nodes[Int(node)].extra = Int32(extras.count)
            extras.append(Extra())
        }
        change(&extras[Int(nodes[Int(node)].extra)])
    }

    /// The additions to a node.
    func extra(of node: Int32) -> Extra? {
        let index = nodes[Int(node)].extra
        return index < 0 ? nil : extras[Int(index)]
    }
}

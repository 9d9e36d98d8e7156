/// Walks a pickle's value and gathers its tensors under dotted names; what remains is metadata.
struct TensorCollector {
    /// Attributes through which a pickled `nn.Module` keeps its tensors; they are no part of a name.
    private static let moduleAttributes: Set<String> = ["_parameters", "_buffers", "_modules"]

    /// Where a value is.
    private struct Place {
        /// Keys on the way, outermost first.
        var path: [String] = []
        /// The way to the pickled module that it is inside, if any: all of a module is one group.
        var module: [String]?

        func inside(_ key: String) -> Place { Place(path: path + [key], module: module) }
    }

    private var contents = CheckpointContents()
    /// Bytes of all names so far. Short pickles can repeat long keys in every name, so their sum is bounded.
    private var nameBytes = 0
    private static let mostNameBytes = 1 << 26

    /// All tensors of `value`, and `value` without them as metadata.
    /// - Throws: `CheckpointError.tooLarge` when their names together are longer than 64 MiB.
    static func contents(of value: PickleValue) throws(CheckpointError) -> CheckpointContents {
        var collector = TensorCollector()
        collector.contents.metadata = collector.collect(value, at: Place()) ?? .dictionary([])
        guard collector.nameBytes <= mostNameBytes else {
            throw .tooLarge(reason: "the names of its tensors are longer than \(mostNameBytes) bytes together")
        }
        return collector.contents
    }

    /// - Returns: what is no tensor; nil when nothing is left.
    private mutating func collect(_ value: PickleValue, at place: Place) -> PickleValue? {
        switch value {
        case .tensor(let tensor):
            nameBytes += place.path.reduce(1) { $0 + $1.utf8.count + 1 }
            guard nameBytes <= Self.mostNameBytes else { return nil }
            let name = place.path.isEmpty ? "tensor" : place.path.joined(separator: ".")
            contents.add(name, tensor, group: place.module ?? Array(place.path.dropLast()))
            return nil
        case .dictionary(let entries):
            let rest = collect(entries, at: place)
            return rest.isEmpty && !entries.isEmpty ? nil : .dictionary(rest)
        case .list(let elements): return collect(elements, at: place).map { .list($0) }
        case .tuple(let elements): return collect(elements, at: place).map { .tuple($0) }
        case .object(let object):
            var place = place
            // Modules that TorchScript compiled keep their tensors as plain attributes.
            if object.type.hasPrefix("__torch__.") { place.module = place.module ?? place.path }
            return .object(
                PickleObject(
                    type: object.type,
                    arguments: collect(object.arguments, at: place) ?? [],
                    items: collect(object.items, at: place) ?? [],
                    entries: collect(object.entries, at: place),
                    state: collect(object.state, at: place) ?? .none
                )
            )
        default: return value
        }
    }

    private mutating func collect(_ entries: [PickleEntry], at place: Place) -> [PickleEntry] {
        // A module's other attributes may hold tensors, too: they are derived ones, no part of its state dictionary.
        let isModule = entries.contains { $0.key.text == "_parameters" }
        return entries.compactMap { entry in
            let key = entry.key.text ?? entry.key.text(limit: 80)
            var inner = place
            if Self.moduleAttributes.contains(key) {
                inner.module = inner.module ?? place.path
            } else if isModule {
                return entry
            } else {
                inner = place.inside(key)
            }
            return collect(entry.value, at: inner).map { PickleEntry(key: entry.key, value: $0) }
        }
    }

    private mutating func collect(_ elements: [PickleValue], at place: Place) -> [PickleValue]? {
        if elements.isEmpty { return [] }
        let rest = elements.enumerated().compactMap { collect($0.element, at: place.inside(String($0.offset))) }
        return rest.isEmpty ? nil : rest
    }
}

/// One model's tensors inside a checkpoint, under the names the model itself uses.
public struct CheckpointGroup: Sendable {
    /// Keys that lead to it in the file: `["generator"]`, or nothing when the file is one flat dictionary.
    public let group: [String]
    /// Beginning that all its names shared, without which they are listed: `module.`; empty without one.
    public let strippedPrefix: String
    /// Name and tensor, in the order of the file.
    public let tensors: [(name: String, tensor: StoredTensor)]
    private let positions: [String: Int]

    /// From pairs with names that differ.
    init(group: [String], strippedPrefix: String, tensors: [(name: String, tensor: StoredTensor)]) {
        self.group = group
        self.strippedPrefix = strippedPrefix
        self.tensors = tensors
        positions = Dictionary(tensors.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
    }

    /// The tensor of that name.
    public subscript(name: String) -> StoredTensor? { positions[name].map { tensors[$0].tensor } }

    /// Names in the order of the file.
    public var names: [String] { tensors.map(\.name) }

    /// Number of elements of all tensors together.
    public var elementCount: Int { tensors.reduce(0) { $0 + $1.tensor.elementCount } }

    /// The group and the prefix, for people: `generator`, `state_dict (without 'module.')`, `the whole file`.
    public var title: String {
        let place = group.isEmpty ? "the whole file" : group.joined(separator: ".")
        return strippedPrefix.isEmpty ? place : "\(place) (without '\(strippedPrefix)')"
    }

    /// All numbers of a tensor in row-major order, converted to float32.
    /// - Throws: `CheckpointError.missingTensor` with the closest names, or `.unreadableTensor`.
    public func values(of name: String) throws(CheckpointError) -> [Float] {
        guard let tensor = self[name] else {
            throw .missingTensor(name: name, closest: NameDistance.closest(to: name, in: names))
        }
        do {
            return try tensor.floats()
        } catch {
            throw error.naming(name)
        }
    }
}

extension Checkpoint {
    /// Every group of tensors, in the order of the file, without a prefix that all names of a group share. An optimizer's
    /// state is one group.
    public var groups: [CheckpointGroup] {
        var groups: [[String]] = []
        var members: [[String]: [(name: String, tensor: StoredTensor)]] = [:]
        for entry in entries {
            let group = CheckpointGroupFinder.withoutOptimizerParts(entry.group)
            let prefix = group.isEmpty ? 0 : group.reduce(0) { $0 + $1.utf8.count + 1 }
            if members[group] == nil { groups.append(group) }
            members[group, default: []].append((entry.name.withoutUTF8Prefix(prefix), entry.tensor))
        }
        return groups.flatMap { CheckpointGroupFinder.split(group: $0, tensors: members[$0] ?? []) }
    }

    /// The model's weights: the generator or codec when the file says so by name, otherwise the largest group that is
    /// neither an optimizer's state nor a discriminator. Its `title` says which one it is.
    /// - Throws: `CheckpointError.noTensors` when nothing in the file looks like weights.
    public var model: CheckpointGroup {
        get throws(CheckpointError) {
            guard let best = CheckpointGroupFinder.best(of: groups) else { throw .noTensors }
            return best
        }
    }
}

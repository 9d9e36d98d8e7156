/// The tensors of a checkpoint that a discriminator is made of, and how they were told from the rest.
struct DiscriminatorWeights {
    /// Names, unique in all groups, and tensors.
    let tensors: [(name: String, tensor: StoredTensor)]
    /// What was chosen, for people; empty when it is all there is.
    let assumptions: [String]

    init(_ checkpoint: Checkpoint) throws(DiscriminatorInferenceError) {
        let groups = checkpoint.groups.filter { !CheckpointGroupFinder.isOptimizer($0.group) }
        let named = groups.filter { CheckpointGroupFinder.isDiscriminator(CheckpointGroupFinder.keys($0)) }
        let chosen = named.filter(Self.hasConvolution)
        if !chosen.isEmpty {
            self.init(groups: chosen, leavingOut: groups)
            return
        }
        guard named.isEmpty else { throw .noConvolution(holds: Self.contents(named)) }
        guard let group = groups.filter(Self.hasConvolution).max(by: { $0.elementCount < $1.elementCount }) else {
            throw .noConvolution(holds: Self.contents(groups))
        }
        let parts = Self.discriminatorParts(of: group)
        if parts.count < group.tensors.count, Self.hasConvolution(parts) {
            self.init(
                tensors: parts,
                assumptions: [
                    "\(group.tensors.count - parts.count) tensor(s) whose names do not name a discriminator are left out"
                ]
            )
            return
        }
        let architecture = ArchitectureRecognizer.recognize(group, hints: checkpoint.hints)
        if [.dac, .encodec, .telugu, .hifiGAN, .snac, .mimi].contains(architecture.kind) {
            throw .generator(title: architecture.title)
        }
        guard !CheckpointGroupFinder.isGenerator(CheckpointGroupFinder.keys(group)) else {
            throw .generator(title: "its weights are in \(group.title)")
        }
        self.init(groups: [group], leavingOut: groups)
    }

    private init(tensors: [(name: String, tensor: StoredTensor)], assumptions: [String]) {
        self.tensors = tensors
        self.assumptions = assumptions
    }

    private init(groups: [CheckpointGroup], leavingOut all: [CheckpointGroup]) {
        let keys = groups.map(CheckpointGroupFinder.keys)
        let areUnlike = Set(keys.map { $0.last ?? "" }).count == groups.count
        tensors = zip(groups, keys).flatMap { group, keys in
            group.nativelyNamed.tensors.map { name, tensor in
                // MelGAN's own names begin with a wrapper's.
                let own = group.strippedPrefix.hasSuffix("model.") ? "model." + name : name
                let prefix = areUnlike ? keys.suffix(1) : keys[...]
                return (groups.count > 1 ? (prefix + [own]).joined(separator: ".") : own, tensor)
            }
        }
        let others = all.filter { group in
            !group.tensors.isEmpty
                && !groups.contains { $0.group == group.group && $0.strippedPrefix == group.strippedPrefix }
        }
        assumptions =
            others.isEmpty
            ? []
            : [
                "of the file, \(groups.map(\.title).joined(separator: " and ")) is taken for the discriminator; "
                    + "\(others.prefix(4).map(\.title).joined(separator: ", ")) is left out"
            ]
    }

    /// Tensors that have a discriminator's word among the first two parts of their names, the layer's own name not counted.
    private static func discriminatorParts(of group: CheckpointGroup) -> [(name: String, tensor: StoredTensor)] {
        group.nativelyNamed.tensors.filter { name, _ in
            name.split(separator: ".").dropLast(2).prefix(2).contains { part in
                CheckpointGroupFinder.isDiscriminator([String(part)])
            }
        }
    }

    private static func hasConvolution(_ group: CheckpointGroup) -> Bool { hasConvolution(group.nativelyNamed.tensors) }

    private static func hasConvolution(_ tensors: [(name: String, tensor: StoredTensor)]) -> Bool {
        !StoredConvolution.all(in: tensors.map { ($0.name, $0.tensor.shape) }).convolutions.isEmpty
    }

    /// "40 tensor(s) such as 'linear.weight' [30, 40], …".
    private static func contents(_ groups: [CheckpointGroup]) -> String {
        let tensors = groups.flatMap(\.tensors)
        guard !tensors.isEmpty else { return "no weights at all" }
        let shown = tensors.prefix(3).map { "'\($0.name)' \($0.tensor.shape)" }.joined(separator: ", ")
        return "\(tensors.count) tensor(s) such as \(shown)"
    }
}

/// Finds which dictionary of a training checkpoint holds the model.
enum CheckpointGroupFinder {
    /// Names under which trainers keep the model that makes sound, the most telling first.
    private static let modelNames = [
        "generator", "codec", "codec_state_dict", "generator_state_dict", "model_g", "net_g", "netg", "g", "dac",
        "encodec",
        "autoencoder", "ema", "ema_model", "best_state", "state_dict", "model", "model_state_dict", "model_state",
        "weights",
        "params", "net", "network", "module",
    ]
    /// Names of dictionaries that are no model.
    private static let optimizerNames = ["optim", "sched", "scaler", "exp_avg", "momentum", "rng", "adam"]
    /// Names of a discriminator's weights.
    private static let discriminatorNames: Set<String> = [
        "mpd", "msd", "mrd", "mstft", "cqtd", "d", "disc", "discs", "model_d", "net_d", "netd", "critic", "adversary",
        "adversaries",
    ]
    /// Names that say a model makes sound; the other model names are used for discriminators as well.
    private static let generatorNames: Set<String> = [
        "generator", "codec", "codec_state_dict", "generator_state_dict", "model_g", "net_g", "netg", "g", "gen", "dac",
        "encodec", "autoencoder", "decoder",
    ]
    /// Wrappers that add their name in front of all names.
    private static let wrappers: Set<String> = [
        "module", "_orig_mod", "model", "generator", "codec", "network", "net", "autoencoder", "ema_model", "dac",
        "encodec",
        "discriminator",
    ]

    /// Most wrappers around each other; more are no wrappers.
    private static let mostWrappers = 8

    static func isOptimizer(_ keys: [String]) -> Bool {
        keys.contains { key in optimizerNames.contains { key.lowercased().contains($0) } }
    }

    /// The keys up to an optimizer's: its state is kept per parameter, but is one thing.
    static func withoutOptimizerParts(_ keys: [String]) -> [String] {
        guard let index = keys.firstIndex(where: { isOptimizer([$0]) }) else { return keys }
        return Array(keys[...index])
    }

    static func isDiscriminator(_ keys: [String]) -> Bool {
        keys.contains { discriminatorNames.contains($0.lowercased()) || $0.lowercased().contains("discriminator") }
    }

    static func isGenerator(_ keys: [String]) -> Bool { keys.contains { generatorNames.contains($0.lowercased()) } }

    /// A group as one dictionary, or as several when a wrapper's names (`generator.…`, `discriminator.…`) divide it.
    static func split(group: [String], tensors: [(name: String, tensor: StoredTensor)]) -> [CheckpointGroup] {
        var tensors = tensors
        var prefix = ""
        for _ in 0..<mostWrappers {
            guard let wrapper = commonWrapper(tensors.map(\.name)) else { break }
            prefix += wrapper + "."
            tensors = tensors.map { (String($0.name.dropFirst(wrapper.count + 1)), $0.tensor) }
        }
        let heads = tensors.map { head($0.name) }
        var parts: [String] = []
        for head in heads where !parts.contains(head) {
            parts.append(head)
            if parts.count > 16 { break }
        }
        let divides =
            parts.count > 1 && parts.count <= 16 && parts.contains { modelNames.contains($0.lowercased()) }
            && parts.contains { isDiscriminator([$0]) }
        guard divides else { return [CheckpointGroup(group: group, strippedPrefix: prefix, tensors: tensors)] }
        return parts.flatMap { part in
            let members = zip(heads, tensors).filter { $0.0 == part }.map { $0.1 }
            guard members.allSatisfy({ $0.name.hasPrefix(part + ".") }) else {
                return [CheckpointGroup(group: group, strippedPrefix: prefix, tensors: members)]
            }
            let inner = members.map { (name: String($0.name.dropFirst(part.count + 1)), tensor: $0.tensor) }
            return [CheckpointGroup(group: group, strippedPrefix: prefix + part + ".", tensors: inner)]
        }
    }

    /// The dictionary that is most likely the model.
    static func best(of all: [CheckpointGroup]) -> CheckpointGroup? { bestIndex(of: all).map { all[$0] } }

    /// Its place.
    static func bestIndex(of groups: [CheckpointGroup]) -> Int? {
        let all = groups.map { (keys: keys($0), count: $0.elementCount) }
        var candidates = all.indices.filter { !isOptimizer(all[$0].keys) }
        let models = candidates.filter { !isDiscriminator(all[$0].keys) }
        if !models.isEmpty { candidates = models }
        // A name decides only between groups of comparable size: an 'ema' of three numbers is no model.
        let largest = candidates.map { all[$0].count }.max() ?? 0
        candidates.removeAll { all[$0].count < largest / 4 }
        return candidates.min { a, b in
            (rank(all[a].keys), -all[a].count, a) < (rank(all[b].keys), -all[b].count, b)
        }
    }

    /// Keys and stripped wrappers that lead to a group.
    static func keys(_ dictionary: CheckpointGroup) -> [String] {
        dictionary.group + dictionary.strippedPrefix.split(separator: ".").map(String.init)
    }

    private static func rank(_ keys: [String]) -> Int {
        keys.compactMap { modelNames.firstIndex(of: $0.lowercased()) }.min() ?? modelNames.count
    }

    /// Wrappers that are never lists.
    private static let pureWrappers: Set<String> = ["module", "_orig_mod"]

    /// The wrapper whose name begins all names, unless a number follows it: `model.0.weight` is a layer of a list.
    private static func commonWrapper(_ names: [String]) -> String? {
        guard let first = names.first, let wrapper = Optional(head(first)), wrappers.contains(wrapper) else {
            return nil
        }
        let prefix = wrapper + "."
        let isShared = names.allSatisfy { name in
            guard name.hasPrefix(prefix), let next = name.dropFirst(prefix.count).first else { return false }
            return !next.isNumber || pureWrappers.contains(wrapper)
        }
        return isShared ? wrapper : nil
    }

    private static func head(_ name: String) -> String { String(name.prefix { $0 != "." }) }
}

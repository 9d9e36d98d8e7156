/// Cuts a net's convolutions into sub-discriminators by the beginnings of their names.
enum DiscriminatorParts {
    /// One list per sub-discriminator, in the order of the names. Convolutions of something else, and those
    /// around others, are in none.
    static func split(
        _ layers: [StoredConvolution]
    ) throws(DiscriminatorInferenceError) -> [[StoredConvolution]] {
        let straight = layers.filter { !$0.isBypass }
        let layers = straight.isEmpty ? layers : straight
        if let parts = divided(layers, from: 0) { return parts }
        let heads = layers.filter(\.isHead).map(\.name)
        if heads.count > 1, !ConvolutionChain.isChain(layers) { throw .ambiguousParts(heads: heads) }
        return [layers]
    }

    /// The parts of `layers`, whose first `depth` name parts are alike; nil when names do not divide them into chains.
    private static func divided(_ layers: [StoredConvolution], from depth: Int) -> [[StoredConvolution]]? {
        let heads = layers.count(where: \.isHead)
        if heads == 1 { return [layers] }
        let paths = layers.map(\.components)
        let deepest = paths.map(\.count).max() ?? 0
        var depth = depth
        while depth < deepest, paths.allSatisfy({ $0.count > depth && $0[depth] == paths[0][depth] }) { depth += 1 }
        guard depth < deepest else { return nil }
        let groups = grouped(layers, at: depth)
        if heads == 0 { return areAlike(groups) ? groups : nil }
        if groups.count > 1, groups.allSatisfy({ $0.contains(where: \.isHead) }) {
            let parts = groups.map { divided($0, from: depth + 1) }
            if parts.allSatisfy({ $0 != nil }), groups.contains(where: { $0.count > 1 }) {
                return parts.flatMap { $0 ?? [] }
            }
        }
        // Lists of layers, each with one entry per sub-discriminator.
        for position in (depth + 1)..<max(depth + 1, deepest) where paths.allSatisfy({ $0.count > position }) {
            let groups = grouped(layers, at: position)
            if groups.count == heads,
                groups.allSatisfy({ $0.count(where: \.isHead) == 1 && ConvolutionChain.isChain($0) })
            {
                return groups
            }
        }
        // Whatever is a net of its own; the rest is something else.
        let complete = groups.filter { $0.count > 1 && $0.contains(where: \.isHead) }
        guard !complete.isEmpty, complete.count < groups.count else { return nil }
        let parts = complete.map { divided($0, from: depth + 1) }
        let found = parts.flatMap { $0 ?? [] }
        return parts.allSatisfy({ $0 != nil }) && found.allSatisfy(ConvolutionChain.isChain) ? found : nil
    }

    /// Without layers for logits: nets of the same shapes side by side.
    private static func areAlike(_ groups: [[StoredConvolution]]) -> Bool {
        let shapes = groups.map { ConvolutionChain.sorted($0).map(\.shape) }
        return groups.count > 1 && shapes.allSatisfy { $0 == shapes[0] && $0.count > 1 }
            && groups.allSatisfy(ConvolutionChain.isChain)
    }

    /// Layers with the same name part at `position`, in natural order.
    static func grouped(_ layers: [StoredConvolution], at position: Int) -> [[StoredConvolution]] {
        var members: [Substring: [StoredConvolution]] = [:]
        for layer in layers {
            let path = layer.components
            members[path.count > position ? path[position] : "", default: []].append(layer)
        }
        return members.sorted { NaturalOrder.isBefore([$0.key], [$1.key]) }.map(\.value)
    }

    /// The bands of a spectrogram's net: lists of the same shapes that each begin at the input, and the layer behind them all.
    static func bands(_ layers: [StoredConvolution]) -> (branches: [[StoredConvolution]], head: StoredConvolution)? {
        guard let head = layers.first(where: \.isHead), head.shape.count == 4, layers.count > 4 else { return nil }
        let rest = layers.filter { $0.name != head.name }
        let paths = rest.map(\.components)
        let shortest = paths.map(\.count).min() ?? 0
        guard let depth = (0..<shortest).first(where: { depth in paths.contains { $0[depth] != paths[0][depth] } })
        else { return nil }
        let groups = grouped(rest, at: depth)
        guard areAlike(groups), groups.allSatisfy({ ConvolutionChain.isChain($0 + [head]) }) else { return nil }
        return (groups, head)
    }
}

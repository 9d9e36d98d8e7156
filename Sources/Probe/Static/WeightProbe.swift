public import Codec

/// Measures the weights of a discriminator's layers: norms, ranks, dead filters, values that are not finite.
///
/// Ranks are of each group's matrix `[Cout/groups, Cin/groups·K…]` of the folded weight, because groups act on inputs of their own.
public enum WeightProbe {
    /// One report per layer, in the order of the description.
    ///
    /// `seed` draws the fresh layers that the ranks are compared with: of the same shape, from the uniform distribution PyTorch starts with.
    /// A rank does not depend on the scale, so that weight norm and the bound do not matter.
    public static func reports(of discriminator: Discriminator, seed: UInt64) -> [LayerWeightReport] {
        let layers = discriminator.subDiscriminators.flatMap { part in
            part.layers.map { layer in
                let path = part.description.path
                return LayerWeights(
                    layer,
                    name: path.isEmpty ? layer.description.name : "\(path).\(layer.description.name)"
                )
            }
        }
        let blocks = layers.map(\.blocks)
        let values = SingularValues.of(blocks.flatMap { $0 })
        var fresh: [LayerWeights.BlockShape: Double] = [:]
        for layer in layers where fresh[layer.blockShape] == nil {
            fresh[layer.blockShape] = layer.blockShape.freshEffectiveRank(seed: seed)
        }
        var start = 0
        return zip(layers, blocks).map { layer, blocks in
            let own = Array(values[start..<(start + blocks.count)])
            start += blocks.count
            return layer.report(own, initialEffectiveRank: fresh[layer.blockShape] ?? .nan)
        }
    }
}

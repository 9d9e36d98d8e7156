extension DiscriminatorDescription {
    /// The same net with layers `factor` times as wide, at least 1 channel each; what is looked at and what is answered stay.
    ///
    /// A grouped layer keeps its channels per group as far as widths allow. Factors of 1 over a power of two fit all presets.
    public func narrowed(by factor: Double) -> DiscriminatorDescription {
        precondition(factor > 0 && factor <= 1, "a width factor must lie in 0…1, above 0")
        func width(_ channels: Int) -> Int { max(1, Int((Double(channels) * factor).rounded())) }
        var result = self
        for part in subDiscriminators.indices {
            for branch in subDiscriminators[part].branches.indices {
                for place in subDiscriminators[part].branches[branch].layers.indices {
                    let layer = subDiscriminators[part].branches[branch].layers[place]
                    result.subDiscriminators[part].branches[branch].layers[place] = layer.withChannels(
                        place == 0 ? layer.inputChannels : width(layer.inputChannels),
                        width(layer.outputChannels)
                    )
                }
            }
            let head = subDiscriminators[part].head
            result.subDiscriminators[part].head = head.withChannels(width(head.inputChannels), head.outputChannels)
        }
        if factor < 1 { result.name += " × \(factor)" }
        return result
    }
}

extension DiscriminatorLayerDescription {
    /// The layer with other channels, and the most groups up to as many channels per group as before that divide both.
    fileprivate func withChannels(_ inputs: Int, _ outputs: Int) -> DiscriminatorLayerDescription {
        var layer = self
        layer.inputChannels = inputs
        layer.outputChannels = outputs
        let wanted = max(1, min(groups, inputs * groups / inputChannels))
        layer.groups =
            Swift.stride(from: wanted, through: 1, by: -1).first { inputs % $0 == 0 && outputs % $0 == 0 } ?? 1
        return layer
    }
}

import Codec

/// A sub-discriminator of a configuration file.
enum ConfiguredPart {
    /// Reads an entry of `sub_discriminators`.
    static func part(
        _ entry: ConfigurationEntry,
        index: Int,
        sampleRate: Int,
        defaults: ConfiguredLayer.Defaults
    ) throws(DiscriminatorConfigurationError) -> SubDiscriminatorDescription {
        let table = try entry.table([
            "name", "path", "input", "layers", "bands", "branches", "head", "normalization", "slope",
        ])
        let defaults = try defaults.replaced(by: table)
        let input =
            try table["input"].map { entry throws(DiscriminatorConfigurationError) in
                try ConfiguredInput.input(entry, sampleRate: sampleRate)
            } ?? .waveform(.none)
        let branches = try branches(of: entry, table, input: input, defaults: defaults)
        guard let head = table["head"] else {
            throw entry.failure("needs 'head', the convolution that gives the logits: head: conv1d 1024 1 k3")
        }
        let channels = branches[0].layers.last?.outputChannels ?? input.channels
        for (number, branch) in branches.enumerated() where branch.layers.last?.outputChannels != channels {
            throw entry.failure(
                "branch \(number) ends with \(branch.layers.last?.outputChannels ?? 0) channels and branch 0 with "
                    + "\(channels); results are joined, so all must end alike"
            )
        }
        var headDefaults = defaults
        headDefaults.slope = nil
        let logits = try ConfiguredLayer.layer(
            head,
            name: "conv_post",
            inputChannels: channels,
            dimensions: input.spatialDimensions,
            defaults: headDefaults
        )
        return SubDiscriminatorDescription(
            name: try table["name"]?.text() ?? ConfiguredInput.title(of: input, index: index),
            path: try table["path"]?.text() ?? "discriminators.\(index)",
            input: input,
            branches: branches,
            head: logits
        )
    }

    private static func branches(
        of entry: ConfigurationEntry,
        _ table: [String: ConfigurationEntry],
        input: DiscriminatorInput,
        defaults: ConfiguredLayer.Defaults
    ) throws(DiscriminatorConfigurationError) -> [SubDiscriminatorDescription.Branch] {
        let spectrogram = if case .spectrogram = input { true } else { false }
        for key in ["bands", "branches"] {
            if let entry = table[key], !spectrogram {
                throw entry.failure("is for spectrograms; another input has 'layers' only")
            }
        }
        if let list = table["branches"] {
            if let extra = table["layers"] ?? table["bands"] {
                throw extra.failure("stands beside 'branches'; give one")
            }
            var branches: [SubDiscriminatorDescription.Branch] = []
            for (index, entry) in try list.list(most: DiscriminatorConfiguration.mostParts).enumerated() {
                let table = try entry.table(["band", "layers"])
                guard let layers = table["layers"] else { throw entry.failure("needs 'layers'") }
                branches.append(
                    .init(
                        band: try table["band"].map(band),
                        layers: try chain(layers, prefix: "band_convs.\(index).", input: input, defaults: defaults)
                    )
                )
            }
            return branches
        }
        guard let layers = table["layers"] else {
            throw entry.failure("needs 'layers', a list of convolutions such as 'conv1d 1 16 k15 lrelu 0.2'")
        }
        guard let bands = table["bands"] else {
            return [.init(layers: try chain(layers, prefix: "convs.", input: input, defaults: defaults))]
        }
        var branches: [SubDiscriminatorDescription.Branch] = []
        for (index, entry) in try bands.list(most: DiscriminatorConfiguration.mostParts).enumerated() {
            branches.append(
                .init(
                    band: try band(entry),
                    layers: try chain(layers, prefix: "band_convs.\(index).", input: input, defaults: defaults)
                )
            )
        }
        return branches
    }

    /// A chain of convolutions, each with as many input channels as the one before has output channels.
    private static func chain(
        _ entry: ConfigurationEntry,
        prefix: String,
        input: DiscriminatorInput,
        defaults: ConfiguredLayer.Defaults
    ) throws(DiscriminatorConfigurationError) -> [DiscriminatorLayerDescription] {
        var layers: [DiscriminatorLayerDescription] = []
        for (index, entry) in try entry.list(most: DiscriminatorConfiguration.mostLayers).enumerated() {
            layers.append(
                try ConfiguredLayer.layer(
                    entry,
                    name: "\(prefix)\(index)",
                    inputChannels: layers.last?.outputChannels ?? input.channels,
                    dimensions: input.spatialDimensions,
                    defaults: defaults
                )
            )
        }
        return layers
    }

    /// Two fractions of the bins, the smaller first.
    private static func band(_ entry: ConfigurationEntry) throws(DiscriminatorConfigurationError) -> ClosedRange<Double>
    {
        let ends = try entry.list(most: 2)
        guard ends.count == 2 else { throw entry.failure("must be two fractions of the bins, such as [0, 0.1]") }
        let (lower, upper) = (try ends[0].number(0...1), try ends[1].number(0...1))
        guard lower < upper else { throw entry.failure("must begin below its end; found \(lower) to \(upper)") }
        return lower...upper
    }
}

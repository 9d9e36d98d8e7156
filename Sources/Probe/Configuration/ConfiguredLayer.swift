import Codec

/// A convolution of a configuration file: a text as `codec-doctor probe layer` takes it, or a table.
enum ConfiguredLayer {
    typealias Failure = DiscriminatorConfigurationError

    /// What holds for layers that do not say it.
    struct Defaults {
        var normalization = WeightNormalization.weight
        var slope: Float? = 0.1

        /// The same with what a table says.
        func replaced(by table: [String: ConfigurationEntry]) throws(Failure) -> Defaults {
            var result = self
            if let entry = table["normalization"] { result.normalization = try entry.choice(normalizations) }
            if let entry = table["slope"] { result.slope = try ConfiguredLayer.slope(entry) }
            return result
        }
    }

    static let normalizations: [(word: String, value: WeightNormalization)] = [
        ("none", .none), ("weight", .weight), ("spectral", .spectral),
    ]
    static let paddingModes: [(word: String, value: PaddingMode)] = [
        ("zero", .zero), ("reflect", .reflect), ("replicate", .replicate),
    ]

    /// Values of one weight without groups at most: what a machine can hold, and far from overflow.
    private static let mostWeights = 1 << 32

    /// Reads a layer with this default name, behind something with so many channels.
    static func layer(
        _ entry: ConfigurationEntry,
        name: String,
        inputChannels: Int,
        dimensions: Int,
        defaults: Defaults
    ) throws(Failure) -> DiscriminatorLayerDescription {
        var layer: DiscriminatorLayerDescription
        if !entry.isTable {
            layer = try parsed(entry, defaults: defaults)
            layer.name = name
        } else {
            layer = try table(
                entry,
                name: name,
                inputChannels: inputChannels,
                dimensions: dimensions,
                defaults: defaults
            )
        }
        guard layer.kernel.count == dimensions else {
            throw entry.failure("is a conv\(layer.kernel.count)d, but this input needs a conv\(dimensions)d")
        }
        guard layer.inputChannels == inputChannels else {
            throw entry.failure(
                "takes \(layer.inputChannels) channels, but \(inputChannels) come from what is before it"
            )
        }
        return layer
    }

    /// A text: `conv1d 16 64 k41 s4 g4`, then perhaps `lrelu 0.2` or `linear`, and `weight_norm`, `spectral_norm` or `no_norm`.
    private static func parsed(_ entry: ConfigurationEntry, defaults: Defaults) throws(Failure)
        -> DiscriminatorLayerDescription
    {
        let words = try entry.text().split(separator: " ").map(String.init)
        let own = words.firstIndex { endings.contains($0) } ?? words.count
        var layer: DiscriminatorLayerDescription
        do {
            layer = try LayerText.parse(words[..<own].joined(separator: " "))
        } catch {
            throw entry.failure("\(error)")
        }
        layer.normalization = defaults.normalization
        layer.slope = defaults.slope
        var rest = words[own...]
        while let word = rest.popFirst() {
            switch word {
            case "weight_norm": layer.normalization = .weight
            case "spectral_norm": layer.normalization = .spectral
            case "no_norm": layer.normalization = .none
            case "linear": layer.slope = nil
            case "lrelu":
                guard let slope = rest.popFirst().flatMap(Float.init), (0...1).contains(slope) else {
                    throw entry.failure("'lrelu' needs its slope below 0, from 0 to 1: lrelu 0.2")
                }
                layer.slope = slope
            default:
                throw entry.failure(
                    "'\(word)' is not known behind the layer; there are \(endings.joined(separator: ", "))"
                )
            }
        }
        guard layer.dense.weightCount <= mostWeights else { throw entry.failure("has too many weights") }
        return layer
    }

    private static let endings = ["lrelu", "linear", "weight_norm", "spectral_norm", "no_norm"]

    private static func table(
        _ entry: ConfigurationEntry,
        name: String,
        inputChannels: Int,
        dimensions: Int,
        defaults: Defaults
    ) throws(Failure) -> DiscriminatorLayerDescription {
        let table = try entry.table([
            "name", "in", "out", "kernel", "stride", "dilation", "padding", "padding_mode", "groups", "normalization",
            "slope",
        ])
        let sizes = 1...65_536
        let input = try table["in"]?.integer(sizes) ?? inputChannels
        guard input == inputChannels, let output = try table["out"]?.integer(sizes) else {
            guard let place = table["in"], input != inputChannels else {
                throw entry.failure("needs 'out', the number of output channels")
            }
            throw place.failure("\(input) channels, but \(inputChannels) come from what is before it")
        }
        guard let kernel = try table["kernel"]?.integers(dimensions: dimensions, sizes) else {
            throw entry.failure("needs 'kernel', the number of taps")
        }
        let groups = try table["groups"]?.integer(sizes) ?? 1
        if input % groups != 0 || output % groups != 0, let place = table["groups"] {
            throw place.failure(
                "\(groups) must divide \(input) input and \(output) output channels; valid: \(divisors(input, output))"
            )
        }
        guard input * output <= mostWeights / kernel.reduce(1, { min($0 * $1, mostWeights) }) else {
            throw entry.failure("\(input) × \(output) channels with so many taps are too many weights")
        }
        let settings = try defaults.replaced(by: table)
        return DiscriminatorLayerDescription(
            try table["name"]?.text() ?? name,
            input,
            output,
            kernel: kernel,
            stride: try table["stride"]?.integers(dimensions: dimensions, sizes),
            dilation: try table["dilation"]?.integers(dimensions: dimensions, sizes),
            padding: try table["padding"]?.integers(dimensions: dimensions, 0...65_536),
            paddingMode: try table["padding_mode"]?.choice(paddingModes) ?? .zero,
            groups: groups,
            normalization: settings.normalization,
            slope: settings.slope
        )
    }

    /// The numbers that divide both.
    private static func divisors(_ first: Int, _ second: Int) -> String {
        let all = (1...min(first, second)).filter { first % $0 == 0 && second % $0 == 0 }.map(String.init)
        return all.count <= 12
            ? all.joined(separator: ", ") : all.prefix(11).joined(separator: ", ") + ", … \(all[all.count - 1])"
    }

    private static func slope(_ entry: ConfigurationEntry) throws(Failure) -> Float? {
        if entry.isNull || entry.word == "none" { return nil }
        return Float(try entry.number(0...1))
    }
}

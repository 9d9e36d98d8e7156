/// One part of a ``Discriminator``: convolutions over a waveform, a folded waveform or a spectrogram.
public final class SubDiscriminator: Layer {
    /// What it is.
    public let description: SubDiscriminatorDescription
    private let branches: [[DiscriminatorLayer]]
    private let head: DiscriminatorLayer

    init(_ description: SubDiscriminatorDescription, using random: inout some RandomNumberGenerator) {
        self.description = description
        var branches: [[DiscriminatorLayer]] = []
        for branch in description.branches {
            var layers: [DiscriminatorLayer] = []
            for layer in branch.layers { layers.append(DiscriminatorLayer(layer, using: &random)) }
            branches.append(layers)
        }
        self.branches = branches
        head = DiscriminatorLayer(description.head, using: &random)
        super.init()
    }

    /// Every layer in the order of the description, the head last.
    public var layers: [DiscriminatorLayer] { branches.flatMap { $0 } + [head] }

    public override var children: [(name: String, layer: Layer)] { layers.map { ($0.description.name, $0) } }

    /// The logits of audio `[B, 1, T]`.
    public override func forward(_ input: Tensor) -> Tensor { output(of: input).logits }

    /// Feature maps and logits of audio `[B, 1, T]`.
    public func output(of audio: Tensor) -> DiscriminatorOutput.Part {
        precondition(
            audio.rank == 3 && audio.shape[0] > 0 && audio.shape[1] == 1,
            "a discriminator takes [B, 1, T], but got \(audio.shape)"
        )
        precondition(
            description.outputSizes(samples: audio.shape[2]) != nil,
            "\(description.name) cannot look at \(audio.shape[2]) samples; see its shortestInput"
        )
        let image = description.input.image(of: audio)
        var features: [Tensor] = []
        var ends: [Tensor] = []
        for (branch, layers) in zip(description.branches, branches) {
            var signal = image
            if let band = branch.band { signal = description.input.band(band, of: image) }
            for layer in layers {
                signal = layer(signal)
                features.append(signal)
            }
            ends.append(signal)
        }
        let joined = ends.count == 1 ? ends[0] : Tensor.concatenated(ends, dimension: description.input.binDimension)
        return DiscriminatorOutput.Part(name: description.name, features: features, logits: head(joined))
    }
}

/// Several sub-discriminators that each tell real from decoded audio, built from a ``DiscriminatorDescription``.
public final class Discriminator: Layer {
    /// What it is made of.
    public let description: DiscriminatorDescription
    /// The parts in order.
    public let subDiscriminators: [SubDiscriminator]

    /// A discriminator with weights drawn as PyTorch draws a convolution's.
    public init(_ description: DiscriminatorDescription, using random: inout some RandomNumberGenerator) {
        self.description = description
        var parts: [SubDiscriminator] = []
        for part in description.subDiscriminators { parts.append(SubDiscriminator(part, using: &random)) }
        subDiscriminators = parts
        super.init()
    }

    /// A discriminator with these weights. Throws ``StateDictionaryError`` when they do not fit.
    public convenience init(_ description: DiscriminatorDescription, weights: StateDictionary)
        throws(StateDictionaryError)
    {
        var unset = NoInitialValues()
        self.init(description, using: &unset)
        try load(weights)
    }

    public override var children: [(name: String, layer: Layer)] {
        subDiscriminators.map { ($0.description.path, $0) }
    }

    /// The answers to audio `[B, 1, T]`. NaN in an item reaches what sees it and nothing of the other items.
    ///
    /// T must be at least the description's ``DiscriminatorDescription/shortestInput``.
    public func output(of audio: Tensor) -> DiscriminatorOutput {
        let prepared = description.preprocessing.applied(to: audio)
        return DiscriminatorOutput(parts: subDiscriminators.map { $0.output(of: prepared) })
    }
}

extension DiscriminatorDescription.Preprocessing {
    /// Audio `[B, 1, T]` as the sub-discriminators get it.
    func applied(to audio: Tensor) -> Tensor {
        switch self {
        case .none: return audio
        case .centerAndNormalizePeak:
            let centered = audio - audio.mean(dimensions: [2], keepingDimensions: true)
            let peak = centered.absolute().maximumValue(dimension: 2, keepingDimensions: true)
            return 0.8 * centered / (peak + 1e-9)
        }
    }
}

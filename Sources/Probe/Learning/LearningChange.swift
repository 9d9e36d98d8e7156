import Codec

/// A change to a net or its training that may make it learn.
struct LearningChange {
    /// For people.
    let title: String
    let subject: LearningProbe.Subject
    let options: LearningProbe.Options

    /// What can be tried on a subject, the cheapest remedy first, and what cannot, with the reason.
    static func candidates(
        for subject: LearningProbe.Subject,
        options: LearningProbe.Options,
        audio: ProbeAudio,
        length: Int
    ) -> (changes: [LearningChange], untested: [String]) {
        var changes: [LearningChange] = []
        var untested: [String] = []
        var faster = options
        faster.learningRate *= 10
        changes.append(LearningChange(title: "learning rate × 10", subject: subject, options: faster))
        if InitialGain.isPossible(subject.description) {
            let sample = ProbeAudio.batch(Array(audio.training.real.prefix(4)), length: length)
            let scaled = LearningProbe.Subject(
                name: subject.name,
                description: subject.description,
                isTrained: subject.isTrained
            ) {
                let net = subject.make()
                InitialGain.equalize(net, on: sample)
                return net
            }
            changes.append(LearningChange(title: "initial gain 1 per layer", subject: scaled, options: options))
        } else {
            untested.append("initial gain: a spectral norm takes every scale away")
        }
        if subject.description.layers.contains(where: { $0.normalization == .none }) {
            changes.append(
                LearningChange(title: "with weight normalisation", subject: normalized(subject), options: options)
            )
        }
        if subject.description.layers.contains(where: { $0.groups > 1 }) {
            if subject.isTrained {
                untested.append("without groups: trained weights do not fit a dense net")
            } else {
                let (dense, note) = ungrouped(subject.description)
                let fresh = LearningProbe.Subject(dense, seed: options.seed)
                changes.append(LearningChange(title: "without groups" + note, subject: fresh, options: options))
            }
        }
        return (changes, untested)
    }

    /// The same function; what changes is how a step moves it.
    private static func normalized(_ subject: LearningProbe.Subject) -> LearningProbe.Subject {
        let description = subject.description.mappingLayers { layer in
            var layer = layer
            if layer.normalization == .none { layer.normalization = .weight }
            return layer
        }
        return LearningProbe.Subject(name: subject.name, description: description, isTrained: subject.isTrained) {
            do { return try Discriminator(description, weights: subject.make().stateDictionary) } catch {
                preconditionFailure("plain weights fit a normalised net: \(error)")
            }
        }
    }

    /// Dense layers of the same widths; where they would be too large to train here, with as few taps as their stride allows.
    private static func ungrouped(_ description: DiscriminatorDescription) -> (DiscriminatorDescription, String) {
        let dense = description.mappingLayers(\.dense)
        guard dense.parameterCount > 60_000_000 else { return (dense, "") }
        let shorter = description.mappingLayers { layer in
            guard layer.groups > 1 else { return layer }
            var layer = layer.dense
            layer.kernel = zip(layer.kernel, layer.stride).map { min($0, max(3, $1 | 1)) }
            layer.padding = zip(layer.kernel, layer.dilation).map { ($0 - 1) * $1 / 2 }
            return layer
        }
        return (shorter, ", with fewer taps")
    }
}

public import Codec
public import TrainingMetrics

extension ProbeEvidence {
    /// Takes over what was measured of the signal: ``logits``, and the gains of ``layers`` by their full state-dict names.
    ///
    /// Layers that are there keep what else is known of them; others are added in the description's order.
    public mutating func add(_ signal: SignalReport, of description: DiscriminatorDescription) {
        logits = signal.parts.map { part in
            let items = part.logits
            return Logits(
                part: part.name,
                mean: items.reduce(0) { $0 + $1.mean } / Double(items.count),
                spread: part.spreadAcrossInputs,
                speechFromNoise: part.speechFromNoise
            )
        }
        for (sub, part) in zip(description.subDiscriminators, signal.parts) {
            for layer in part.layers {
                let name = sub.path.isEmpty ? layer.name : "\(sub.path).\(layer.name)"
                if let index = layers.firstIndex(where: { $0.name == name }) {
                    layers[index].gain = layer.gain
                } else {
                    layers.append(Layer(name: name, gain: layer.gain))
                }
            }
        }
    }
}

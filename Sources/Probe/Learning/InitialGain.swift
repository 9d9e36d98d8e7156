import Codec

/// Scales a net's layers so that each keeps its input's spread: the same function but for the size of what passes.
enum InitialGain {
    /// Whether the net's layers can be scaled; a spectral norm takes every scale away again.
    static func isPossible(_ description: DiscriminatorDescription) -> Bool {
        description.layers.allSatisfy { $0.normalization != .spectral }
    }

    /// Scales weights by 1 over the layer's gain on `audio` `[B, 1, T]`, and biases as the signal in front of them. Layers whose gain is 0 or
    /// not finite stay as they are.
    static func equalize(_ net: Discriminator, on audio: Tensor) {
        withoutGradients {
            // All layers but the head at once: activations keep their shape under scaling. The head joins branches of different scales.
            scale(net, on: audio) { layers in layers.dropLast().indices.map { $0 } }
            scale(net, on: audio) { layers in [layers.count - 1] }
        }
    }

    private static func scale(_ net: Discriminator, on audio: Tensor, places: ([DiscriminatorLayer]) -> [Int]) {
        let inputs = net.branchInputs(of: audio)
        let output = net.output(of: audio)
        for (index, part) in net.subDiscriminators.enumerated() {
            let gains = LayerGains.of(part.description, inputs: inputs[index], output: output.parts[index])
            let chosen = Set(places(part.layers))
            let firsts = Set(
                part.description.branches.indices.map { branch in
                    part.description.branches[..<branch].reduce(0) { $0 + $1.layers.count }
                }
            ).union([part.layers.count - 1])
            var cumulative = 1.0
            for (place, layer) in part.layers.enumerated() where chosen.contains(place) {
                if firsts.contains(place) { cumulative = 1 }
                let factor = gains[place].isFinite && gains[place] > 0 ? 1 / gains[place] : 1
                cumulative *= factor
                for (name, tensor) in layer.namedParameters {
                    switch name {
                    case "weight", "weight_g": tensor.assign(tensor * Float(factor))
                    case "bias": tensor.assign(tensor * Float(cumulative))
                    default: break
                    }
                }
            }
        }
    }
}

import Codec
import CodecTestSupport

/// The answers of three sub-discriminators in `adversarial.safetensors`, as leaves with gradients.
struct AdversarialGolden {
    let golden: Golden
    let real: DiscriminatorOutput
    let decoded: DiscriminatorOutput

    init() throws {
        golden = try Golden("adversarial")
        real = try Self.answers(golden, "real")
        decoded = try Self.answers(golden, "decoded")
    }

    /// Everything a gradient may reach, by its name in the file.
    var leaves: [(name: String, tensor: Tensor)] {
        [("real", real), ("decoded", decoded)].flatMap { side, output in
            output.parts.enumerated().flatMap { index, part in
                part.features.enumerated().map { ("\(side).\(index).\($0)", $1) }
                    + [("\(side).\(index).logits", part.logits)]
            }
        }
    }

    /// How far a total and its gradients are from `case` in the file, relative to the largest reference value: 0 is equal.
    func error(of total: Tensor, _ name: String) throws -> Float {
        leaves.forEach { $0.tensor.clearGradient() }
        total.backward()
        let reference = try golden("\(name).total")
        var worst = abs(total.item - reference.item) / max(1, abs(reference.item))
        for leaf in leaves {
            let key = "\(name).to.\(leaf.name)"
            guard golden.names.contains(key) else {
                if leaf.tensor.gradient != nil { return .infinity }
                continue
            }
            guard let gradient = leaf.tensor.gradient else { return .infinity }
            worst = max(worst, difference(gradient, try golden(key)).largest)
        }
        return worst
    }

    private static func answers(_ golden: Golden, _ side: String) throws -> DiscriminatorOutput {
        func leaf(_ name: String) throws -> Tensor {
            let stored = try golden(name)
            return Tensor(stored.values, shape: stored.shape, requiresGradient: true)
        }
        return DiscriminatorOutput(
            parts: try [2, 3, 1].enumerated().map { index, maps in
                .init(
                    name: "part \(index)",
                    features: try (0..<maps).map { try leaf("\(side).\(index).\($0)") },
                    logits: try leaf("\(side).\(index).logits")
                )
            }
        )
    }
}

/// An answer with the same value in every logit and feature, for questions whose answer is known.
func constantAnswer(_ values: [Float], featureMaps: Int = 2) -> DiscriminatorOutput {
    DiscriminatorOutput(
        parts: values.map { value in
            .init(
                name: "constant",
                features: (0..<featureMaps).map { _ in
                    Tensor(repeating: value, shape: [2, 3, 4], requiresGradient: true)
                },
                logits: Tensor(repeating: value, shape: [2, 1, 4], requiresGradient: true)
            )
        }
    )
}

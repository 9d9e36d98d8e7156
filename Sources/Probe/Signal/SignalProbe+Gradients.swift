import Codec

extension SignalProbe {
    /// Gradient norms for the hinge loss, mean over sub-discriminators: of every layer's weights for D's loss, of every layer's output for
    /// G's. `net` keeps no gradients and its parameters need them again afterwards.
    static func addGradients(
        of net: Discriminator,
        real: Tensor,
        decoded: Tensor,
        to parts: inout [SignalReport.Part]
    ) {
        let loss = AdversarialLoss(.hinge, reduction: .mean)
        let output = net.output(of: .concatenated([real, decoded], dimension: 0))
        let items = real.shape[0]
        loss.discriminator(
            real: output.logits(ofItems: 0..<items),
            decoded: output.logits(ofItems: items..<(items + decoded.shape[0]))
        ).total.backward()
        for (index, part) in net.subDiscriminators.enumerated() {
            for (place, layer) in part.layers.enumerated() {
                let gradients = layer.namedParameters.filter { $0.name != "bias" }.compactMap(\.tensor.gradient)
                parts[index].layers[place].discriminatorGradient = norm(of: gradients)
            }
        }
        net.clearGradients()
        net.setParametersNeedGradients(false)
        let input = Tensor(decoded.values, shape: decoded.shape, requiresGradient: true)
        let answer = net.output(of: input)
        for part in answer.parts { for tensor in part.features + [part.logits] { tensor.retainingGradient() } }
        loss.generator(decoded: answer).total.backward()
        for (index, part) in answer.parts.enumerated() {
            for (place, tensor) in (part.features + [part.logits]).enumerated() {
                parts[index].layers[place].generatorGradient = norm(of: tensor.gradient.map { [$0] } ?? [])
            }
        }
        net.setParametersNeedGradients(true)
    }

    /// The Euclidean norm of several tensors taken as one; NaN of none.
    static func norm(of tensors: [Tensor]) -> Double {
        guard !tensors.isEmpty else { return .nan }
        let square = tensors.reduce(0.0) { sum, tensor in
            let norm = Double(tensor.norm().item)
            return sum + norm * norm
        }
        return square.squareRoot()
    }
}

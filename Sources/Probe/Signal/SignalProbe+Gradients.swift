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
                let weights = layer.namedParameters.filter { $0.name != "bias" }.map(\.tensor)
                parts[index].layers[place].discriminatorGradient = gradientNorm(of: weights)
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
                parts[index].layers[place].generatorGradient = gradientNorm(of: [tensor])
            }
        }
        net.setParametersNeedGradients(true)
    }

    /// The norm of the gradients of several tensors taken as one; NaN where none has one.
    private static func gradientNorm(of tensors: [Tensor]) -> Double {
        tensors.contains { $0.gradient != nil } ? Double(GradientNorm.total(of: tensors)) : .nan
    }
}

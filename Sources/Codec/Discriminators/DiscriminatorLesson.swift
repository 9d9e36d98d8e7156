/// What a discriminator's step of training measured; its parameters have the gradients.
public struct DiscriminatorLesson {
    /// D's loss with its parts, without memory of how they were made.
    public let loss: AdversarialLoss.Value
    /// The logits of real audio, without feature maps.
    public let real: DiscriminatorOutput
    /// The logits of decoded audio, without feature maps.
    public let decoded: DiscriminatorOutput
    /// The share of the time, 0…1, that went into answers and loss; the rest went into gradients.
    public let forwardShare: Double
}

extension Discriminator {
    /// Adds the gradients of D's loss on real and decoded audio `[B, 1, T]` to the parameters' gradients.
    ///
    /// They are those of `loss.discriminator(real: output(of: real), decoded: output(of: decoded)).total.backward()`, but computed
    /// for one sub-discriminator after the other, so that the activations of one are kept at a time, or on several threads of one each.
    /// Real and decoded audio pass a sub-discriminator as one batch, except where a spectral norm moves with every pass: there real
    /// audio comes first. No gradients reach real audio, and none reach decoded audio that was detached, as it should be; else they
    /// reach what it was made of, whose graph stays for another backward pass.
    public func learn(_ loss: AdversarialLoss, real: Tensor, decoded: Tensor) -> DiscriminatorLesson {
        let reference = description.preprocessing.applied(to: real.detached())
        let heard = description.preprocessing.applied(to: decoded)
        let weight = loss.weight(parts: subDiscriminators.count)
        let answers = WorkerPool.tasks(subDiscriminators.count) { index in
            let leaf = Tensor(storage: heard.storage, shape: heard.shape, requiresGradient: heard.requiresGradient)
            return PassTimes.measure {
                let (real, decoded) = subDiscriminators[index].logits(of: reference, and: leaf)
                return (real, decoded, loss.discriminator(real: real, decoded: decoded))
            } backward: { real, decoded, loss in
                loss.total.backward(from: Tensor(weight))
                return (real: real.detached(), decoded: decoded.detached(), loss: loss, gradient: leaf.gradient)
            }
        }
        if let gradient = Self.sum(answers.map(\.result.gradient)) {
            heard.backward(from: gradient, keepingGraph: true)
        }
        return DiscriminatorLesson(
            loss: loss.joined(answers.map(\.result.loss)),
            real: DiscriminatorOutput(parts: answers.flatMap(\.result.real.parts)),
            decoded: DiscriminatorOutput(parts: answers.flatMap(\.result.decoded.parts)),
            forwardShare: PassTimes.forwardShare(answers.map(\.times))
        )
    }
}

extension SubDiscriminator {
    /// The logits of two batches, as answers of a discriminator with this one part and without its feature maps.
    fileprivate func logits(of first: Tensor, and second: Tensor) -> (DiscriminatorOutput, DiscriminatorOutput) {
        func answer(_ logits: Tensor) -> DiscriminatorOutput {
            DiscriminatorOutput(parts: [.init(name: description.name, features: [], logits: logits)])
        }
        let isMovedByPasses = description.layers.contains { $0.normalization == .spectral }
        guard !isMovedByPasses, first.shape[1...] == second.shape[1...] else {
            return (answer(output(of: first).logits), answer(output(of: second).logits))
        }
        let (items, all) = (first.shape[0], first.shape[0] + second.shape[0])
        let logits = output(of: .concatenated([first, second], dimension: 0)).logits
        return (
            answer(logits.sliced(dimension: 0, range: 0..<items)),
            answer(logits.sliced(dimension: 0, range: items..<all))
        )
    }
}

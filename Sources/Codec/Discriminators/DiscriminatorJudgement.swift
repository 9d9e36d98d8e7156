/// What a generator's step learns from a discriminator: losses, and the gradients that they have at the decoded audio.
public struct DiscriminatorJudgement {
    /// G's adversarial loss, a scalar.
    public let adversarial: Tensor
    /// The distance of the features, a scalar.
    public let featureMatching: Tensor
    /// A scalar 0 whose gradient at the decoded audio is that of the weighted sum of both losses: add it to a total that counts them.
    /// Without weights nil, and both losses have their own gradients.
    public let pull: Tensor?
    /// The share of the time, 0…1, that went into answers and losses; the rest went into gradients.
    public let forwardShare: Double
}

extension Discriminator {
    /// What decoded audio `[B, 1, T]` is worth beside real audio of the same shape.
    ///
    /// Values and gradients are those of `adversarial.generator(decoded:real:)` and `featureMatching(decoded:real:)` of the answers to
    /// both, the real one's detached. Gradients at the decoded audio are computed here, for one sub-discriminator after the other,
    /// so that the activations of one are kept at a time, or on several threads of one each. Parameters that need gradients get those
    /// of the weighted sum; freeze them with ``Layer/setParametersNeedGradients(_:)`` where they are not wanted.
    ///
    /// - Parameters:
    ///   - decoded: what the generator made.
    ///   - real: what it should have made.
    ///   - adversarial: the game.
    ///   - featureMatching: the distance of feature maps.
    ///   - weights: of the two losses in the generator's objective. nil gives each loss gradients of its own, which takes longer.
    /// - Returns: the losses, whose gradients reach what `decoded` was made of.
    public func judge(
        decoded: Tensor,
        real: Tensor,
        adversarial: AdversarialLoss,
        featureMatching: FeatureMatchingLoss,
        weights: (adversarial: Float, featureMatching: Float)?
    ) -> DiscriminatorJudgement {
        let heard = description.preprocessing.applied(to: decoded)
        let reference = withoutGradients { description.preprocessing.applied(to: real) }
        let adversarialWeight = adversarial.weight(parts: subDiscriminators.count)
        let mapWeights = featureMatching.weights(
            mapCounts: description.subDiscriminators.map {
                $0.branches.reduce(featureMatching.includesLogits ? 1 : 0) { $0 + $1.layers.count }
            }
        )
        let answers = WorkerPool.tasks(subDiscriminators.count) { index in
            let leaf = Tensor(storage: heard.storage, shape: heard.shape, requiresGradient: heard.requiresGradient)
            return PassTimes.measure {
                let part = subDiscriminators[index]
                let real = DiscriminatorOutput(parts: [withoutGradients { part.output(of: reference) }])
                let decoded = DiscriminatorOutput(parts: [part.output(of: leaf)])
                return (
                    adversarial.generator(decoded: decoded, real: real),
                    featureMatching.value(decoded: decoded, real: real).terms[0]
                )
            } backward: { losses in
                let game = losses.0.terms.map { (term: $0, weight: adversarialWeight) }
                let features = losses.1.map { (term: $0, weight: mapWeights[index]) }
                return PartJudgement(
                    game: losses.0,
                    features: losses.1.map { $0.detached() },
                    gradients: Self.gradients(
                        [game, features],
                        weights.map { [$0.adversarial, $0.featureMatching] },
                        at: leaf
                    )
                )
            }
        }
        let parts = answers.map(\.result)
        let game = adversarial.joined(parts.map(\.game)).total
        let features = Tensor.weightedSum(
            zip(parts, mapWeights).flatMap { part, weight in part.features.map { (term: $0, weight: weight) } }
        )
        let gradients = (0..<(weights == nil ? 2 : 1)).map { term in Self.sum(parts.map { $0.gradients[term] }) }
        return DiscriminatorJudgement(
            adversarial: weights == nil ? heard.scalar(game.item, gradient: gradients[0]) : game,
            featureMatching: weights == nil ? heard.scalar(features.item, gradient: gradients[1]) : features,
            pull: weights == nil ? nil : heard.scalar(0, gradient: gradients[0]),
            forwardShare: PassTimes.forwardShare(answers.map(\.times))
        )
    }

    private typealias Terms = [(term: Tensor, weight: Float)]

    /// The gradients at a leaf of sums of terms: of all sums together with these weights, or of each sum alone.
    private static func gradients(_ sums: [Terms], _ weights: [Float]?, at leaf: Tensor) -> [Tensor?] {
        let wanted: [Terms] =
            weights.map { weights in
                [
                    zip(sums, weights).filter { $1 != 0 }.flatMap { terms, weight in
                        terms.map { (term: $0.term, weight: $0.weight * weight) }
                    }
                ]
            } ?? sums
        return wanted.enumerated().map { index, terms in
            guard !terms.isEmpty else { return nil }
            Tensor.weightedSum(terms).backward(keepingGraph: index < wanted.count - 1)
            defer { leaf.clearGradient() }
            return leaf.gradient
        }
    }

    /// The sum of sub-discriminators' gradients; nil when there is none.
    static func sum(_ gradients: [Tensor?]) -> Tensor? {
        withoutGradients {
            gradients.reduce(nil) { sum, next in
                guard let sum, let next else { return sum ?? next }
                return sum + next
            }
        }
    }
}

/// One sub-discriminator's share, without memory of how it was made.
private struct PartJudgement {
    let game: AdversarialLoss.Value
    let features: [Tensor]
    let gradients: [Tensor?]
}

extension Tensor {
    /// A scalar whose gradient at this tensor is known; nil for none.
    fileprivate func scalar(_ value: Float, gradient: Tensor?) -> Tensor {
        guard let gradient else { return Tensor(value) }
        return Tensor(operation: "judgement", storage: TensorStorage([value]), shape: [], inputs: [self]) { upstream in
            [gradient * upstream]
        }
    }
}

/// Gives every loss a fixed share of the gradient that reaches the generator's output, whatever its scale (EnCodec,
/// Défossez et al. 2022, section 3.4; the formula is audiocraft's `losses/balancer.py`).
///
/// Of each loss i the gradient gᵢ with respect to the output is taken; nᵢ is its norm, ⟨nᵢ⟩ a moving average of it. The output
/// then gets `Σ gᵢ · (wᵢ / Σw) · totalNorm / (⟨nᵢ⟩ + ε)`. Weights are shares: a loss whose gradient fades is amplified
/// without limit, which hides it; watch ``Term/ratio``. A norm of NaN stays in the average for good.
///
/// ```swift
/// let output = Tensor(storage: decoded.storage, shape: decoded.shape, requiresGradient: true)
/// let losses = [("l1", waveform(output, reference: audio)), ("feat", matching(decoded: d.output(of: output), real: real))]
/// let balanced = balancer.balance(losses, at: output)
/// decoded.backward(from: balanced.gradient)
/// ```
public final class LossBalancer {
    /// What one loss contributed in one step.
    public struct Term: Sendable, Equatable {
        /// The loss.
        public let name: String
        /// Its value.
        public let loss: Float
        /// The norm of its gradient in this step.
        public let norm: Float
        /// The moving average of that norm.
        public let averageNorm: Float
        /// The average norm as a share of all losses' average norms: what the gradient would be made of without balancing; NaN when
        /// all are 0.
        public let ratio: Float
        /// What its gradient was multiplied by.
        public let factor: Float
    }

    /// One step's result.
    public struct Balanced {
        /// The gradient to continue with from the output, of the output's shape.
        public let gradient: Tensor
        /// What each loss contributed, in the order of the weights.
        public let terms: [Term]
        /// Σ factor · loss: the loss whose gradient this is.
        public var effectiveLoss: Float { terms.reduce(0) { $0 + $1.factor * $1.loss } }
    }

    /// The state of one moving average: Σ decayᵏ · norm and Σ decayᵏ, k steps ago.
    public struct Average: Sendable, Equatable, Codable {
        /// The loss.
        public let name: String
        /// The weighted sum of norms.
        public internal(set) var sum: Double
        /// The sum of the weights, which corrects the bias of the first steps.
        public internal(set) var weight: Double

        /// An average of a run that is resumed.
        public init(name: String, sum: Double, weight: Double) {
            self.name = name
            self.sum = sum
            self.weight = weight
        }
    }

    /// The shares of the losses; a loss without weight, or with 0, does not act.
    public let weights: LossWeights
    /// The norm of the result if gradients pointed in one direction.
    public let totalNorm: Float
    /// The factor by which an older norm counts less per step.
    public let decay: Double
    /// What is added to an average norm before dividing by it.
    public let epsilon: Float
    /// Whether a norm is the mean of the items' norms instead of the norm of the whole batch.
    public let takesNormsPerItem: Bool
    /// The averages so far, in the order in which losses first appeared; save them to resume a run.
    public private(set) var averages: [Average]

    /// A balancer; defaults are audiocraft's.
    ///
    /// - Parameters:
    ///   - weights: the shares of the losses; not negative, nor all 0.
    ///   - totalNorm: the norm of the result if gradients pointed in one direction.
    ///   - decay: the factor by which an older norm counts less per step, 0 to 1; 1 averages over all steps.
    ///   - epsilon: what is added to an average norm before dividing by it.
    ///   - takesNormsPerItem: whether a norm is the mean of the items' norms instead of the norm of the whole batch.
    ///   - averages: those of a run that is resumed.
    public init(
        weights: LossWeights,
        totalNorm: Float = 1,
        decay: Double = 0.999,
        epsilon: Float = 1e-12,
        takesNormsPerItem: Bool = true,
        averages: [Average] = []
    ) {
        precondition(0...1 ~= decay, "a decay lies between 0 and 1, not \(decay)")
        precondition(
            weights.entries.allSatisfy { $0.weight >= 0 } && weights.entries.contains { $0.weight > 0 },
            "a balancer needs weights that are not negative nor all 0"
        )
        self.weights = weights
        self.totalNorm = totalNorm
        self.decay = decay
        self.epsilon = epsilon
        self.takesNormsPerItem = takesNormsPerItem
        self.averages = averages
    }

    /// Balances losses that were computed from `output`, and forgets `output`'s own gradient.
    ///
    /// Every loss is back-propagated on its own, to `output`: freeze the discriminator's parameters
    /// (``Layer/setParametersNeedGradients(_:)``), or they collect gradients on the way. A loss that does not depend on `output`
    /// has norm 0. When nothing acts the gradient is 0.
    ///
    /// - Precondition: `output` `[B, …]` is a leaf that needs a gradient, and every loss is a scalar with its own name.
    public func balance(_ losses: [(name: String, loss: Tensor)], at output: Tensor) -> Balanced {
        precondition(
            output.isLeafWithGradient && output.rank > 0,
            "balancing needs an output [B, …] that is a leaf with gradient"
        )
        precondition(Set(losses.map(\.name)).count == losses.count, "two losses have one name")
        let acting = weights.entries.flatMap { entry in
            losses.filter { $0.name == entry.name && entry.weight > 0 }.map {
                (name: $0.name, loss: $0.loss, weight: entry.weight)
            }
        }
        let gradients = acting.map { Self.gradient(of: $0.loss, at: output) }
        let norms = gradients.map { $0.map(norm) ?? 0 }
        let averageNorms = zip(acting, norms).map { average($0.name, with: $1) }
        let (allNorms, allWeights) = (averageNorms.reduce(0, +), acting.map(\.weight).reduce(0, +))
        let terms = acting.indices.map { index in
            Term(
                name: acting[index].name,
                loss: acting[index].loss.item,
                norm: norms[index],
                averageNorm: averageNorms[index],
                ratio: averageNorms[index] / allNorms,
                factor: acting[index].weight / allWeights * totalNorm / (epsilon + averageNorms[index])
            )
        }
        let combined = withoutGradients {
            zip(gradients, terms).reduce(Tensor(repeating: 0, shape: output.shape)) { sum, next in
                next.0.map { sum + $0 * next.1.factor } ?? sum
            }
        }
        return Balanced(gradient: combined, terms: terms)
    }

    private static func gradient(of loss: Tensor, at output: Tensor) -> Tensor? {
        output.clearGradient()
        loss.backward(keepingGraph: true)
        defer { output.clearGradient() }
        return output.gradient
    }

    private func norm(_ gradient: Tensor) -> Float {
        let items = takesNormsPerItem ? gradient.shape[0] : 1
        return withoutGradients {
            gradient.reshaped([items, -1]).squared().sum(dimensions: [1]).squareRoot().mean().item
        }
    }

    /// The average of one loss's norms, this one included.
    private func average(_ name: String, with norm: Float) -> Float {
        let index = averages.firstIndex { $0.name == name } ?? averages.count
        if index == averages.count { averages.append(Average(name: name, sum: 0, weight: 0)) }
        averages[index].sum = averages[index].sum * decay + Double(norm)
        averages[index].weight = averages[index].weight * decay + 1
        return Float(averages[index].sum / averages[index].weight)
    }
}

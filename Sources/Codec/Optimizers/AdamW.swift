/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101), as `torch.optim.AdamW`.
///
/// Per parameter x with gradient g at its step t: x ← x·(1 − η·λ); m ← m + (1 − β₁)(g − m); v ← β₂·v + (1 − β₂)·g²;
/// x ← x − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε). One pass over memory. NaN in a gradient makes its value and its moments
/// NaN for good.
public final class AdamW {
    /// What AdamW remembers of one parameter.
    public struct Moments {
        /// How often the parameter was moved.
        public let step: Int
        /// m, the decaying mean of gradients, of the parameter's shape (torch: `exp_avg`). Changed in place by ``AdamW/update()``.
        public let mean: Tensor
        /// v, the decaying mean of their squares (torch: `exp_avg_sq`). Changed in place by ``AdamW/update()``.
        public let squareMean: Tensor

        /// Moments to restore.
        public init(step: Int, mean: Tensor, squareMean: Tensor) {
            self.step = step
            self.mean = mean
            self.squareMean = squareMean
        }
    }

    /// How far one ``update()`` went.
    public struct Movement: Sendable, Equatable {
        /// Σ (Δx)² of each parameter; 0 exactly where no value changed.
        public let squaredChanges: [Double]
        /// Σ x² of each parameter before the update.
        public let squaredNorms: [Double]

        /// Σ (Δx)² over all parameters; 0 exactly when no value changed.
        public var squaredChange: Double { squaredChanges.reduce(0, +) }
        /// Σ x² over all parameters before the update, those without gradient included.
        public var squaredNorm: Double { squaredNorms.reduce(0, +) }
    }

    /// What is moved, in order.
    public let parameters: [Tensor]
    /// Step size η; may be changed between steps.
    public var learningRate: Float
    /// Decay rates β₁, β₂ of the gradient's mean and of its square's mean.
    public let betas: (Double, Double)
    /// ε, added to the root of the squares' mean.
    public let epsilon: Float
    /// λ, the share of every parameter taken away per step, times the learning rate.
    public let weightDecay: Float
    /// How often ``update()`` was called; after ``restore(_:)``, the largest step restored.
    public private(set) var step = 0
    /// What is remembered of each parameter; nil for one that never had a gradient. ``restore(_:)`` takes it back.
    public private(set) var moments: [Moments?]

    /// An optimiser of these parameters; defaults are PyTorch's.
    public init(
        _ parameters: [Tensor],
        learningRate: Float = 1e-3,
        betas: (Double, Double) = (0.9, 0.999),
        epsilon: Float = 1e-8,
        weightDecay: Float = 0.01
    ) {
        self.parameters = parameters
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        moments = Array(repeating: nil, count: parameters.count)
    }

    /// Moves every parameter that has a gradient; the others keep their values, their moments and their step.
    ///
    /// Returns how far they went, which costs no pass over memory of its own.
    @discardableResult
    public func update() -> Movement {
        step += 1
        let rates = OptimizerKernel.AdamWRates(
            learningRate: Double(learningRate),
            betas: betas,
            epsilon: epsilon,
            weightDecay: Double(weightDecay)
        )
        var updates: [OptimizerKernel.Update] = []
        var (moving, resting): ([Int], [Int]) = ([], [])
        for (index, parameter) in parameters.enumerated() {
            guard let gradient = parameter.gradient else {
                resting.append(index)
                continue
            }
            moving.append(index)
            let moments = advancedMoments(index)
            updates.append(
                OptimizerKernel.Update(
                    values: parameter.storage,
                    gradient: gradient.storage,
                    mean: moments.mean.storage,
                    square: moments.squareMean.storage,
                    step: moments.step
                )
            )
        }
        var changes = [Double](repeating: 0, count: parameters.count)
        var norms = changes
        for (index, moved) in zip(moving, OptimizerKernel.adamW(updates, rates)) {
            (changes[index], norms[index]) = (moved.change, moved.norm)
        }
        for (index, norm) in zip(resting, OptimizerKernel.sumsOfSquares(resting.map { parameters[$0].storage })) {
            norms[index] = norm
        }
        return Movement(squaredChanges: changes, squaredNorms: norms)
    }

    /// Continues from what another optimiser of equal parameters remembered; values are copied.
    ///
    /// - Precondition: there is one entry per parameter, and moments have its shape.
    public func restore(_ moments: [Moments?]) {
        precondition(
            moments.count == parameters.count,
            "\(moments.count) moments do not fit \(parameters.count) parameters"
        )
        self.moments = zip(parameters, moments).map { parameter, moments in
            guard let moments else { return nil }
            precondition(
                moments.mean.shape == parameter.shape && moments.squareMean.shape == parameter.shape,
                "moments of \(moments.mean.shape) do not fit a parameter of \(parameter.shape)"
            )
            return Moments(step: moments.step, mean: moments.mean.copied(), squareMean: moments.squareMean.copied())
        }
        step = moments.compactMap { $0?.step }.max() ?? 0
    }

    /// The moments of a parameter with one step more, zeros at the first.
    private func advancedMoments(_ index: Int) -> Moments {
        let shape = parameters[index].shape
        let before =
            moments[index]
            ?? Moments(
                step: 0,
                mean: Tensor(repeating: 0, shape: shape),
                squareMean: Tensor(repeating: 0, shape: shape)
            )
        let after = Moments(step: before.step + 1, mean: before.mean, squareMean: before.squareMean)
        moments[index] = after
        return after
    }
}

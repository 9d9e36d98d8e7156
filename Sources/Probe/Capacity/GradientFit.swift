import Codec

/// Training of a small network towards a target by AdamW on the squared error, as a discriminator's layers are trained.
///
/// The step size falls linearly to 0 over the last half. The number of steps is fixed beforehand, so that equal seeds give equal
/// numbers; only on a machine many times too slow does `deadline` end it early.
struct GradientFit {
    let steps: Int
    let learningRate: Float
    let deadline: ContinuousClock.Instant

    /// Trains `model` on what `batch` gives for each step, and returns the steps done.
    func train(_ model: Layer, batch: (Int) -> (input: Tensor, target: Tensor)) -> Int {
        let parameters = model.namedParameters.map(\.tensor)
        let optimizer = AdamW(parameters, learningRate: learningRate, betas: (0.9, 0.99), weightDecay: 0)
        for step in 0..<steps {
            if ContinuousClock.now > deadline { return step }
            let (input, target) = batch(step)
            optimizer.learningRate = learningRate * min(1, 2 * (1 - Float(step) / Float(steps)))
            model.clearGradients()
            (model(input) - target).squared().mean().backward()
            optimizer.update()
        }
        return steps
    }

    /// The share of the target's variance that `model` explains at the level that suits it best, all channels together: squared
    /// correlations, weighted by the channels' variance. A level is the easiest thing for whatever stands behind; without it few
    /// steps and few positions would look worse than nothing. NaN where the target is constant.
    static func explainedShare(_ model: Layer, input: Tensor, target: Tensor) -> Double {
        let made = withoutGradients { model(input) }
        func centred(_ tensor: Tensor) -> Tensor { tensor - tensor.mean(dimensions: [0, 2], keepingDimensions: true) }
        func mean(_ tensor: Tensor) -> [Double] { tensor.mean(dimensions: [0, 2]).values.map(Double.init) }
        let (found, wanted) = (centred(made), centred(target))
        let (powers, products, variances) = (mean(found.squared()), mean(found * wanted), mean(wanted.squared()))
        let explained = zip(powers, products).reduce(0) { $0 + ($1.0 == 0 ? 0 : $1.1 * $1.1 / $1.0) }
        return explained / variances.reduce(0, +)
    }
}

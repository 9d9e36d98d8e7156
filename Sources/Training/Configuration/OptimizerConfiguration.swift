import Codec

/// AdamW and its schedule, for one network.
public struct OptimizerConfiguration: Sendable, Hashable, Codable {
    /// How the learning rate falls.
    public enum Schedule: Sendable, Hashable, Codable {
        /// It does not.
        case constant
        /// Times γ after every step (DAC: 0.999996).
        case exponentialPerStep(gamma: Double)
        /// Times γ after every epoch (HiFi-GAN: 0.999).
        case exponentialPerEpoch(gamma: Double)
        /// m + (η − m)·(1 + cos(π·epoch/planned))/2 per epoch with m as the minimum, epochs counted from 0 (the origin's run): the closed
        /// form of PyTorch's `CosineAnnealingLR`, which rises again after the planned epochs.
        case cosinePerEpoch(plannedEpochs: Int, minimumLearningRate: Double = 0)
    }

    /// Learning rate at the start.
    public var learningRate: Double
    /// Decay rate of the gradient's mean.
    public var beta1: Double
    /// Decay rate of its square's mean.
    public var beta2: Double
    /// Share of every parameter taken away per step, times the learning rate.
    public var weightDecay: Double
    /// How the learning rate falls.
    public var schedule: Schedule
    /// Steps over which the learning rate rises from 0; 0 for none.
    public var warmUpSteps: Int
    /// Largest norm of the network's whole gradient; `nil` for no clipping.
    public var maximumGradientNorm: Double?
    /// What the loss is multiplied by while its gradient is clipped, and not before or after; 1 in a sound run.
    ///
    /// A trainer in half precision scales the loss up against underflow and has to divide gradients by that scale before it clips them
    /// (PyTorch: `GradScaler.unscale_` before `clip_grad_norm_`). One that forgets it clips to ``maximumGradientNorm`` / scale.
    public var lossScaleAtClipping: Double

    /// AdamW's settings.
    public init(
        learningRate: Double = 1e-4,
        beta1: Double = 0.8,
        beta2: Double = 0.99,
        weightDecay: Double = 0.01,
        schedule: Schedule = .constant,
        warmUpSteps: Int = 0,
        maximumGradientNorm: Double? = nil,
        lossScaleAtClipping: Double = 1
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.weightDecay = weightDecay
        self.schedule = schedule
        self.warmUpSteps = warmUpSteps
        self.maximumGradientNorm = maximumGradientNorm
        self.lossScaleAtClipping = lossScaleAtClipping
    }

    /// The learning rate of a step, counted from 0, in an epoch, counted from 0.
    public func learningRate(step: Int, epoch: Int) -> Double {
        let warm = warmUpSteps > 0 ? min(1, Double(step + 1) / Double(warmUpSteps)) : 1
        return warm * schedule.learningRate(from: learningRate, step: step, epoch: epoch)
    }
}

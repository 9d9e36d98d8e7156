/// The negative scale-invariant signal-to-distortion ratio in dB (Le Roux et al. 2019), as DAC's `SISDRLoss`: lower is better,
/// and a good codec has negative values.
///
/// The reference is scaled by a = (⟨ŷ, y⟩ + ε)/(‖y‖² + ε) and the loss is −10·log10(‖a·y‖²/‖ŷ − a·y‖² + ε), ε = 1e-8.
/// Equal signals give −∞ and two silent ones NaN, as in DAC.
public struct SISDRLoss: Sendable {
    /// How values of a batch become one.
    public enum Reduction: Sendable {
        /// Their mean.
        case mean
        /// Their sum.
        case sum
        /// They stay apart: the result is `[B]`.
        case none
    }

    /// Whether the reference is scaled; otherwise this is a plain signal-to-noise ratio.
    public var isScaleInvariant: Bool
    /// Whether means are removed first.
    public var removesMean: Bool
    /// Values below are raised to it, so that what is good already has no gradient.
    public var minimum: Float?
    /// How a batch becomes one number.
    public var reduction: Reduction
    /// The largest delay of the estimate, in samples either way, that is found and removed first; nil for none.
    ///
    /// The delay is that of the largest cross-correlation, found anew for each item; the loss is that of the part both cover.
    public var maximumDelay: Int?

    /// A loss with DAC's defaults and no delay compensation.
    public init(
        isScaleInvariant: Bool = true,
        removesMean: Bool = true,
        minimum: Float? = nil,
        reduction: Reduction = .mean,
        maximumDelay: Int? = nil
    ) {
        self.isScaleInvariant = isScaleInvariant
        self.removesMean = removesMean
        self.minimum = minimum
        self.reduction = reduction
        self.maximumDelay = maximumDelay
    }

    /// The loss of signals `[B, C, T]` of equal shape, in dB; an item's channels count as one signal.
    public func callAsFunction(_ estimate: Tensor, reference: Tensor) -> Tensor {
        precondition(
            estimate.shape == reference.shape && estimate.rank > 1 && estimate.count > 0,
            "SI-SDR needs two signals [B, C, T] of one shape, but got \(estimate.shape) and \(reference.shape)"
        )
        let values = maximumDelay.map { aligned(estimate, reference, within: $0) } ?? decibels(estimate, reference)
        return switch reduction {
        case .mean: values.mean()
        case .sum: values.sum()
        case .none: values
        }
    }

    /// Each item's loss, `[B]`.
    private func decibels(_ estimate: Tensor, _ reference: Tensor) -> Tensor {
        let epsilon: Float = 1e-8
        func signals(_ tensor: Tensor) -> Tensor {
            let flat = tensor.reshaped([tensor.shape[0], -1])
            return removesMean ? flat - flat.mean(dimensions: [1], keepingDimensions: true) : flat
        }
        let (estimate, reference) = (signals(estimate), signals(reference))
        var target = reference
        if isScaleInvariant {
            let energy = reference.squared().sum(dimensions: [1], keepingDimensions: true) + epsilon
            let product = (estimate * reference).sum(dimensions: [1], keepingDimensions: true) + epsilon
            target = reference * (product / energy)
        }
        let signal = target.squared().sum(dimensions: [1])
        let noise = (estimate - target).squared().sum(dimensions: [1])
        let loss = (signal / noise + epsilon).log10() * -10
        return minimum.map { loss.clamped(min: $0) } ?? loss
    }

    /// Each item's loss after its delay is removed, `[B]`.
    private func aligned(_ estimate: Tensor, _ reference: Tensor, within maximum: Int) -> Tensor {
        let items = (0..<estimate.shape[0]).map { item in
            let (estimate, reference) = SignalDelay.removed(
                from: estimate.sliced(dimension: 0, range: item..<(item + 1)),
                reference: reference.sliced(dimension: 0, range: item..<(item + 1)),
                within: maximum
            )
            return decibels(estimate, reference)
        }
        return Tensor.concatenated(items, dimension: 0)
    }
}

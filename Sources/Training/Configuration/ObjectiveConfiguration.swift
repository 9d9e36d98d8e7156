public import Codec

/// What the generator minimises.
///
/// Terms have DAC's names: `mel/loss`, `stft/loss`, `waveform/loss`, `msspec/loss`, `adv/gen_loss`, `adv/feat_loss`, `vq/commitment_loss`,
/// `vq/codebook_loss`; quantisers with one loss give `vq/loss`. A term without weight does not act.
public struct ObjectiveConfiguration: Sendable, Hashable, Codable {
    /// The balancer's settings (codec-facts.md, section 3.3).
    public struct Balancer: Sendable, Hashable, Codable {
        /// Norm of the balanced gradient.
        public var totalNorm: Float
        /// Decay of the norms' averages.
        public var decay: Double

        /// audiocraft's settings.
        public init(totalNorm: Float = 1, decay: Double = 0.999) {
            self.totalNorm = totalNorm
            self.decay = decay
        }
    }

    /// The game between the networks.
    public var adversarial: AdversarialLoss
    /// Distance of D's features.
    public var featureMatching: FeatureMatchingLoss
    /// What terms count. Terms that are not here may still be logged.
    public var weights: LossWeights
    /// Windows of the mel loss in samples.
    public var melWindows: [Int]
    /// Bands of each window of the mel loss.
    public var melBands: [Int]
    /// Gives the terms on the audio fixed shares of its gradient; `nil` for a plain weighted sum.
    public var balancer: Balancer?

    /// An objective; mel windows and bands are DAC's unless given.
    public init(
        adversarial: AdversarialLoss,
        featureMatching: FeatureMatchingLoss,
        weights: LossWeights,
        melWindows: [Int] = [32, 64, 128, 256, 512, 1024, 2048],
        melBands: [Int] = [5, 10, 20, 40, 80, 160, 320],
        balancer: Balancer? = nil
    ) {
        self.adversarial = adversarial
        self.featureMatching = featureMatching
        self.weights = weights
        self.melWindows = melWindows
        self.melBands = melBands
        self.balancer = balancer
    }
}

/// What a logged number *is*, independent of its name in the log.
///
/// The raw value is the stable spelling used in the store, in `--map NAME=ROLE` and in the report:
/// `discriminatorLoss`, `reconstructionLoss.mel`, `learningRate.discriminator`.
public enum MetricRole: Hashable, Sendable {
    /// The loss the discriminator minimises (all terms, all sub-discriminators), or that of one sub-discriminator.
    case discriminatorLoss
    /// Its term on real audio.
    case discriminatorRealLoss
    /// Its term on decoded audio.
    case discriminatorFakeLoss
    /// Share of real inputs called real, 0…1.
    case discriminatorRealAccuracy
    /// Share of decoded inputs called fake, 0…1.
    case discriminatorFakeAccuracy
    /// Mean logit on real audio.
    case discriminatorRealLogit
    /// Mean logit on decoded audio.
    case discriminatorFakeLogit
    /// Standard deviation of the logits on real audio.
    case discriminatorRealLogitSpread
    /// Standard deviation of the logits on decoded audio.
    case discriminatorFakeLogitSpread
    /// Everything the generator minimises, weighted and summed.
    case generatorLoss
    /// A total of a run in which no generator is named.
    case totalLoss
    /// The generator's adversarial term.
    case adversarialLoss
    /// Distance of discriminator features, real against decoded.
    case featureMatchingLoss
    /// A distance between input and output.
    case reconstructionLoss(ReconstructionKind)
    /// Quantiser loss, all terms.
    case vqLoss
    /// The quantiser's term that moves the encoder.
    case commitmentLoss
    /// The quantiser's term that moves the codebook.
    case codebookLoss
    /// Kullback–Leibler term of a variational bottleneck.
    case klLoss
    /// A loss term of another kind (duration, distillation, gradient penalty).
    case otherLoss
    /// Codebook perplexity, exp of the entropy of code use: 1…codebook size.
    case perplexity
    /// Share of codebook entries in use, 0…1.
    case codebookUsage
    /// Signal-to-noise ratio in dB.
    case snr
    /// Scale-invariant signal-to-distortion ratio in dB; higher is better.
    case siSDR
    /// The same after the output was shifted back by `delay`.
    case siSDRAligned
    /// How many samples the output comes behind the input, by the peak of their cross-correlation; negative: before it.
    case delay
    /// Output level over input level (RMS or standard deviation), 1 = equal.
    case amplitudeRatio
    /// Waveform correlation of input and output, −1…1.
    case correlation
    /// RMS or standard deviation of the decoded audio.
    case outputLevel
    /// RMS or standard deviation of the input audio.
    case inputLevel
    /// Largest absolute sample of the input audio.
    case inputPeak
    /// Mean of the input audio.
    case inputMean
    /// Share of input samples at full scale, 0…1.
    case inputClippedFraction
    /// Highest frequency in Hz at which the input's long-term power is within 60 dB of its strongest band.
    case inputBandwidth
    /// Largest absolute sample of the decoded audio.
    case outputPeak
    /// Mean of the decoded audio (DC offset).
    case outputMean
    /// Share of decoded samples at full scale, 0…1.
    case clippedFraction
    /// Largest difference of two validations of the same weights on the same audio, relative; 0 where nothing moves.
    case repeatDifference
    /// Norm of a network's gradient, before clipping.
    case gradientNorm(Network)
    /// Norm of the gradient a network still has right before its own backward pass: 0 where gradients are cleared and
    /// decoded audio is detached.
    case gradientLeak(Network)
    /// Norm of a step's change of a network's weights over the norm of the weights.
    case updateRatio(Network)
    /// Learning rate of a network's optimiser.
    case learningRate(Network)
    /// Weight of a loss term, where the log carries it.
    case lossWeight(LossTerm)
    /// Share of a weighted term in the objective, 0…1; derived where total, terms and weights allow it.
    case lossShare(LossTerm)
    /// Loss scale of mixed-precision training.
    case gradientScale
    /// Steps or values left out because a number was not finite: a count, of an interval or since the beginning.
    case skippedSteps
    /// Seconds per step.
    case stepTime
    /// Seconds per step spent waiting for data.
    case loaderTime
    /// Seconds per epoch.
    case epochTime
    /// A perceptual or statistical quality score (PESQ, STOI, UTMOS, FID).
    case qualityScore
    /// A counter or a resource (tick, images seen, memory): kept, never judged.
    case progress
    /// Not recognised: kept, shown, not judged.
    case unknown

    /// What a reconstruction distance compares.
    public enum ReconstructionKind: String, Hashable, Sendable, CaseIterable {
        /// L1 or L2 on samples.
        case waveform
        /// Mel spectrogram.
        case mel
        /// Linear spectrogram.
        case stft
        /// Not said by the log.
        case unspecified
    }

    /// A trained network.
    public enum Network: String, Hashable, Sendable, CaseIterable {
        /// The codec.
        case generator
        /// The codec in front of the quantiser: what its gradient reaches has passed the quantiser.
        case encoder
        /// All sub-discriminators.
        case discriminator
        /// Not said by the log.
        case unspecified
    }

    /// A term of the generator's objective.
    public enum LossTerm: String, Hashable, Sendable, CaseIterable {
        /// Adversarial term.
        case adversarial
        /// Feature matching.
        case featureMatching
        /// Reconstruction, any kind.
        case reconstruction
        /// Mel reconstruction.
        case mel
        /// STFT reconstruction.
        case stft
        /// Waveform reconstruction.
        case waveform
        /// Quantiser loss.
        case vq
        /// Commitment loss.
        case commitment
        /// Codebook loss.
        case codebook
        /// KL term.
        case kl
    }
}

extension MetricRole: RawRepresentable, Codable, CaseIterable {
    private static let plain: [MetricRole] = [
        .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss, .discriminatorRealAccuracy,
        .discriminatorFakeAccuracy, .discriminatorRealLogit, .discriminatorFakeLogit, .discriminatorRealLogitSpread,
        .discriminatorFakeLogitSpread, .generatorLoss, .totalLoss,
        .adversarialLoss, .featureMatchingLoss, .vqLoss, .commitmentLoss, .codebookLoss, .klLoss, .otherLoss,
        .perplexity, .codebookUsage, .snr, .siSDR, .siSDRAligned, .delay, .amplitudeRatio, .correlation, .outputLevel,
        .inputLevel, .inputPeak, .inputMean, .inputClippedFraction, .inputBandwidth, .outputPeak, .outputMean,
        .clippedFraction, .repeatDifference, .gradientScale, .skippedSteps, .stepTime, .loaderTime, .epochTime,
        .qualityScore,
        .progress, .unknown,
    ]

    /// Every role, in a fixed order.
    public static let allCases: [MetricRole] =
        plain + ReconstructionKind.allCases.map { .reconstructionLoss($0) }
        + Network.allCases.map { .gradientNorm($0) } + Network.allCases.map { .updateRatio($0) }
        + Network.allCases.map { .gradientLeak($0) }
        + Network.allCases.map { .learningRate($0) }
        + LossTerm.allCases.map { .lossWeight($0) } + LossTerm.allCases.map { .lossShare($0) }

    private static let byName: [String: MetricRole] = {
        var table = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
        table["reconstructionLoss"] = .reconstructionLoss(.unspecified)
        table["gradientNorm"] = .gradientNorm(.unspecified)
        table["gradientLeak"] = .gradientLeak(.unspecified)
        table["updateRatio"] = .updateRatio(.unspecified)
        table["learningRate"] = .learningRate(.unspecified)
        return table
    }()

    /// The stable spelling (`reconstructionLoss.mel`).
    ///
    /// A switch, never a table keyed by role: a raw-representable type hashes by its raw value, so looking a role up
    /// to find its raw value would wait for itself.
    public var rawValue: String {
        switch self {
        case .reconstructionLoss(let kind): "reconstructionLoss.\(kind.rawValue)"
        case .gradientNorm(let network): "gradientNorm.\(network.rawValue)"
        case .gradientLeak(let network): "gradientLeak.\(network.rawValue)"
        case .updateRatio(let network): "updateRatio.\(network.rawValue)"
        case .learningRate(let network): "learningRate.\(network.rawValue)"
        case .lossWeight(let term): "lossWeight.\(term.rawValue)"
        case .lossShare(let term): "lossShare.\(term.rawValue)"
        case .discriminatorLoss: "discriminatorLoss"
        case .discriminatorRealLoss: "discriminatorRealLoss"
        case .discriminatorFakeLoss: "discriminatorFakeLoss"
        case .discriminatorRealAccuracy: "discriminatorRealAccuracy"
        case .discriminatorFakeAccuracy: "discriminatorFakeAccuracy"
        case .discriminatorRealLogit: "discriminatorRealLogit"
        case .discriminatorFakeLogit: "discriminatorFakeLogit"
        case .discriminatorRealLogitSpread: "discriminatorRealLogitSpread"
        case .discriminatorFakeLogitSpread: "discriminatorFakeLogitSpread"
        case .generatorLoss: "generatorLoss"
        case .totalLoss: "totalLoss"
        case .adversarialLoss: "adversarialLoss"
        case .featureMatchingLoss: "featureMatchingLoss"
        case .vqLoss: "vqLoss"
        case .commitmentLoss: "commitmentLoss"
        case .codebookLoss: "codebookLoss"
        case .klLoss: "klLoss"
        case .otherLoss: "otherLoss"
        case .perplexity: "perplexity"
        case .codebookUsage: "codebookUsage"
        case .snr: "snr"
        case .siSDR: "siSDR"
        case .siSDRAligned: "siSDRAligned"
        case .delay: "delay"
        case .amplitudeRatio: "amplitudeRatio"
        case .correlation: "correlation"
        case .outputLevel: "outputLevel"
        case .inputLevel: "inputLevel"
        case .inputPeak: "inputPeak"
        case .inputMean: "inputMean"
        case .inputClippedFraction: "inputClippedFraction"
        case .inputBandwidth: "inputBandwidth"
        case .outputPeak: "outputPeak"
        case .outputMean: "outputMean"
        case .clippedFraction: "clippedFraction"
        case .repeatDifference: "repeatDifference"
        case .gradientScale: "gradientScale"
        case .skippedSteps: "skippedSteps"
        case .stepTime: "stepTime"
        case .loaderTime: "loaderTime"
        case .epochTime: "epochTime"
        case .qualityScore: "qualityScore"
        case .progress: "progress"
        case .unknown: "unknown"
        }
    }

    /// The role of that spelling, `nil` when there is none; `reconstructionLoss` alone means `.unspecified`.
    public init?(rawValue: String) {
        guard let role = Self.byName[rawValue] else { return nil }
        self = role
    }

    /// Whether smaller is better by construction: a loss or a term of one.
    public var isLoss: Bool {
        switch self {
        case .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss, .generatorLoss, .totalLoss,
            .adversarialLoss, .featureMatchingLoss, .reconstructionLoss, .vqLoss, .commitmentLoss, .codebookLoss,
            .klLoss, .otherLoss:
            true
        default: false
        }
    }
}

/// A number by which the origin's run is judged, per epoch: those its log has, and those it lacks.
public enum OriginMetric: String, Sendable, Codable, CaseIterable, CodingKey {
    /// What D minimises, the mean over the epoch's steps.
    case discriminatorLoss = "discriminator_loss"
    /// Distance of D's features before its weight, the mean over the epoch's steps.
    case featureLoss = "feature_loss"
    /// SNR in dB on held-out speech.
    case snr
    /// Correlation of output and input on held-out speech, −1…1; NaN where the output is constant.
    case correlation
    /// Standard deviation of the output over that of the input on held-out speech.
    case amplitudeRatio = "amplitude_ratio"
    /// Share of a codebook's rows that held-out speech uses, the mean over codebooks, 0…1.
    case codebookUsage = "codebook_usage"
    /// 2^entropy of a codebook's rows on held-out speech, the mean over codebooks.
    case perplexity

    /// Its column.
    public var heading: String {
        switch self {
        case .discriminatorLoss: "D"
        case .featureLoss: "feature"
        case .snr: "SNR dB"
        case .correlation: "correlation"
        case .amplitudeRatio: "amplitude %"
        case .codebookUsage: "usage %"
        case .perplexity: "perplexity"
        }
    }

    /// What a value is multiplied by to be shown.
    var factor: Double { self == .amplitudeRatio || self == .codebookUsage ? 100 : 1 }

    /// Digits behind the point.
    var digits: Int {
        switch self {
        case .discriminatorLoss, .featureLoss: 4
        case .snr, .correlation: 2
        case .amplitudeRatio, .codebookUsage, .perplexity: 1
        }
    }
}

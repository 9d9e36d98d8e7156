/// A symptom of the origin's log, or of what its two signal numbers say (origin-system.md, section 1).
public enum OriginSymptom: String, Sendable, Codable, CaseIterable {
    /// D's loss lies within 1 % of the 2.0 that any constant answer gives with hinge losses, averaged.
    case blindDiscriminator = "blind-discriminator"
    /// It does so in every epoch, as in the log: 2.0000 to 1.9893.
    case stuckDiscriminator = "stuck-discriminator"
    /// The feature loss is below 0.02; the log has 0.0102 to 0.0130.
    case tinyFeatureLoss = "tiny-feature-loss"
    /// Output and input correlate below 0.1, or not at all; the log's numbers solve to −0.02.
    case noCorrelation = "no-correlation"
    /// The SNR is below 0 dB; the log has −2.44 and −3.69 dB.
    case negativeSNR = "negative-snr"
    /// Less than a tenth of the codebooks' rows are used; the log does not say.
    case unusedCodebooks = "unused-codebooks"

    /// D's loss when it answers the same to everything, by a number in −1…1.
    public static let blindLoss = 2.0

    /// The threshold as a clause.
    public var definition: String {
        switch self {
        case .blindDiscriminator: "D within 1 % of 2.0"
        case .stuckDiscriminator: "D within 1 % of 2.0 in every epoch"
        case .tinyFeatureLoss: "feature below 0.02"
        case .noCorrelation: "correlation below 0.1"
        case .negativeSNR: "SNR below 0 dB"
        case .unusedCodebooks: "usage below 10 %"
        }
    }

    /// Whether an epoch shows it; `nil` where the number was not measured. NaN counts as no correlation and as a negative SNR: nothing
    /// of the input came out.
    public func isPresent(in epoch: OriginEpoch) -> Bool? {
        switch self {
        case .blindDiscriminator, .stuckDiscriminator:
            epoch[.discriminatorLoss].map { abs($0 - Self.blindLoss) <= 0.01 * Self.blindLoss }
        case .tinyFeatureLoss: epoch[.featureLoss].map { $0 < 0.02 }
        case .noCorrelation: epoch[.correlation].map { !($0 >= 0.1) }
        case .negativeSNR: epoch[.snr].map { !($0 >= 0) }
        case .unusedCodebooks: epoch[.codebookUsage].map { $0 < 0.1 }
        }
    }

    /// Whether a run shows it: in its last epoch, or in every one where the symptom is that. `nil` where it could not be judged.
    public func isPresent(in run: OriginRun) -> Bool? {
        guard self == .stuckDiscriminator else { return run.last.flatMap { isPresent(in: $0) } }
        let verdicts = run.epochs.compactMap { isPresent(in: $0) }
        return verdicts.isEmpty ? nil : verdicts.allSatisfy { $0 }
    }
}

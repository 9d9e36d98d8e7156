/// Why discriminators cannot be run.
public enum DiscriminatorProbeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// More parameters than ``DiscriminatorProbe/mostParameters``.
    case tooLarge(name: String, parameters: Int)
    /// Nets for different rates, in Hz.
    case sampleRates([Int])
    /// Clips are shorter than the net's strides, folds and transforms need.
    case doesNotFit(name: String, samples: Int, shortest: Int)

    /// The sentence.
    public var description: String {
        switch self {
        case .tooLarge(let name, let parameters):
            "\(name) has \(ReportText.count(parameters)) parameters; up to "
                + "\(ReportText.count(DiscriminatorProbe.mostParameters)) are run here. --static describes it without running it"
        case .sampleRates(let rates):
            "the nets are for different sample rates (\(rates.map(String.init).joined(separator: ", ")) Hz); "
                + "--sample-rate sets one for all"
        case .doesNotFit(let name, let samples, let shortest):
            "\(name) needs clips of at least \(shortest) samples, but they have \(samples). --static describes it without "
                + "running it"
        }
    }
}

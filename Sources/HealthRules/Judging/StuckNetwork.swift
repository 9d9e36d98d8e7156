import TrainingMetrics

/// Whether a number that cannot be exactly 0 while a network is trained is exactly 0: needs few points, because chance
/// does not make a float exactly 0.
struct StuckNetwork {
    /// First offset of the zeros that last until the end.
    let onset: Int
    /// How many there are.
    let count: Int

    /// Looks at the end of a series, from the discriminator's start on where it is the discriminator's; `nil` where the last
    /// values are not exactly 0.
    /// - Parameters:
    ///   - series: gradient norms or update ratios.
    ///   - run: the run.
    ///   - needed: how many zeros in a row are enough.
    init?(_ series: MetricSeries, in run: RunView, needed: Int) {
        var first = 0
        if series.role.network == .discriminator, let loss = run.history.series(.discriminatorLoss) {
            guard case .since(let start) = DiscriminatorStart(loss, in: run) else { return nil }
            first = series.offset(atOrAfter: start)
        }
        guard let onset = series.tail(from: first, where: { $0 == 0 }), series.count - onset >= needed else {
            return nil
        }
        self.onset = onset
        count = series.count - onset
    }
}

extension MetricSeries {
    /// The offset from which every value to the end meets a condition; `nil` when the last does not.
    func tail(from first: Int = 0, where condition: (Double) -> Bool) -> Int? {
        var onset: Int?
        for offset in (min(first, count)..<count).reversed() {
            guard condition(values[values.startIndex + offset]) else { break }
            onset = offset
        }
        return onset
    }

    /// `of period 2`, empty for the whole: behind the name of a number.
    var partSuffix: String { interpretation.part.isEmpty ? "" : " (\(interpretation.part))" }
}

extension MetricRole {
    /// The network a norm, a ratio or a rate belongs to; `nil` for other roles.
    var network: Network? {
        switch self {
        case .gradientNorm(let network), .updateRatio(let network), .learningRate(let network),
            .gradientLeak(let network):
            network
        default: nil
        }
    }
}

extension MetricRole.Network {
    /// The network in a sentence.
    var sentenceName: String {
        switch self {
        case .generator: "the generator"
        case .encoder: "the encoder"
        case .discriminator: "the discriminator"
        case .unspecified: "the network"
        }
    }
}

import TrainingMetrics

/// The loss of each single sub-discriminator, however the log gives it.
enum SubDiscriminatorCurves {
    /// Parts of the discriminator's loss on training audio, or sums of their terms on real and on decoded audio, in the
    /// order they are logged; empty where the log has only the whole.
    static func all(_ run: RunView) -> [(name: String, series: MetricSeries)] {
        func parts(_ role: MetricRole) -> [MetricSeries] {
            run.history.all(role).filter {
                $0.split == .train && !$0.isDerived && !$0.isEmpty && !$0.interpretation.part.isEmpty
                    && !["sign", "ema"].contains($0.interpretation.part)
            }
        }
        let wholes = parts(.discriminatorLoss)
        if !wholes.isEmpty { return wholes.map { ($0.interpretation.part, $0) } }
        let decoded = parts(.discriminatorFakeLoss)
        return parts(.discriminatorRealLoss).compactMap { real in
            guard let other = decoded.first(where: { $0.interpretation.part == real.interpretation.part }) else {
                return nil
            }
            let rows = AlignedSamples(real, [other])
            guard rows.count > 0 else { return nil }
            let name = real.interpretation.part
            let sum = zip(rows.baseValues, rows.columns[0]).map { $0 + $1 }
            return (
                name,
                rows.derived(name: "\(real.name) + \(other.name)", role: .discriminatorLoss, part: name, values: sum)
            )
        }
    }
}

/// Wholes that a log gives only in parts.
enum DerivedWholes {
    /// D's loss from its terms on real and decoded audio; D's losses and the generator's terms from their parts.
    static func series(of history: RunHistory, facts: RunFacts) -> [MetricSeries] {
        Split.allCases.flatMap { split -> [MetricSeries] in
            let game: [MetricRole] = [
                .discriminatorRealLoss, .discriminatorFakeLoss, .discriminatorLoss, .adversarialLoss,
            ]
            var found = game.compactMap { whole(of: $0, history, split, mean: facts.reduction ?? .mean == .mean) }
            let sums: [MetricRole] = [.featureMatchingLoss, .reconstructionLoss(.stft)]
            found += sums.compactMap { whole(of: $0, history, split, mean: false) }
            let known = { (role: MetricRole) -> MetricSeries? in
                history.all(role).first { $0.split == split && $0.interpretation.part.isEmpty && !$0.isEmpty }
                    ?? found.first { $0.role == role }
            }
            if known(.discriminatorLoss) == nil, let real = known(.discriminatorRealLoss),
                let fake = known(.discriminatorFakeLoss)
            {
                let rows = AlignedSamples(real, [fake])
                if rows.count > 0 {
                    let values = zip(rows.baseValues, rows.columns[0]).map { $0 + $1 }
                    let name = "discriminator loss (\(real.name) + \(fake.name))"
                    found.append(rows.derived(name: name, role: .discriminatorLoss, values: values))
                }
            }
            return found
        }
    }

    /// The whole of a role that is logged in at least two parts only. Numbered parts are single sub-discriminators, which
    /// are averaged unless the run sums them; named parts (`mpd`, `mrd`) are groups, which trainers add up.
    private static func whole(
        of role: MetricRole,
        _ history: RunHistory,
        _ split: Split,
        mean isMean: Bool
    ) -> MetricSeries? {
        let logged = history.all(role).filter { $0.split == split && !$0.isEmpty }
        guard logged.count > 1, logged.allSatisfy({ !$0.interpretation.part.isEmpty }), let first = logged.first else {
            return nil
        }
        let parts = logged.map(\.interpretation.part)
        guard Set(parts).count == parts.count, !parts.contains("sign"), !parts.contains("ema") else { return nil }
        let rows = AlignedSamples(first, Array(logged.dropFirst()))
        guard rows.count > 0 else { return nil }
        let averages = isMean && parts.allSatisfy(MetricName.isNumber)
        let divisor = averages ? Double(parts.count) : 1
        let lead = rows.baseValues
        let values = lead.indices.map { row in (rows.columns.reduce(lead[row]) { $0 + $1[row] }) / divisor }
        let names = logged.map(\.name).joined(separator: ", ")
        return rows.derived(name: "\(averages ? "mean" : "sum") of \(names)", role: role, values: values)
    }
}

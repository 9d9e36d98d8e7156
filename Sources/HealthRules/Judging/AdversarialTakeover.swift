import TrainingMetrics

/// A saturated discriminator whose generator has been left with nothing but the adversarial term: every
/// sub-discriminator at a loss of exactly 0 while the objective is orders of magnitude above all that is logged of it.
///
/// Exactly 0 alone also means a discriminator that has not started. What tells them apart is the rest of the objective:
/// before the start it is the weighted reconstruction and no more.
struct AdversarialTakeover {
    /// The objective's total, last values.
    let total: Double
    /// What the logged terms explain of it.
    let explained: Double
    /// The sub-discriminators' curves.
    let parts: [MetricSeries]

    /// Looks for it in a run; `nil` when it is not there or cannot be decided.
    ///
    /// - `unknownWeight`: how many times the logged terms the rest must be where their weights are unknown.
    /// - `knownWeight`: the same where the reconstruction's weight is known.
    init?(_ run: RunView, unknownWeight: Double, knownWeight: Double) {
        let parts = run.history.all(.discriminatorLoss).filter { !$0.isEmpty && !$0.interpretation.part.isEmpty }
        guard parts.count >= 2, parts.allSatisfy({ $0.values.suffix(50).allSatisfy { $0 == 0 } }) else { return nil }
        if let start = run.facts.number(.discriminatorStart), let last = run.history.lastPosition, Double(last) < start
        {
            return nil
        }
        // An adversarial term of exactly 0 says that the game has not begun.
        if let adversarial = run.history.series(.adversarialLoss), adversarial.values.suffix(50).allSatisfy({ $0 == 0 })
        {
            return nil
        }
        guard let objective = run.history.series(.generatorLoss) ?? run.history.series(.totalLoss) else { return nil }
        let terms = Self.terms(run)
        guard let reconstruction = terms.first?.series else { return nil }
        let total = RobustStatistics.median(objective.values.suffix(50))
        let explained = terms.reduce(0) { sum, term in
            sum + term.weight * abs(RobustStatistics.median(term.series.values.suffix(50)))
        }
        let factor =
            run.facts[.reconstructionWeight] == nil && run.facts[.melWeight] == nil ? unknownWeight : knownWeight
        guard total.isFinite, explained.isFinite, total - explained > factor * explained,
            !Self.isProportional(objective, reconstruction)
        else { return nil }
        self.parts = parts
        self.total = total
        self.explained = explained
    }

    /// The logged terms of the objective but the adversarial one, reconstruction first; empty when that is not logged.
    private static func terms(_ run: RunView) -> [(series: MetricSeries, weight: Double)] {
        let isWeighted = run.facts[.loggedTerms]?.value == "weighted"
        func term(_ role: MetricRole, _ weight: FactKey?) -> (series: MetricSeries, weight: Double)? {
            let known = isWeighted ? nil : weight.flatMap(run.facts.number)
            return run.history.series(role).map { ($0, known ?? 1) }
        }
        let reconstruction = MetricRole.ReconstructionKind.allCases.compactMap { kind in
            term(.reconstructionLoss(kind), kind == .mel ? .melWeight : .reconstructionWeight)
        }
        guard !reconstruction.isEmpty else { return [] }
        return reconstruction
            + [
                term(.featureMatchingLoss, .featureMatchingWeight), term(.vqLoss, .vqWeight),
                term(.commitmentLoss, .commitmentWeight), term(.codebookLoss, nil), term(.klLoss, .klWeight),
                term(.otherLoss, nil),
            ].compactMap { $0 }
    }

    /// Whether a total is one weight times a term, seen over at least three values that vary: then the weight, not the
    /// discriminator, makes it large.
    private static func isProportional(_ total: MetricSeries, _ term: MetricSeries) -> Bool {
        guard total.count == term.count, total.count >= 3 else { return false }
        let ratios = zip(total.values.suffix(500), term.values.suffix(500)).map { $0 / $1 }
        let quartiles = RobustStatistics.quartiles(ratios)
        return quartiles.upper - quartiles.lower < 0.05 * abs(quartiles.median)
    }
}

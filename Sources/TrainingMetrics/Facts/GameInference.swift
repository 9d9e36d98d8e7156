/// Tells the adversarial loss from the numbers: which family, summed or averaged, over how many sub-discriminators.
///
/// Only two states are telling: logits of 0 (a fresh or dead discriminator) and the blind constant (`BlindConstants`).
/// Numbers that merely cross such a value prove nothing, so a pair must be met exactly at the start or held for a stretch.
enum GameInference {
    /// What the numbers and the trainer's names say.
    static func facts(_ history: RunHistory, _ facts: RunFacts) -> [Fact] {
        var result: [Fact] = []
        let trainer = MetricInterpreter.game(ofNames: history.series.filter { !$0.isDerived }.map(\.key))
        let parts = GameParts(history)
        result += parts.facts
        let known = FactInference.isOpen(facts, .lossFamily) ? nil : facts.lossFamily
        if known == nil, let trainer {
            result.append(Fact(.lossFamily, trainer.family.rawValue, .inferred, evidence: trainer.evidence))
            if let reduction = trainer.reduction, facts.reduction == nil, parts.reduction == nil {
                result.append(Fact(.reduction, reduction.rawValue, .inferred, evidence: trainer.evidence))
            }
        }
        let observations = GameObservation.all(in: history)
        func verdict(_ trainer: (family: LossFamily, reduction: LossReduction?, evidence: String)?) -> GameCandidate
            .Verdict?
        {
            GameCandidate.explaining(
                observations,
                GameCandidate.Constraint(
                    family: known ?? trainer?.family,
                    isHingeOpen: known == nil && (facts.lossFamily ?? trainer?.family) == .hinge,
                    reduction: facts.reduction ?? parts.reduction ?? trainer?.reduction,
                    count: facts.subDiscriminators ?? parts.count
                )
            )
        }
        // A fork may have changed the loss and kept the names: numbers that stand still say more.
        guard let verdict = verdict(trainer) ?? (trainer == nil ? nil : verdict(nil)) else { return result }
        let evidence = verdict.evidence
        let game = verdict.candidate
        if known == nil {
            result.removeAll { $0.key == .lossFamily }
            result.append(Fact(.lossFamily, game.family.rawValue, .inferred, evidence: evidence))
        }
        if facts.reduction == nil, parts.reduction == nil {
            result.removeAll { $0.key == .reduction }
            result.append(Fact(.reduction, game.reduction.rawValue, .inferred, evidence: evidence))
        }
        if game.reduction == .sum, facts.subDiscriminators == nil, parts.count == nil {
            result.append(Fact(.subDiscriminators, "\(game.count)", .inferred, evidence: evidence))
        }
        if game.isHalved, facts[.halvedDiscriminatorLoss] == nil {
            result.append(Fact(.halvedDiscriminatorLoss, "true", .inferred, evidence: evidence))
        }
        return result
    }
}

/// What the logged parts of D's loss say: how many sub-discriminators there are and how they are combined.
struct GameParts {
    private(set) var facts: [Fact] = []
    private(set) var count: Int?
    private(set) var reduction: LossReduction?

    init(_ history: RunHistory) {
        for role in [MetricRole.discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss] {
            let logged = history.all(role).filter { !$0.isDerived && !$0.isEmpty && $0.split == .train }
            let parts = logged.filter { !$0.interpretation.part.isEmpty }
            guard parts.count > 1 else { continue }
            let names = parts.map(\.name)
            // Numbered parts are single sub-discriminators; `mpd` and `mrd` are groups of unknown size.
            if count == nil, parts.allSatisfy({ MetricName.isNumber($0.interpretation.part) }) {
                count = parts.count
                let evidence = "\(parts.count) are logged one by one: \(names.joined(separator: ", "))"
                facts.append(Fact(.subDiscriminators, "\(parts.count)", .inferred, evidence: evidence))
            }
            guard let whole = logged.first(where: { $0.interpretation.part.isEmpty }), reduction == nil else {
                continue
            }
            let rows = AlignedSamples(whole, parts)
            let holds = { (divisor: Double) in
                let fits = rows.baseValues.indices.filter { row in
                    let sum = rows.columns.reduce(0) { $0 + $1[row] } / divisor
                    return abs(sum - rows.baseValues[row]) <= max(0.002 * abs(sum), 0.0011)
                }
                return rows.count >= 3 && fits.count * 20 >= rows.count * 19
            }
            let isSum = holds(1)
            guard isSum != holds(Double(parts.count)) else { continue }
            reduction = isSum ? .sum : .mean
            let evidence = "\(whole.name) is the \(isSum ? "sum" : "mean") of \(names.joined(separator: ", "))"
            facts.append(Fact(.reduction, isSum ? "sum" : "mean", .inferred, evidence: evidence))
        }
    }
}

extension LossAlgebra {
    /// Tests the weights of the run's objective.
    /// - Returns: `nil` when no total is logged together with two of its terms. O(samples of the total and its terms).
    public static func analyse(history: RunHistory, facts: RunFacts) -> LossAlgebra? {
        for role in [MetricRole.generatorLoss, .totalLoss] {
            let totals = history.all(role).filter {
                !$0.isDerived && $0.split == .train && $0.interpretation.part.isEmpty
            }
            for total in totals.sorted(by: { $0.count > $1.count }) {
                if let rows = Objective(total: total, history: history, facts: facts) { return rows.analysed() }
            }
        }
        return nil
    }

    /// The term a role is; `nil` for a loss of another kind.
    static func kind(of role: MetricRole) -> MetricRole.LossTerm? {
        switch role {
        case .adversarialLoss: .adversarial
        case .featureMatchingLoss: .featureMatching
        case .reconstructionLoss(.mel): .mel
        case .reconstructionLoss(.stft): .stft
        case .reconstructionLoss(.waveform): .waveform
        case .reconstructionLoss(.unspecified): .reconstruction
        case .vqLoss: .vq
        case .commitmentLoss: .commitment
        case .codebookLoss: .codebook
        case .klLoss: .kl
        default: nil
        }
    }
}

/// A total and its terms, row by row.
private struct Objective {
    let rows: AlignedSamples
    let terms: [MetricSeries]
    /// Weight per term from facts.
    let known: [Double?]
    /// Weights per row where the log carries them.
    let logged: [[Double]?]
    /// Whether the terms are said to be logged weighted, and whether that is only inferred.
    let isSaidWeighted: Bool
    let isOnlyInferred: Bool

    /// Joins a total with the terms logged at its positions; `nil` with fewer than two.
    init?(total: MetricSeries, history: RunHistory, facts: RunFacts) {
        var candidates = history.series.filter { series in
            let isTerm =
                LossAlgebra.kind(of: series.role) != nil || series.role == .otherLoss
                || (series.role == .siSDR && series.interpretation.isNegated)
            return isTerm && !series.isDerived && series.split == total.split && series.key.axis == total.key.axis
        }
        // A whole stands for its parts, the quantiser's loss for its two terms.
        let wholes = Set(candidates.filter { $0.interpretation.part.isEmpty }.map(\.role))
        candidates.removeAll { !$0.interpretation.part.isEmpty && wholes.contains($0.role) }
        if wholes.contains(.vqLoss) {
            // Where each of the two terms has a weight of its own, the whole that is logged is not what is minimised.
            let halves: Set<MetricRole> = [.commitmentLoss, .codebookLoss]
            let hasHalves = halves.isSubset(of: wholes) && facts[.vqWeight] == nil
            let isSplit = hasHalves && facts[.commitmentWeight] != nil && facts[.codebookWeight] != nil
            candidates.removeAll { isSplit ? $0.role == .vqLoss : halves.contains($0.role) }
        }
        candidates.removeAll { AlignedSamples(total, [$0]).count * 2 < total.count }
        guard candidates.count >= 2, candidates.contains(where: { LossAlgebra.kind(of: $0.role) != nil }) else {
            return nil
        }
        let rows = AlignedSamples(total, candidates)
        guard rows.count > 0 else { return nil }
        self.rows = rows
        terms = candidates
        let reconstructions = candidates.filter { if case .reconstructionLoss = $0.role { true } else { false } }.count
        known = candidates.map { series in
            guard let kind = LossAlgebra.kind(of: series.role) else { return nil }
            let key = LossAlgebra.weightKeys.first { $0.0 == kind }?.1
            if let key, let weight = facts.number(key) { return weight }
            guard case .reconstructionLoss = series.role, reconstructions == 1 else { return nil }
            return facts.number(.reconstructionWeight)
        }
        logged = candidates.map { series in
            guard let kind = LossAlgebra.kind(of: series.role),
                let weights = history.series(.lossWeight(kind), onlyIn: total.split)
            else { return nil }
            let joined = AlignedSamples(total, [weights] + candidates)
            return joined.offsets == rows.offsets ? joined.columns[0] : nil
        }
        isSaidWeighted = facts[.loggedTerms]?.value == "weighted"
        isOnlyInferred = facts[.loggedTerms]?.origin == .inferred
    }

    /// A raw logged term: a negated SI-SDR enters the objective as it was logged.
    private func column(_ index: Int) -> [Double] {
        terms[index].interpretation.isNegated ? rows.columns[index].map { -$0 } : rows.columns[index]
    }

    func analysed() -> LossAlgebra {
        let total = rows.baseValues
        let raw = terms.indices.map { column($0) }
        let ones = terms.map { _ in 1.0 }
        // What a trainer's names promise must hold before it counts.
        let isLoggedWeighted = isSaidWeighted && (!isOnlyInferred || explains(ones, raw, total))
        let columns = terms.indices.map { index in
            logged[index].map { weights in zip(column(index), weights).map { $0 * $1 } } ?? column(index)
        }
        let isKnown = terms.indices.map { isLoggedWeighted || logged[$0] != nil || known[$0] != nil }
        let weights = terms.indices.map { isLoggedWeighted || logged[$0] != nil ? 1 : known[$0] ?? 1 }
        let origins = terms.indices.map { index -> LossAlgebra.WeightOrigin in
            isLoggedWeighted ? .one : logged[index] != nil ? .logged : known[index] != nil ? .known : .one
        }
        if explains(weights, columns, total) {
            let isFromFacts = isKnown.contains(true) && !isLoggedWeighted
            return result(isFromFacts ? .explained : .explainedByOnes, weights, origins, columns, total)
        }
        if isKnown.contains(true), explains(ones, raw, total) {
            return result(.alreadyWeighted, ones, ones.map { _ in .one }, raw, total)
        }
        let open = terms.indices.filter { !isKnown[$0] }
        if open.isEmpty {
            return result(.unexplained, weights, origins, columns, total)
        }
        let usable = sampled(total, columns)
        let isEnough = usable.count >= max(2 * open.count, open.count + 3)
        var fitted = weights.map(Optional.some)
        for index in open { fitted[index] = nil }
        guard isEnough else {
            return result(.tooFewRows, fitted, origins, columns, total)
        }
        let rest = usable.map { row in
            total[row] - terms.indices.reduce(0) { isKnown[$1] ? $0 + weights[$1] * columns[$1][row] : $0 }
        }
        let solution = NonNegativeLeastSquares.solve(
            columns: open.map { index in usable.map { columns[index][$0] } },
            target: rest
        )
        for (index, weight) in zip(open, solution.weights) { fitted[index] = weight }
        let solved = fitted.map { $0 ?? 0 }
        guard explains(solved, columns, total) else {
            for index in open { fitted[index] = nil }
            return result(.unexplained, fitted, origins, columns, total)
        }
        let origin = terms.indices.map { open.contains($0) ? LossAlgebra.WeightOrigin.fitted : origins[$0] }
        return result(solution.isUnique ? .fitted : .fittedNotUnique, fitted, origin, columns, total)
    }

    /// At most 2000 rows, evenly spread, of which every number is finite.
    private func sampled(_ total: [Double], _ columns: [[Double]]) -> [Int] {
        let step = max(1, total.count / 2000)
        return stride(from: 0, to: total.count, by: step).filter { row in
            total[row].isFinite && columns.allSatisfy { $0[row].isFinite }
        }
    }

    /// Whether the weighted terms add up to the total: off by at most 0.5 % or 0.001 in 19 of 20 rows.
    private func explains(_ weights: [Double], _ columns: [[Double]], _ total: [Double]) -> Bool {
        let usable = sampled(total, columns)
        let fits = usable.filter { row in
            let sum = weights.indices.reduce(0) { $0 + weights[$1] * columns[$1][row] }
            return abs(sum - total[row]) <= max(0.005 * abs(total[row]), 0.001)
        }
        return !usable.isEmpty && fits.count * 20 >= usable.count * 19
    }

    private func result(
        _ verdict: LossAlgebra.Verdict,
        _ weights: [Double?],
        _ origins: [LossAlgebra.WeightOrigin],
        _ columns: [[Double]],
        _ total: [Double]
    ) -> LossAlgebra {
        let isComplete = weights.allSatisfy { $0 != nil }
        let isExplained = ![.unexplained, .tooFewRows].contains(verdict)
        var residual: Double?
        if isComplete {
            residual = RobustStatistics.median(
                sampled(total, columns).map { row in
                    let sum = weights.indices.reduce(0) { $0 + (weights[$1] ?? 0) * columns[$1][row] }
                    return abs(sum - total[row]) / max(abs(total[row]), 1e-12)
                }
            )
        }
        // Negative terms (SI-SDR) cancel others: then a share is one of all that pulls, not of the sum.
        var bases = total.map { $0 > 0 ? $0 : .nan }
        if isExplained {
            bases = [Double](repeating: 0, count: total.count)
            for (column, weight) in zip(columns, weights) {
                let factor = weight ?? 0
                for row in column.indices { bases[row] += abs(factor * column[row]) }
            }
        }
        // Without an explained total a share is one of the sum, which terms that cancel others make meaningless.
        let hasNegative = self.terms.contains { $0.interpretation.isNegated }
        let terms = self.terms.indices.map { index -> LossAlgebra.Term in
            let kind = LossAlgebra.kind(of: self.terms[index].role)
            var weight = weights[index]
            var origin: LossAlgebra.WeightOrigin? = weight == nil ? nil : origins[index]
            // The quantiser's loss enters with weight 1 in nearly every codec; a share above 1 disproves it.
            if weight == nil, kind == .vq, zip(columns[index], total).allSatisfy({ !($0 > 1.005 * $1) }) {
                weight = 1
                origin = .assumed
            }
            // Known weights that contradict the total say nothing about shares.
            let isTrusted = isExplained || (!isComplete && !hasNegative)
            var share: MetricSeries?
            if let weight, let kind, isTrusted {
                var values = columns[index]
                for row in values.indices { values[row] = abs(weight * values[row]) / bases[row] }
                if isExplained || !values.contains(where: { $0 > 1.005 }) {
                    share = rows.derived(
                        name: "share of \(self.terms[index].name)",
                        role: .lossShare(kind),
                        part: self.terms[index].interpretation.part,
                        values: values
                    )
                }
            }
            let shown = origin == .logged ? logged[index]?.last ?? weight : weight
            return LossAlgebra.Term(
                name: self.terms[index].name,
                kind: kind,
                weight: shown,
                origin: origin,
                share: share
            )
        }
        return LossAlgebra(
            total: rows.base.name,
            terms: terms,
            rowCount: rows.count,
            verdict: verdict,
            residual: residual
        )
    }
}

/// Works out facts from the numbers of a run. Conservative: a fact that the numbers do not settle is not stated.
public enum FactInference {
    /// The facts and, where these say nothing, what the history shows; every inferred fact carries its evidence.
    ///
    /// Given and logged facts are never replaced. O(samples of the losses).
    public static func infer(history: RunHistory, facts: RunFacts) -> RunFacts {
        var result = facts
        insert(GameInference.facts(history, result), into: &result)
        insert(subDiscriminators(history, result), into: &result)
        insert(modelKind(history), into: &result)
        insert(learningRates(history), into: &result)
        insert(loggedWeights(history), into: &result)
        insert(plans(history), into: &result)
        insert(epochSeconds(history), into: &result)
        if let trainer = MetricInterpreter.trainer(ofNames: history.series.filter { !$0.isDerived }.map(\.key)),
            trainer.logsWeightedTerms
        {
            let evidence = "the metric names are those of \(trainer.dialect), which logs its terms weighted"
            insert([Fact(.loggedTerms, "weighted", .inferred, evidence: evidence)], into: &result)
        }
        if let monitor = MetricInterpreter.balancer(ofNames: history.series.filter { !$0.isDerived }.map(\.key)) {
            let evidence = "\(monitor.name) is what the balancer of \(monitor.dialect) logs"
            insert([Fact(.balancer, "true", .inferred, evidence: evidence)], into: &result)
        }
        if let start = DiscriminatorActivity.warmUp(in: history) {
            let evidence = "the losses of the discriminator are exactly 0 until \(history.axis.rawValue) \(start)"
            insert([Fact(.discriminatorStart, "\(start)", .inferred, evidence: evidence)], into: &result)
        }
        return result
    }

    private static func insert(_ facts: [Fact], into result: inout RunFacts) {
        for fact in facts where result[fact.key] == nil || isOpen(result, fact.key) { result.insert(fact) }
    }

    /// A hinge loss read from a configuration leaves open what the generator minimises.
    static func isOpen(_ facts: RunFacts, _ key: FactKey) -> Bool {
        key == .lossFamily && facts[key]?.origin == .inferred && facts.lossFamily == .hinge
    }

    /// The number the trainer's code fixes, where neither configuration nor numbers say one and the loss is a sum.
    private static func subDiscriminators(_ history: RunHistory, _ facts: RunFacts) -> [Fact] {
        guard facts.subDiscriminators == nil, facts.reduction == .sum,
            let known = MetricInterpreter.subDiscriminators(
                ofNames: history.series.filter { !$0.isDerived }.map(\.key)
            )
        else { return [] }
        return [Fact(.subDiscriminators, "\(known.count)", .inferred, evidence: known.evidence)]
    }

    // MARK: What kind of model

    private static func modelKind(_ history: RunHistory) -> [Fact] {
        func first(_ isWanted: (MetricRole) -> Bool) -> String? {
            history.series.first { isWanted($0.role) && !$0.isDerived }?.name
        }
        if let name = first({
            [.vqLoss, .commitmentLoss, .codebookLoss, .perplexity, .codebookUsage].contains($0)
        }) {
            return [Fact(.modelKind, "codec", .inferred, evidence: "\(name) is logged: there is a quantiser")]
        }
        if let name = first({ [.snr, .siSDR, .amplitudeRatio, .reconstructionLoss(.waveform)].contains($0) }) {
            let evidence = "\(name) is logged: the output is compared with the input sample by sample"
            return [Fact(.modelKind, "codec", .inferred, evidence: evidence)]
        }
        let hasGame = first { [.discriminatorLoss, .adversarialLoss, .featureMatchingLoss].contains($0) } != nil
        let isSpectral = { (role: MetricRole) in
            role == .reconstructionLoss(.mel) || role == .reconstructionLoss(.stft)
        }
        // A waveform term may hide in an unnamed reconstruction loss.
        let hasUnnamed = first { $0 == .reconstructionLoss(.unspecified) } != nil
        guard let name = first(isSpectral), hasGame || first({ $0 == .generatorLoss }) != nil, !hasUnnamed else {
            return []
        }
        let evidence = "\(name) is the only distance of input and output, and no quantiser is logged"
        return [Fact(.modelKind, "vocoder", .inferred, evidence: evidence)]
    }

    // MARK: Rates, weights, plans

    private static func learningRates(_ history: RunHistory) -> [Fact] {
        let rows: [(FactKey, [MetricRole])] = [
            (.learningRate, [.learningRate(.generator), .learningRate(.unspecified)]),
            (.discriminatorLearningRate, [.learningRate(.discriminator)]),
        ]
        return rows.compactMap { key, roles in
            for role in roles {
                for series in history.all(role) {
                    guard let offset = series.values.firstIndex(where: { $0.isFinite && $0 > 0 }) else { continue }
                    let sample = series[offset - series.values.startIndex]
                    // A rate first logged late in the run is not the one it began with.
                    let span = Double((history.lastPosition ?? 0) - (history.firstPosition ?? 0))
                    guard Double(sample.position - (history.firstPosition ?? 0)) <= 0.1 * span else { continue }
                    let evidence = "\(series.name) is \(sample.value) at \(history.axis.rawValue) \(sample.position)"
                    return Fact(key, "\(sample.value)", .log, evidence: evidence)
                }
            }
            return nil
        }
    }

    private static func loggedWeights(_ history: RunHistory) -> [Fact] {
        LossAlgebra.weightKeys.compactMap { term, key in
            guard let series = history.series(.lossWeight(term)), let first = series.values.first, first.isFinite,
                series.values.allSatisfy({ $0 == first })
            else { return nil }
            let text = LoggedFactInterpreter.text(first)
            return Fact(key, text, .log, evidence: "\(series.name) is \(text) throughout")
        }
    }

    private static func plans(_ history: RunHistory) -> [Fact] {
        let rows: [(FactKey, Set<String>)] = [
            (.plannedSteps, ["total steps", "max steps", "total iters", "total iterations"]),
            (.plannedEpochs, ["total epochs", "max epochs", "num epochs", "resolved epochs"]),
        ]
        return rows.compactMap { key, names in
            for series in history.series where !series.isEmpty && !series.isDerived {
                guard names.contains(MetricName(series.name).canonical), let first = series.values.first,
                    first.isFinite, first > 0, series.values.allSatisfy({ $0 == first })
                else { continue }
                let text = LoggedFactInterpreter.text(first)
                return Fact(key, text, .log, evidence: "\(series.name) is \(text) throughout")
            }
            return nil
        }
    }

    // MARK: Time

    private static func epochSeconds(_ history: RunHistory) -> [Fact] {
        if let series = history.series(.epochTime) {
            let median = RobustStatistics.median(series.values.filter { $0 > 0 })
            if median.isFinite {
                return [fact(seconds: median, "median of \(series.count) values of \(series.name)")]
            }
        }
        // The longest series with wall times, one point an epoch: the first of each.
        let timed = history.series.filter { !$0.isDerived && !$0.times.isEmpty && $0.count > 1 }
        guard let series = timed.max(by: { $0.count < $1.count }) else { return [] }
        var starts: [(epoch: Double, time: Double)] = []
        for offset in 0..<series.count {
            let sample = series[offset]
            let time = series.times[series.times.startIndex + offset]
            let epoch = sample.epoch ?? (history.axis == .epoch ? Double(sample.position) : .nan)
            guard epoch.isFinite, time.isFinite, starts.last.map({ epoch.rounded(.down) > $0.epoch }) ?? true else {
                continue
            }
            starts.append((epoch.rounded(.down), time))
        }
        let gaps = zip(starts, starts.dropFirst()).map { ($1.time - $0.time) / ($1.epoch - $0.epoch) }
        let median = RobustStatistics.median(gaps.filter { $0 > 0 })
        guard median.isFinite else { return [] }
        return [
            fact(seconds: median, "median distance of \(gaps.count + 1) epochs by the wall times of \(series.name)")
        ]
    }

    private static func fact(seconds: Double, _ evidence: String) -> Fact {
        Fact(.epochSeconds, LoggedFactInterpreter.text((seconds * 100).rounded() / 100), .inferred, evidence: evidence)
    }
}

import TrainingMetrics

extension HealthRule {
    /// PRB004: weights that hold little, nothing, or no numbers.
    static let effectiveRankLow = HealthRule(
        RuleDescription(
            id: "PRB004",
            name: "effective-rank-low",
            group: .probe,
            severity: .warning,
            summary: """
                A layer's weights have collapsed to a few directions, many of its filters are dead, or some of its \
                weights are NaN or infinite. An error for weights that are not finite.
                """,
            rationale: """
                When a discriminator's spectrum collapses, it hears only a few things, and the generator learns to get \
                those right and nothing else. A single weight that is not finite makes every output behind it NaN.
                """,
            causes: [
                "weights that are not finite: an overflow or a division by 0 in training, saved with the checkpoint",
                "collapse: a learning rate or weight decay that is too high, or modes that collapsed with the generator",
                "dead filters: weight decay on the gain of weight normalisation, or a zero initialisation",
            ],
            advice: [
                "go back to the last checkpoint whose weights are finite",
                "compare with an earlier checkpoint: if the rank was there, lower the learning rate from that point on",
                "take biases and gains out of weight decay, and initialise dead filters again",
            ],
            parameters: [
                RuleParameter(
                    "rank",
                    0.1,
                    "effective rank of the worst group, as a share of full rank, below which it is low",
                    source: "diagnostic proposal; layers as PyTorch initialises them have 0.8 or more"
                ),
                RuleParameter(
                    "collapse",
                    0.3,
                    "effective rank of trained weights over that of fresh ones below which it has collapsed",
                    source: "diagnostic proposal"
                ),
                RuleParameter(
                    "dead",
                    0.1,
                    "share of dead filters of a layer from which it is a warning; fewer are an info",
                    source: "proposal: a layer that lost a tenth of its width"
                ),
            ],
            calibration: """
                Effective rank is exp of the entropy of the singular values' shares, per group. Rank and dead filters \
                are not proven to predict anything: confidence is low. Weights that are not finite are a fact.
                """,
            references: [
                "https://arxiv.org/abs/1908.10999 (spectral collapse)",
                "Roy and Vetterli 2007, The effective rank (EUSIPCO)",
            ],
            examples: examplesOfEffectiveRankLow
        )
    ) { run, parameters, rule in
        ProbedNetworks.judge(run, kind: nil, needs: .checkpoint, where: { $0.layers.contains(where: \.hasWeights) }) {
            probe in
            var signs = [notFinite(probe), lowRank(probe, parameters), collapsed(probe, parameters)].compactMap { $0 }
            if let dead = deadFilters(probe, parameters) { signs.append(dead) }
            guard let worst = signs.max(by: { $0.severity < $1.severity }) else { return nil }
            return Finding(
                rule,
                severity: worst.severity,
                confidence: worst.severity == .error ? .high : .low,
                episode: ProbedNetworks.episode(run),
                message: signs.map(\.message).joined(separator: " "),
                evidence: signs.map(\.evidence),
                subject: probe.subject
            )
        }
    }

    private typealias Sign = (severity: Severity, message: String, evidence: Evidence)

    private static func notFinite(_ probe: ProbeEvidence) -> Sign? {
        let layers = probe.layers.filter { ($0.nonFinite ?? 0) > 0 }
        guard let first = layers.first else { return nil }
        let total = layers.reduce(0) { $0 + ($1.nonFinite ?? 0) }
        let verb = total == 1 ? "is" : "are"
        let place = layers.count == 1 ? "in \(first.name)" : "in \(layers.count) layers, the first \(first.name)"
        let message = "\(Wording.count(total, "weight")) \(verb) NaN or infinite \(place)."
        return (.error, message, Evidence("weights that are not finite", Double(total), expected: "0"))
    }

    private static func lowRank(_ probe: ProbeEvidence, _ parameters: RuleParameters) -> Sign? {
        worst(probe, below: parameters["rank"], \.effectiveRank).map { name, rank in
            let share = PlainNumber.percent(rank)
            let limit = PlainNumber.text(parameters["rank"])
            return (
                .warning, "The worst group of \(name) uses \(share) of its directions.",
                Evidence("effective rank of \(name), share of full", rank, expected: "above \(limit)")
            )
        }
    }

    private static func collapsed(_ probe: ProbeEvidence, _ parameters: RuleParameters) -> Sign? {
        guard probe.weights == .trained else { return nil }
        return worst(probe, below: parameters["collapse"], \.rankSinceStart).map { name, ratio in
            let limit = PlainNumber.text(parameters["collapse"])
            return (
                .warning, "Training has left \(name) \(PlainNumber.percent(ratio)) of a fresh layer's effective rank.",
                Evidence("effective rank of \(name) over a fresh layer's", ratio, expected: "above \(limit)")
            )
        }
    }

    private static func deadFilters(_ probe: ProbeEvidence, _ parameters: RuleParameters) -> Sign? {
        let dead = probe.layers.filter { ($0.deadFilters ?? 0) > 0 }
        guard let worst = dead.max(by: { $0.deadShare < $1.deadShare }) else { return nil }
        let count = worst.deadFilters ?? 0
        let all = worst.filters.map { " of \($0)" } ?? ""
        return (
            worst.deadShare >= parameters["dead"] ? .warning : .info,
            "\(count)\(all) filters of \(worst.name) are dead.",
            Evidence("dead filters of \(worst.name)", Double(count), expected: "0")
        )
    }

    /// The layer with the lowest value below a limit.
    private static func worst(
        _ probe: ProbeEvidence,
        below limit: Double,
        _ value: (ProbeEvidence.Layer) -> Double?
    ) -> (name: String, value: Double)? {
        probe.layers.compactMap { layer in value(layer).map { (name: layer.name, value: $0) } }
            .filter { $0.value < limit }
            .min { $0.value < $1.value }
    }

    private static let examplesOfEffectiveRankLow: [RuleExample] = [
        RuleExample(
            "three weights of a checkpoint are NaN",
            probes: [.example(.trained, layers: [.init(name: "convs.1", effectiveRank: .nan, nonFinite: 3)])],
            expect: .fires(.error)
        ),
        RuleExample(
            "one direction of 64",
            probes: [.example(.trained, layers: [.init(name: "convs.1", effectiveRank: 1 / 64.0)])],
            expect: .fires(.warning)
        ),
        RuleExample(
            "a fifth of what fresh weights have",
            probes: [
                .example(.trained, layers: [.init(name: "c", effectiveRank: 0.15, initialEffectiveRank: 0.75)])
            ],
            expect: .fires(.warning)
        ),
        RuleExample(
            "half the filters dead",
            probes: [.example(.trained, layers: [.init(name: "c", deadFilters: 32, filters: 64)])],
            expect: .fires(.warning)
        ),
        RuleExample(
            "one filter of 1024 dead",
            probes: [.example(.trained, layers: [.init(name: "c", deadFilters: 1, filters: 1024)])],
            expect: .fires(.info)
        ),
        RuleExample(
            "fresh weights",
            probes: [
                .example(layers: [.init(name: "c", effectiveRank: 0.8, initialEffectiveRank: 0.8, deadFilters: 0)])
            ],
            expect: .passes
        ),
        RuleExample("a probe of a description", probes: [.example()], expect: .unmeasured),
        RuleExample("no probe saved", expect: .unmeasured),
    ]
}

extension ProbeEvidence.Layer {
    fileprivate var hasWeights: Bool { effectiveRank != nil || deadFilters != nil || nonFinite != nil }
    /// Effective rank over a fresh layer's.
    fileprivate var rankSinceStart: Double? {
        guard let effectiveRank, let initialEffectiveRank, initialEffectiveRank > 0 else { return nil }
        return effectiveRank / initialEffectiveRank
    }
    /// Dead filters as a share of all; all of them where their number is not known.
    fileprivate var deadShare: Double {
        guard let deadFilters, let filters, filters > 0 else { return (deadFilters ?? 0) > 0 ? 1 : 0 }
        return Double(deadFilters) / Double(filters)
    }
}

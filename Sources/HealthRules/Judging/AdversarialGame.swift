import TrainingMetrics

/// The curves of the game between discriminator and generator, on the scale of the run's blind constants.
struct AdversarialGame {
    /// Constants of the run's loss family.
    let blind: BlindConstants
    /// The family.
    let family: LossFamily
    /// How many sub-discriminators the losses add up; 1 for a mean.
    let terms: Double
    /// The discriminator's loss behind the grace period that follows its start.
    let discriminator: JudgedWindow
    /// Position at which it began to train.
    let start: Int64
    /// The generator's adversarial term, unweighted; `nil` when it was not logged.
    let adversarial: MetricSeries?

    /// Why the game cannot be judged, as the outcome of the rule that asked.
    private struct Unjudgeable: Error {
        let outcome: RuleOutcome
    }

    /// What a judge makes of a run's game, or why it cannot be judged.
    static func judge(_ run: RunView, by judge: (AdversarialGame) -> RuleOutcome) -> RuleOutcome {
        do throws(Unjudgeable) {
            return judge(try AdversarialGame(run))
        } catch {
            return error.outcome
        }
    }

    private init(_ run: RunView) throws(Unjudgeable) {
        guard let curve = run.history.series(.discriminatorLoss) else {
            let hint = "the discriminator's loss, or its terms on real and on decoded audio"
            throw Unjudgeable(outcome: .unmeasured(needs: [.role(.discriminatorLoss, hint)]))
        }
        guard case .since(let start) = DiscriminatorStart(curve, in: run) else {
            throw Unjudgeable(outcome: DiscriminatorStart.need)
        }
        guard let family = run.facts.lossFamily else {
            let known = LossFamily.allCases.map(\.rawValue).joined(separator: ", ")
            throw Unjudgeable(outcome: .unmeasured(needs: [.fact(.lossFamily, "one of \(known)")]))
        }
        guard let blind = run.blind else {
            throw Unjudgeable(
                outcome: .unmeasured(needs: [.fact(.subDiscriminators, "how many sub-discriminators are added up")])
            )
        }
        guard blind.discriminator > 0 else {
            let hint = "mean logits on real and on decoded audio: a critic's loss has no value of its own when blind"
            throw Unjudgeable(
                outcome: .unmeasured(needs: [.role(.discriminatorRealLogit, hint), .role(.discriminatorFakeLogit)])
            )
        }
        self.blind = blind
        self.family = family
        terms = run.facts.summedTerms
        self.start = start
        discriminator = JudgedWindow(curve, in: run, since: start)
        adversarial = Self.adversarialCurve(run)
        guard discriminator.maturity > .none else {
            throw Unjudgeable(outcome: .tooShort(discriminator.shortage(until: 3)))
        }
    }

    /// The generator's adversarial term without its weight. Where no other term of an objective is logged (a plain
    /// GAN), that is the generator's loss itself.
    static func adversarialCurve(_ run: RunView) -> MetricSeries? {
        guard let curve = run.history.series(.adversarialLoss) else {
            let isPlain = !run.history.series.contains { series in
                switch series.role {
                case .reconstructionLoss, .featureMatchingLoss, .vqLoss, .commitmentLoss, .codebookLoss, .klLoss,
                    .otherLoss, .totalLoss:
                    true
                default: false
                }
            }
            return isPlain ? run.history.series(.generatorLoss) : nil
        }
        let isWeighted = run.facts[.loggedTerms]?.value == "weighted"
        guard isWeighted, let weight = run.facts.number(.adversarialWeight), weight > 0, weight != 1 else {
            return curve
        }
        return MetricSeries(
            key: curve.key,
            interpretation: curve.interpretation,
            isDerived: true,
            positions: curve.positions,
            epochs: curve.epochs,
            values: curve.values.map { $0 / weight }[...]
        )
    }

    /// Median of the discriminator's loss in the window.
    var level: Double { RobustStatistics.median(discriminator.values) }
    /// Distance of its outer quartiles there, as a share of the blind constant.
    var spread: Double { RobustStatistics.interquartileRange(discriminator.values) / blind.discriminator }
    /// Whether a loss is at a constant, within the family's tolerance of the blind constant.
    func isAt(_ constant: Double, _ value: Double) -> Bool {
        abs(value - constant) <= blind.tolerance * blind.discriminator
    }

    /// Mean distance of the logits on real and on decoded audio, per sub-discriminator: 2 − L_D for a mean-reduced
    /// hinge loss as long as the logits stay inside the margin; `nil` for other families.
    var logitGap: Double? {
        guard family == .hinge || family == .hingeRelu else { return nil }
        return 2 * (1 - level / blind.discriminator)
    }

    /// How many of the judged losses are more than 5 % below the blind constant.
    var countBelow: Int {
        let limit = 0.95 * blind.discriminator
        var count = 0
        for value in discriminator.judgedValues where value < limit { count += 1 }
        return count
    }

    /// The generator's term over the window of the discriminator, `nil` when it was not logged there.
    var adversarialWindow: MetricSeries? {
        guard let adversarial else { return nil }
        let first = discriminator.series[discriminator.window.lowerBound].position
        let window = adversarial.slice(adversarial.offset(atOrAfter: first)..<adversarial.count)
        return window.isEmpty ? nil : window
    }
}

extension RunFacts {
    /// How many sub-discriminators a logged loss adds up; 1 for a mean and where nothing is known.
    var summedTerms: Double { reduction == .sum ? Double(max(subDiscriminators ?? 1, 1)) : 1 }
}

import TrainingMetrics

extension HealthRule {
    /// ADV011: the discriminator knows the training audio instead of what real audio is like.
    static let discriminatorOverfits = HealthRule(
        RuleDescription(
            id: "ADV011",
            name: "discriminator-overfits",
            group: .adversarial,
            severity: .warning,
            summary: """
                More than half of what the discriminator tells apart on training audio it does not tell apart on held-out \
                audio, and that share has grown during the run.
                """,
            rationale: """
                A discriminator that knows the training recordings by heart rejects everything else, good audio included: \
                it pushes the generator towards copies of the training set, and held-out quality falls while training \
                losses look well.
                """,
            causes: [
                "too little training audio for the size of the discriminator",
                "the discriminator is trained too often or at too high a learning rate for the data",
                "held-out audio is of another kind (speakers, level, bandwidth, sample rate) than the training audio",
            ],
            advice: [
                "augment what both players hear (gain, pitch, mixing), the same for real and for decoded audio",
                "use a smaller discriminator or fewer sub-discriminators, or update it less often",
                "check that training and held-out audio are prepared alike",
                "add a gradient penalty (R1) on real audio",
            ],
            parameters: [
                RuleParameter(
                    "share",
                    0.5,
                    "share of the training advantage that is lost on held-out audio, 0…1",
                    source:
                        "r_v of StyleGAN2-ADA (arXiv 2006.06676), which is 0 without and 1 with complete overfitting"
                ),
                RuleParameter(
                    "growth",
                    0.2,
                    "by how much that share has to exceed its first third",
                    source: "a difference that was there from the beginning is one of the data, not of learning"
                ),
                RuleParameter("evaluations", 6, "held-out values needed", source: "two thirds of three values each"),
            ],
            calibration: """
                No public log of a codec carries the discriminator's numbers on held-out audio for long enough; of the \
                labelled logs only one carries them at all, at chance level. In preview until one is found.
                """,
            references: [
                "Karras et al. 2020, Training Generative Adversarial Networks with Limited Data (arXiv 2006.06676), section 3",
                "kan-bayashi/ParallelWaveGAN logs the discriminator's terms on held-out audio (eval/real_loss)",
            ],
            examples: [
                RuleExample(
                    "held-out real audio is taken for decoded",
                    [
                        (.discriminatorRealLogit, "0.3+0.02x30"), (.discriminatorFakeLogit, "-0.3-0.02x30"),
                        (.discriminatorRealLogit, "validation:@3000+3000: 0.3 0.3 0.25 0.1 0 -0.2 -0.3 -0.4 -0.5 -0.6"),
                    ],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the loss falls on training audio and rises to chance on held-out audio",
                    [
                        (.discriminatorLoss, "3.6-0.07x30"),
                        (.discriminatorLoss, "validation:@3000+3000: 3.6 3.5 3.4 3.4 3.5 3.6 3.7 3.8 3.9 4"),
                    ],
                    facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "both separate alike",
                    [
                        (.discriminatorRealLogit, "0.3+0.02x30"), (.discriminatorFakeLogit, "-0.3-0.02x30"),
                        (.discriminatorRealLogit, "validation:@3000+3000: 0.3+0.05x10"),
                    ],
                    expect: .passes
                ),
                RuleExample(
                    "held-out audio was different from the beginning",
                    [
                        (.discriminatorLoss, "2.4x30"),
                        (.discriminatorLoss, "validation:@3000+3000: 3.6x10"),
                    ],
                    facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
                    expect: .passes
                ),
                RuleExample(
                    "three evaluations",
                    [
                        (.discriminatorRealLogit, "0.5x30"), (.discriminatorFakeLogit, "-0.5x30"),
                        (.discriminatorRealLogit, "validation:@10000+10000: 0.4 0 -0.4"),
                    ],
                    expect: .tooShort
                ),
                RuleExample("training audio only", [(.discriminatorRealLogit, "0.5x30")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        guard let game = HeldOutGame(run) else {
            return .unmeasured(needs: [
                RuleOutcome.Need(
                    name: "discriminator on held-out audio",
                    hint:
                        "the mean logit on held-out real audio beside those of training, or the discriminator's loss there"
                )
            ])
        }
        let needed = Int(parameters["evaluations"])
        guard game.lost.count >= needed else {
            return .tooShort("\(Wording.count(needed - game.lost.count, "more evaluation")) of the discriminator")
        }
        let third = game.lost.count / 3
        let before = RobustStatistics.median(game.lost.prefix(third))
        let now = RobustStatistics.median(game.lost.suffix(third))
        guard now > parameters["share"], now > before + parameters["growth"] else { return .pass }
        let onset = game.lost.lastIndex { $0 <= parameters["share"] }.map { $0 + 1 } ?? 0
        let first = game.offsets[min(onset, game.offsets.count - third)]
        let episode = game.heldOut.episode(from: first, axis: run.history.axis)
        return .findings([
            Finding(
                rule,
                confidence: .low,
                episode: episode,
                message:
                    "\(PlainNumber.percent(min(now, 1))) of what the discriminator tells apart on training audio it does "
                    + "not tell apart on held-out audio \(episode.since(run.history.axis)); it was "
                    + "\(PlainNumber.percent(max(before, 0))) at first.",
                evidence: [
                    Evidence(
                        "share lost on held-out audio (\(game.measure)), last third",
                        100 * now,
                        unit: "%",
                        expected: "below \(PlainNumber.percent(parameters["share"]))"
                    ),
                    Evidence("the same, first third", 100 * before, unit: "%"),
                ],
                curve: FindingCurve(game.heldOut)
            )
        ])
    }
}

/// How much of a discriminator's advantage on training audio is lost on held-out audio, evaluation by evaluation:
/// (train − held out) / (train − nothing learnt).
private struct HeldOutGame {
    /// The numbers on held-out audio.
    let heldOut: MetricSeries
    /// Offsets of those evaluations that training numbers belong to.
    let offsets: [Int]
    /// The share lost at each; 0 where nothing is lost, 1 where nothing is left.
    let lost: [Double]
    /// What was compared.
    let measure: String

    /// By mean logits, where they are logged, else by the loss and its blind constant; `nil` without either.
    init?(_ run: RunView) {
        func logged(_ role: MetricRole, _ split: Split) -> MetricSeries? {
            let found = run.history.all(role).filter {
                $0.split == split && !$0.isEmpty && $0.interpretation.part.isEmpty
            }
            return found.max { $0.count < $1.count }
        }
        for split in [Split.validation, .evaluation] {
            if let heldOut = logged(.discriminatorRealLogit, split), let real = logged(.discriminatorRealLogit, .train),
                let decoded = logged(.discriminatorFakeLogit, .train)
            {
                self.init(heldOut, train: real, nothing: decoded, least: 0.1, measure: "mean logits on real audio")
                return
            }
            if let heldOut = logged(.discriminatorLoss, split), let train = logged(.discriminatorLoss, .train),
                let blind = run.blind?.discriminator, blind > 0
            {
                self.init(heldOut, train: train, constant: blind, least: 0.2 * blind, measure: "discriminator loss")
                return
            }
        }
        return nil
    }

    /// `nothing` is the series, or `constant` the level, of a discriminator that tells nothing apart; where training is
    /// not at least `least` away from it there is no advantage to lose.
    private init(
        _ heldOut: MetricSeries,
        train: MetricSeries,
        nothing: MetricSeries? = nil,
        constant: Double = 0,
        least: Double,
        measure: String
    ) {
        self.heldOut = heldOut
        self.measure = measure
        var offsets: [Int] = []
        var lost: [Double] = []
        var previous = Int64.min
        for offset in 0..<heldOut.count {
            let position = heldOut[offset].position
            func level(_ series: MetricSeries) -> Double {
                let end = series.prefix(through: position).count
                let begin = previous == .min ? 0 : series.prefix(through: previous).count
                return RobustStatistics.median(series.slice(max(begin, end - 200)..<end).values)
            }
            let advantage = level(train) - (nothing.map(level) ?? constant)
            let loss = level(train) - heldOut[offset].value
            if abs(advantage) >= least, (loss / advantage).isFinite {
                offsets.append(offset)
                lost.append(loss / advantage)
            }
            previous = position
        }
        self.offsets = offsets
        self.lost = lost
    }
}

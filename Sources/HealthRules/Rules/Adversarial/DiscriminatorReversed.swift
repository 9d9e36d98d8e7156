import TrainingMetrics

extension HealthRule {
    /// ADV017: what the discriminator is taught and what the generator is told contradict each other.
    static let discriminatorReversed = HealthRule(
        RuleDescription(
            id: "ADV017",
            name: "discriminator-reversed",
            group: .adversarial,
            severity: .error,
            summary: """
                The discriminator's mean logit is lower on real audio than on decoded audio, or its loss on decoded audio \
                and the generator's adversarial loss are together below what any logit allows.
                """,
            rationale: """
                A discriminator that calls real audio decoded drives the generator away from the data, while its own loss \
                looks better and better. The same logit cannot be far below and far above the middle: where both players \
                are content with decoded audio, they are not looking at the same thing.
                """,
            causes: [
                "the labels of real and decoded audio are swapped in the discriminator's step",
                "the sign of one term is wrong: in the discriminator's loss or in the generator's",
                "the discriminator's step gets other tensors than the generator's step",
            ],
            advice: [
                "check the order of the arguments: real audio towards 1, decoded audio towards 0 (or -1)",
                "compute both means on one batch by hand",
                "stop the run: the generator is trained to sound unlike the data",
            ],
            parameters: [
                RuleParameter(
                    "gap",
                    0.05,
                    "logits by which decoded audio must be above real audio",
                    source: "a twentieth of the distance between LSGAN's targets"
                ),
                RuleParameter(
                    "held-out-gap",
                    0.2,
                    "the same on held-out audio, of which there is little",
                    source: "four times the gap on training audio"
                ),
                RuleParameter(
                    "below",
                    0.97,
                    "share of the least possible sum of both losses on decoded audio",
                    source: """
                        identity: x^2 + (1-x)^2 >= 1/2, (1+x)+ + (1-x) >= 2 or 1 with the plain hinge, softplus(x) + softplus(-x) \
                        >= 2 ln 2; the step the discriminator makes between the two enlarges the sum unless it is taught the \
                        contrary. Three runs with swapped labels: 76 to 83 % of the steps below; 18 other faulted runs: 1 % at most
                        """
                ),
                RuleParameter(
                    "share",
                    0.6,
                    "share of the recent steps, 50 or a tenth of all, with a sum below that",
                    source: "between the 76 % and the 1 % of these runs"
                ),
                RuleParameter(
                    "values",
                    20,
                    unit: "values",
                    "values to judge by",
                    source: "a young game may be either way"
                ),
            ],
            references: [
                "per sub-discriminator and position, D's loss on decoded audio plus G's adversarial loss has a least value",
                "Lightning-AI/pytorch-lightning#591",
            ],
            examples: [
                RuleExample(
                    "decoded audio is called real",
                    [(.discriminatorRealLogit, "0.1 0.02x60"), (.discriminatorFakeLogit, "0.2 0.9x60")],
                    every: 100,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "both players are content",
                    [
                        (.discriminatorFakeLoss, "0.9x5 0.6x60"), (.discriminatorRealLoss, "0.9x5 0.6x60"),
                        (.discriminatorLoss, "1.8x5 1.2x60"), (.adversarialLoss, "2x5 0.3x60"),
                    ],
                    facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "4"],
                    every: 100,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a working least-squares game",
                    [
                        (.discriminatorFakeLoss, "1x5 0.6x60"), (.discriminatorRealLoss, "1x5 0.7x60"),
                        (.discriminatorLoss, "2x5 1.3x60"), (.adversarialLoss, "1x5 2.4x60"),
                    ],
                    facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "4"],
                    every: 100,
                    expect: .passes
                ),
                RuleExample(
                    "real above decoded",
                    [(.discriminatorRealLogit, "0.5 0.8x60"), (.discriminatorFakeLogit, "0.5 0.2x60")],
                    every: 100,
                    expect: .passes
                ),
                RuleExample(
                    "a young discriminator wavers",
                    [(.discriminatorRealLogit, "0.1x10"), (.discriminatorFakeLogit, "0.2x10")],
                    every: 100,
                    expect: .tooShort
                ),
                RuleExample("no logits, no terms", [(.discriminatorLoss, "2x40")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let needed = Int(parameters["values"])
        let splits: [Split] = [.train, .validation]
        let curves = splits.compactMap { LogitCurves(run, onlyIn: $0) }
        var longest = 0
        for curve in curves {
            // Held-out audio is judged a few times only, but by more of it.
            let enough = curve.rows.base.split == .validation ? min(needed, 3) : needed
            longest = max(longest, curve.count)
            let gap = parameters[curve.rows.base.split == .validation ? "held-out-gap" : "gap"]
            let isReversed = { (row: Int) in curve.decoded[row] - curve.real[row] > gap }
            guard curve.count >= enough, let onset = curve.onset(last: max(enough, curve.count / 10), where: isReversed)
            else { continue }
            let episode = curve.episode(from: onset, axis: run.history.axis)
            let (real, decoded) = (
                RobustStatistics.median(curve.real[onset...]), RobustStatistics.median(curve.decoded[onset...])
            )
            return .findings([
                Finding(
                    rule,
                    confidence: .high,
                    episode: episode,
                    message:
                        "The discriminator takes decoded audio for real: its mean logit is \(PlainNumber.text(decoded)) on "
                        + "decoded and \(PlainNumber.text(real)) on real audio, \(episode.since(run.history.axis)).",
                    evidence: [
                        Evidence("mean logit on real minus on decoded audio", real - decoded, expected: "above 0")
                    ],
                    curve: FindingCurve(curve.rows.base, lower: decoded)
                )
            ])
        }
        if let contradiction = Contradiction(run) {
            longest = max(longest, contradiction.sums.count)
            if contradiction.sums.count >= needed, let finding = finding(of: contradiction, run, parameters, rule) {
                return .findings([finding])
            }
        } else if curves.isEmpty {
            return .unmeasured(needs: [
                .role(.discriminatorRealLogit, "mean logits on real and on decoded audio")
            ])
        }
        return longest >= needed ? .pass : .tooShort("\(needed - longest) more values")
    }

    /// D's loss on decoded audio plus G's adversarial loss, beside the least value any logits allow.
    private struct Contradiction {
        let rows: AlignedSamples
        let sums: [Double]
        let least: Double

        init?(_ run: RunView) {
            guard let family = run.facts.lossFamily, let loss = run.history.series(.discriminatorLoss),
                case .since(let start) = DiscriminatorStart(loss, in: run),
                let decoded = run.history.series(.discriminatorFakeLoss, onlyIn: .train),
                let adversarial = AdversarialGame.adversarialCurve(run), adversarial.split == .train,
                run.blind != nil
            else { return nil }
            let perDiscriminator: Double
            switch family {
            case .hinge: perDiscriminator = 1
            case .hingeRelu: perDiscriminator = 2
            case .lsgan: perDiscriminator = 0.5
            case .bce: perDiscriminator = 2 * 0.693147
            case .relativisticLSGAN, .relativisticHinge, .wgan: return nil
            }
            let terms = run.facts.summedTerms
            let scale = run.facts.isDiscriminatorLossHalved ? 2.0 : 1
            let late = JudgedWindow(decoded, in: run, since: start)
            rows = AlignedSamples(decoded.slice(late.judged), [adversarial])
            guard rows.count > 0 else { return nil }
            sums = zip(rows.baseValues, rows.columns[0]).map { scale * $0 + $1 }
            least = perDiscriminator * terms
        }
    }

    private static func finding(
        of contradiction: Contradiction,
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        let limit = parameters["below"] * contradiction.least
        let share = parameters["share"]
        let recent = contradiction.sums.suffix(max(50, contradiction.sums.count / 10))
        guard Double(recent.count { $0 < limit }) >= share * Double(recent.count) else { return nil }
        // The earliest step from which so many are below.
        var (first, below) = (contradiction.sums.count - 1, 0)
        for index in contradiction.sums.indices.reversed() where contradiction.sums[index] < limit {
            below += 1
            if Double(below) >= share * Double(contradiction.sums.count - index) { first = index }
        }
        let level = RobustStatistics.median(recent)
        let episode = contradiction.rows.base.episode(from: contradiction.rows.offsets[first], axis: run.history.axis)
        return Finding(
            rule,
            confidence: .high,
            episode: episode,
            message:
                "Both players are content with decoded audio: the discriminator's loss on it and the generator's "
                + "adversarial loss add up to \(PlainNumber.text(level)), where any logit gives at least "
                + "\(PlainNumber.text(contradiction.least)), \(episode.since(run.history.axis)).",
            evidence: [
                Evidence(
                    "discriminator's loss on decoded audio plus the generator's adversarial loss",
                    level,
                    expected: "at least \(PlainNumber.text(contradiction.least))"
                )
            ],
            curve: FindingCurve(contradiction.rows.base)
        )
    }
}

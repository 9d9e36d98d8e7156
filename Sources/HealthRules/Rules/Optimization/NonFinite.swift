import TrainingMetrics

extension HealthRule {
    /// A logged number is NaN or infinite.
    static let nonFinite = HealthRule(
        RuleDescription(
            id: "OPT001",
            name: "non-finite",
            group: .optimization,
            severity: .error,
            summary: "A metric is NaN or infinite. Names the first one, and what spiked in the 50 values before.",
            rationale: """
                A NaN that reaches the weights never leaves them: everything after it is lost time. The first metric to \
                turn tells where it came from; by the time the totals are NaN that trace is gone.
                """,
            causes: [
                "overflow of half precision, most often in spectral losses or the discriminator",
                "a learning rate that is too high, or gradients that are not clipped",
                "the logarithm or the division of a zero (silent batch, empty mask)",
                "a broken file in the training audio",
            ],
            advice: [
                "go back to the last checkpoint before the first non-finite value",
                "compute STFT, mel and discriminator losses in float32 (or use bfloat16)",
                "clip gradients and divide the learning rate by 3 to 10",
                "add an epsilon inside every logarithm, division and norm",
                "skip and report batches whose loss is not finite",
            ],
            parameters: [
                RuleParameter(
                    "look-back",
                    50,
                    unit: "values",
                    "values before it in which a spike is looked for",
                    source: "jik876/hifi-gan#143: the spike came two records before the NaN"
                ),
                RuleParameter(
                    "spike",
                    10,
                    "multiple of its level that counts as a spike",
                    source: "the same as loss-spike"
                ),
            ],
            references: [
                "jik876/hifi-gan#143 (a spike, then NaN in one column only)",
                "Stability-AI/stable-audio-tools#144 (cured by a tenth of the learning rate)",
                "BerkeleyHCI/umlaut, SageMaker Debugger ExplodingTensor",
            ],
            examples: [
                RuleExample(
                    "a spike, then NaN",
                    [(.generatorLoss, "90 120 100 95 4e7 130 nanx4")],
                    every: 5,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "an infinitely bad SNR",
                    [(.snr, "-infx3 -1"), (.totalLoss, "2 1.1 0.9 0.7")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "held-out loss only",
                    [(.totalLoss, "3-0.1x9"), (.totalLoss, "validation: 3 2.5 nan 2.2")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "mixed precision skips a step now and then",
                    [(.gradientNorm(.generator), "2 inf 3 2.5x20 inf 2x20"), (.totalLoss, "3-0.01x45")],
                    expect: .fires(.info)
                ),
                RuleExample(
                    "a placeholder until the discriminator starts",
                    [(.discriminatorLoss, "nanx5 2 1.8x10"), (.generatorLoss, "4-0.1x16")],
                    expect: .fires(.info)
                ),
                RuleExample(
                    "something nobody knows",
                    [(.unknown, "1 nan 1"), (.totalLoss, "3 2 1")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a held-out loss measured every fifth row",
                    [
                        (.totalLoss, "3-0.01x30"),
                        (.reconstructionLoss(.mel), "nanx4 2 nanx4 1.9 nanx4 1.8 nanx4 1.7 nanx4 1.6"),
                    ],
                    expect: .passes
                ),
                RuleExample("finite", [(.totalLoss, "3-0.1x9"), (.snr, "-3+1x9")], expect: .passes),
                RuleExample("huge is not infinite", [(.totalLoss, "1.4e5x9")], expect: .passes),
                RuleExample("a counter", [(.progress, "1 nan 3"), (.totalLoss, "3 2 1")], expect: .passes),
            ]
        )
    ) { run, parameters, rule in
        let logged = run.history.series.filter {
            !$0.isDerived && $0.role != .progress && !$0.isEmpty && !isBestSoFar($0) && !isSparse($0)
        }
        guard !logged.isEmpty else { return .unmeasured(needs: [.role(.totalLoss, "any loss")]) }
        let mainLossesAreFinite = logged.allSatisfy { !isMainLoss($0) || $0.values.allSatisfy(\.isFinite) }
        let found = logged.compactMap { series -> Occurrence? in
            guard let index = series.values.firstIndex(where: { !$0.isFinite }) else { return nil }
            return Occurrence(
                series,
                offset: index - series.values.startIndex,
                mainLossesAreFinite: mainLossesAreFinite
            )
        }
        guard let severity = found.map(\.severity).max() else { return .pass }
        let grave = found.filter { $0.severity == severity }
        // Of metrics that turned at once a part says more than the whole it spoiled.
        let order = { (item: Occurrence) in
            let isTraining = item.series.split == .train
            return (item.position, item.series.role.isLoss ? 0 : 1, isTraining ? 0 : 1, isMainLoss(item.series) ? 1 : 0)
        }
        guard let first = grave.min(by: { order($0) < order($1) }) else { return .pass }

        let axis = run.history.axis
        let value = first.series[first.offset].value
        var message =
            "\(first.series.name) is \(PlainNumber.text(value)) "
            + (first.isLasting
                ? "from \(Wording.place(first.series, first.offset, on: axis)) on"
                : first.count > 1
                    ? "at \(first.count) values from \(Wording.place(first.series, first.offset, on: axis)) on"
                    : "at \(Wording.place(first.series, first.offset, on: axis))")
        var evidence = [
            Evidence("non-finite values of \(first.series.name)", Double(first.count), expected: "none")
        ]
        if let spike = spike(before: first.position, in: logged, parameters) {
            message +=
                ", after \(spike.series.name) spiked to \(PlainNumber.text(spike.value)) "
                + "(\(PlainNumber.text(spike.ratio)) times its level) at \(Wording.place(spike.series, spike.offset, on: axis))"
            evidence.append(
                Evidence("\(spike.series.name) before it, over its level", spike.ratio, expected: "below 10")
            )
        }
        if grave.count > 1 {
            message += "; \(grave.count) metrics are affected"
            evidence.append(Evidence("metrics affected", Double(grave.count), expected: "none"))
        }
        if first.isPlaceholder { message += "; it looks like a placeholder for what is not computed yet" }
        if first.isSkippedStep { message += "; mixed precision skips such steps" }
        let broken = brokenInput(run, through: first.position)
        if let broken { message += "; \(broken) of the training batch is not finite either" }
        let isOngoing = grave.contains { $0.isLasting }
        var episode = first.series.episode(from: first.offset, through: first.lastOffset, axis: axis)
        episode.isOngoing = isOngoing
        return .findings([
            Finding(
                rule,
                severity: severity,
                confidence: isOngoing && first.series.split == .train || first.count >= 3 ? .high : .medium,
                episode: episode,
                message: message + ".",
                evidence: evidence,
                curve: FindingCurve(first.series),
                causes: causes(of: first, broken, rule)
            )
        ])
    }

    private static func causes(of first: Occurrence, _ broken: String?, _ rule: RuleDescription) -> [String] {
        if broken != nil {
            return [
                "a batch of the training data holds NaN or infinite samples (a broken file, a division by the level "
                    + "of silence)"
            ] + rule.causes.map(\.text)
        }
        guard first.series.role == .snr, first.severity == .warning else { return [] }
        return [
            "the error is infinitely larger than the reference: the reference is silent (padding, an empty clip), or the "
                + "output was huge"
        ]
    }

    /// A measure of the training input that was not finite by then, `nil` where the input was sound or not measured.
    private static func brokenInput(_ run: RunView, through position: Int64) -> String? {
        let roles: [MetricRole] = [.inputLevel, .inputPeak, .inputMean]
        for role in roles {
            guard let series = run.history.series(role, onlyIn: .train) else { continue }
            if series.prefix(through: position).values.contains(where: { !$0.isFinite }) { return series.name }
        }
        return nil
    }

    /// A best value so far begins at infinity.
    private static func isBestSoFar(_ series: MetricSeries) -> Bool {
        let name = series.name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return name.hasPrefix("best") && series.values.first?.isInfinite == true
            && series.values.drop { $0.isInfinite }.allSatisfy(\.isFinite)
    }

    /// Whether NaN stands for rows at which the metric is not measured: finite values come at equal distances to the end.
    private static func isSparse(_ series: MetricSeries) -> Bool {
        guard !series.values.contains(where: \.isInfinite) else { return false }
        let finite = series.values.indices.filter { series.values[$0].isFinite }
        guard finite.count >= 3, 2 * finite.count <= series.count, let last = finite.last else { return false }
        let gaps = zip(finite, finite.dropFirst()).map { $1 - $0 }.sorted()
        let usual = gaps[gaps.count / 2]
        guard usual >= 2, series.values.endIndex - last <= usual + 1 else { return false }
        return 10 * gaps.count { abs($0 - usual) <= 1 } >= 8 * gaps.count
    }

    /// Totals and reconstruction: what is optimised as long as there is training at all.
    private static func isMainLoss(_ series: MetricSeries) -> Bool {
        switch series.role {
        case .totalLoss, .generatorLoss, .reconstructionLoss: true
        default: false
        }
    }

    /// The first non-finite value of a metric, and what to make of it.
    private struct Occurrence {
        let series: MetricSeries
        let offset: Int
        let lastOffset: Int
        let count: Int
        let isLasting: Bool
        let isPlaceholder: Bool
        let isSkippedStep: Bool
        let severity: Severity

        var position: Int64 { series[offset].position }

        init(_ series: MetricSeries, offset: Int, mainLossesAreFinite: Bool) {
            self.series = series
            self.offset = offset
            let rest = series.values.dropFirst(offset)
            count = rest.count { !$0.isFinite }
            lastOffset = (rest.lastIndex { !$0.isFinite } ?? rest.startIndex) - series.values.startIndex
            isLasting = !(series.values.last ?? 0).isFinite
            let isRare = Double(count) <= max(2, 0.1 * Double(series.count))
            switch series.role {
            case .gradientNorm, .gradientScale:
                // A gradient scaler tries a scale, overflows, skips the step and lowers it.
                isSkippedStep = mainLossesAreFinite && !isLasting && isRare
                isPlaceholder = false
                severity = isSkippedStep ? .info : mainLossesAreFinite ? .warning : .error
            case .delay, .siSDRAligned, .siSDR, .correlation, .amplitudeRatio:
                // Of a constant output or silent input these are not defined; that alone is no overflow.
                isSkippedStep = false
                isPlaceholder = false
                let isUndefined = mainLossesAreFinite && !rest.contains { $0.isInfinite }
                severity = isUndefined ? .info : .error
            case .unknown, .qualityScore:
                isSkippedStep = false
                isPlaceholder = false
                severity = .warning
            case .snr:
                // The logarithm of a silent reference or a huge error, while the losses are numbers: a score, no overflow.
                isSkippedStep = false
                isPlaceholder = false
                severity = mainLossesAreFinite && !isLasting ? .warning : .error
            case .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss, .adversarialLoss,
                .featureMatchingLoss, .discriminatorRealAccuracy, .discriminatorFakeAccuracy,
                .discriminatorRealLogit, .discriminatorFakeLogit:
                // The mean of nothing is NaN: what trainers print until the discriminator starts.
                isSkippedStep = false
                isPlaceholder =
                    offset == 0 && mainLossesAreFinite && series.values.first?.isNaN == true
                    && series.values.drop { $0.isNaN }.allSatisfy(\.isFinite)
                severity = !isPlaceholder ? .error : isLasting ? .warning : .info
            default:
                isSkippedStep = false
                isPlaceholder = false
                severity = .error
            }
        }
    }

    /// The loss that rose most above its level in the values before a position.
    private static func spike(
        before position: Int64,
        in logged: [MetricSeries],
        _ parameters: RuleParameters
    ) -> (series: MetricSeries, offset: Int, value: Double, ratio: Double)? {
        var worst: (series: MetricSeries, offset: Int, value: Double, ratio: Double)?
        for series in logged where series.role.isLoss {
            let end = series.offset(atOrAfter: position)
            let start = max(0, end - Int(parameters["look-back"]))
            guard end - start >= 3 else { continue }
            let level = RobustStatistics.median(series.slice(start..<end).values.lazy.map { abs($0) })
            guard level > 0 else { continue }
            for offset in start..<end {
                let value = series[offset].value
                let ratio = abs(value) / level
                if value.isFinite, ratio >= parameters["spike"], ratio > worst?.ratio ?? 0 {
                    worst = (series, offset, value, ratio)
                }
            }
        }
        return worst
    }
}

import TrainingMetrics

/// What the rest of the log says about a discriminator whose loss sits at a constant: signs that nothing is learnt, and
/// signs that the game works all the same (a very good generator brings the loss to the same constant).
struct LearningSigns {
    /// Signs that nothing is learnt.
    private(set) var against: [Evidence] = []
    /// Signs that the game works.
    private(set) var inFavour: [Evidence] = []

    /// Reads the signs of a run whose discriminator is at a constant, from `position` on where a trend is asked for.
    /// A flat reconstruction counts only where it may: a converged codec is flat too.
    init(_ run: RunView, since position: Int64, countingFlatReconstruction: Bool) {
        var isAlive = false
        if let level = FeatureMatchingLevel(run) {
            let evidence = Evidence("feature matching, median", level.level)
            switch level.verdict(isBlind: true) {
            case .tiny: against.append(evidence)
            case .alive:
                isAlive = true
                inFavour.append(evidence)
            case .unknown: break
            }
        }
        readSignal(run)
        guard let trend = ReconstructionTrend(run, since: position) else { return }
        let evidence = Evidence(
            "change of \(trend.series.name)",
            100 * trend.change,
            unit: "%",
            expected: "falling"
        )
        if trend.isImproving {
            inFavour.append(evidence)
        } else if countingFlatReconstruction, !isAlive {
            against.append(evidence)
        }
    }

    /// SNR no better than silence, or an output that has nothing to do with the input. A vocoder has no phase target,
    /// so neither says anything about it.
    private mutating func readSignal(_ run: RunView) {
        guard run.facts[.modelKind]?.value != "vocoder" else { return }
        func recent(_ role: MetricRole) -> Double? {
            guard let series = run.history.series(role, split: .validation) else { return nil }
            let median = RobustStatistics.median(series.values.suffix(3))
            return median.isFinite ? median : nil
        }
        if let snr = recent(.snr), snr <= 0 {
            against.append(Evidence("SNR, last values", snr, unit: "dB", expected: "above 0 dB"))
        }
        if let correlation = recent(.correlation), abs(correlation) < 0.2 {
            against.append(Evidence("correlation of input and output", correlation, expected: "towards 1"))
        }
    }

    /// How bad a discriminator at a constant is, and how sure: a hint from one or two points; an error where a second
    /// sign agrees; a warning where something speaks for the game; an error too where nothing does for long.
    func judge(_ window: JudgedWindow, isLong: Bool) -> (severity: Severity, confidence: Confidence) {
        guard window.maturity > .hint else { return (.warning, .low) }
        if !against.isEmpty { return (.error, window.maturity == .plenty ? .high : .medium) }
        if !inFavour.isEmpty { return (.warning, .medium) }
        return (isLong ? .error : .warning, .medium)
    }
}

extension AdversarialGame {
    /// Whether the judged stretch is long for a network that should have learnt something: three epoch means, or four
    /// grace periods of steps beyond the first.
    var isLong: Bool {
        let window = discriminator
        if window.isEpochMean { return window.maturity == .plenty }
        guard let first = window.series.positions.first, let last = window.series.positions.last else { return false }
        let patience = window.axis == .step ? 4 * (window.graceEnd - start) : 49
        return window.maturity == .plenty && last - max(first, window.graceEnd) >= patience
    }

    /// The discriminator's curve with the healthy band below its constant.
    var curve: FindingCurve { FindingCurve(discriminator.series, lower: 0, upper: 0.95 * blind.discriminator) }

    /// Evidence every finding about the level of the discriminator's loss begins with.
    var levelEvidence: [Evidence] {
        let limit = PlainNumber.text(0.95 * blind.discriminator)
        let label = "discriminator loss, median of the last \(discriminator.window.count)"
        var evidence = [Evidence(label, level, expected: "below \(limit)")]
        if let logitGap {
            let text = "mean logit on real minus on decoded audio"
            evidence.append(Evidence(text, logitGap, expected: "above 0.1"))
        }
        return evidence
    }

    /// `a hinge loss`, `an LSGAN loss`: the family in a sentence.
    var familyName: String {
        switch family {
        case .hinge, .hingeRelu: "a hinge loss"
        case .lsgan: "an LSGAN loss"
        case .bce: "a cross-entropy loss"
        case .relativisticLSGAN: "a relativistic LSGAN loss"
        case .relativisticHinge: "a relativistic hinge loss"
        case .wgan: "a Wasserstein loss"
        }
    }
}

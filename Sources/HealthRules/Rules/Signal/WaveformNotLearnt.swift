import TrainingMetrics

extension HealthRule {
    /// SIG015: the waveform term stays at the level of an untrained codec while other terms fall.
    static let waveformNotLearnt = HealthRule(
        RuleDescription(
            id: "SIG015",
            name: "waveform-not-learnt",
            group: .signal,
            severity: .error,
            summary: """
                Every waveform distance in the objective is still at the level it had in the first steps, although it has a \
                fifth of the objective or more and the total has fallen.
                """,
            rationale: """
                The distance of an untrained codec is about that of silence. A codec that transmits anything of this input goes \
                below it at once. Where only spectral terms fall, the decoder learns what speech sounds like on average, and \
                nothing about what was said.
                """,
            causes: [
                "no information passes the bottleneck: collapsed or unused codes, a latent that is nearly constant",
                "input and target are not the same audio, or are shifted against each other",
                "spectral terms pull against the waveform and are stronger where it counts",
                "the waveform term is detached, or computed on another tensor than the output",
            ],
            advice: [
                "log the perplexity of every codebook and the correlation of output and input",
                "train with the quantiser bypassed: if the waveform distance falls at once, the quantiser is the reason",
                "overfit one batch with the waveform term alone",
            ],
            parameters: [
                RuleParameter(
                    "improvement",
                    0.05,
                    "share of the first level by which the best block must be below it",
                    source: "healthy codecs halve it; a decoder of silence stays within 1 %"
                ),
                RuleParameter(
                    "share",
                    0.2,
                    "least share of the objective",
                    source: "a term that is worth less may be there to be watched"
                ),
                RuleParameter(
                    "fall",
                    0.1,
                    "share by which the total must have fallen: something is being learnt",
                    source: "a run that learns nothing at all is another rule's case"
                ),
                RuleParameter(
                    "values",
                    100,
                    "values needed, or 10 where each is an epoch",
                    source: "fewer show no trend"
                ),
                RuleParameter("steps", 1000, unit: "steps", "steps needed", source: "the grace of a young network"),
            ],
            calibration: """
                The labelled log encodec-breath-freqloss: L1 and L2 stay at 0.80 and 1.0 over 1900 steps while the total falls by \
                16 %. In every healthy labelled log with a waveform term it falls by more than a tenth.
                """,
            references: [
                "identity: the distance of silence is the mean size (L1) or power (L2) of the input",
                "bigpon/AudioDec#40 (mel and adversarial losses leave time free)",
            ],
            examples: [
                RuleExample(
                    "only the spectral term is learnt",
                    [
                        (.reconstructionLoss(.waveform), "1x120"), (.reconstructionLoss(.stft), "0.8-0.005x120"),
                        (.totalLoss, "1.8-0.005x120"),
                    ],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "both are learnt",
                    [
                        (.reconstructionLoss(.waveform), "1-0.005x120"), (.reconstructionLoss(.stft), "0.8-0.005x120"),
                        (.totalLoss, "1.8-0.01x120"),
                    ],
                    every: 10,
                    expect: .passes
                ),
                RuleExample(
                    "fine-tuning: it begins where it ends",
                    [(.reconstructionLoss(.waveform), "0.02x120"), (.totalLoss, "1.01-0.0001x120")],
                    every: 10,
                    expect: .passes
                ),
                RuleExample(
                    "a waveform distance that is only watched",
                    [(.reconstructionLoss(.waveform), "0.05x120"), (.totalLoss, "40-0.2x120")],
                    every: 10,
                    expect: .passes
                ),
                RuleExample(
                    "early",
                    [(.reconstructionLoss(.waveform), "1x20"), (.totalLoss, "2-0.02x20")],
                    every: 10,
                    expect: .tooShort
                ),
                RuleExample("not logged", [(.totalLoss, "2-0.02x20")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let waveform = run.history.all(.reconstructionLoss(.waveform)).filter { $0.split == .train && !$0.isEmpty }
        guard let leading = waveform.first else {
            return .unmeasured(needs: [.role(.reconstructionLoss(.waveform), "a waveform distance (L1 or L2)")])
        }
        guard let total = run.history.series(.totalLoss, onlyIn: .train) ?? run.history.series(.generatorLoss) else {
            return .unmeasured(needs: [.role(.totalLoss, "what the generator minimises, as a whole")])
        }
        let isEpochMean = JudgedWindow(leading, in: run).isEpochMean
        let needed = Int(parameters["values"]) / (isEpochMean ? 10 : 1)
        guard leading.count >= needed, total.count >= 10 else {
            return .tooShort("\(max(1, needed - leading.count)) more values")
        }
        let span = leading[leading.count - 1].position - leading[0].position
        if run.history.axis == .step, Double(span) < parameters["steps"] {
            return .tooShort("\(Int(parameters["steps"]) - Int(span)) more steps")
        }
        if run.hasNoPhaseTarget || run.facts.number(.waveformWeight) == 0 || !beginsAtTheBeginning(leading) {
            return .pass
        }

        let levels = waveform.map { Level($0) }
        let whole = Level(total)
        let weight = run.facts[.loggedTerms]?.value == "weighted" ? 1 : run.facts.number(.waveformWeight) ?? 1
        let share = weight * levels.reduce(0) { $0 + $1.last } / whole.last
        guard share >= parameters["share"], share <= 1.05, whole.first > 0,
            whole.last < (1 - parameters["fall"]) * whole.first,
            levels.allSatisfy({ $0.first > 0 && $0.best > (1 - parameters["improvement"]) * $0.first })
        else { return .pass }
        let episode = leading.episode(from: 0, axis: run.history.axis)
        let stuck = zip(waveform, levels).map { "\($0.name) \(PlainNumber.text($1.last))" }
        return .findings([
            Finding(
                rule,
                confidence: .medium,
                episode: episode,
                message:
                    "The waveform is not learnt: \(Wording.list(stuck)) "
                    + (stuck.count == 1 ? "is" : "are")
                    + " where an untrained codec begins, while \(total.name) fell by "
                    + "\(PlainNumber.percent(1 - whole.last / whole.first)).",
                evidence: zip(waveform, levels).flatMap { series, level in
                    [
                        Evidence("\(series.name), first values", level.first),
                        Evidence(
                            "\(series.name), best level since",
                            level.best,
                            expected: "below \(PlainNumber.text(level.first / 2))"
                        ),
                    ]
                } + [Evidence("share of the objective", 100 * share, unit: "%")],
                curve: FindingCurve(leading, upper: 0.95 * levels[0].first)
            )
        ])
    }

    /// Whether a log begins with the run: in its first epoch, or within its first twentieth.
    private static func beginsAtTheBeginning(_ series: MetricSeries) -> Bool {
        let (first, last) = (series[0].position, series[series.count - 1].position)
        return (series[0].epoch.map { $0 <= 1 } ?? false) || first * 20 <= last
    }

    /// A curve's beginning, its best block and its end.
    private struct Level {
        let first: Double
        let best: Double
        let last: Double

        init(_ series: MetricSeries) {
            let medians = BlockCurve(series, blocks: 20).medians.filter(\.isFinite)
            first = RobustStatistics.median(series.values.prefix(max(3, series.count / 100)))
            best = medians.min() ?? .nan
            last = medians.last ?? .nan
        }
    }
}

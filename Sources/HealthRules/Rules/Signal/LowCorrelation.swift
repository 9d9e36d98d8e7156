import Foundation
import TrainingMetrics

extension HealthRule {
    /// The output has nothing to do with the input, or is its negative.
    static let lowCorrelation = HealthRule(
        RuleDescription(
            id: "SIG004",
            name: "low-correlation",
            group: .signal,
            severity: .error,
            summary: """
                The waveform correlation of output and input is near 0 (nothing is transmitted), clearly negative \
                (polarity inverted) or weak. Where it is not logged it follows from SNR and amplitude ratio.
                """,
            rationale: """
                Near 0 the decoder invents its output: losses can still fall, because loudness and spectrum in the mean \
                can be right without any information about this input. Spectral losses and SI-SDR cannot see an inverted \
                waveform at all.
                """,
            causes: [
                """
                codebook collapse: every frame gets the same codes, often because the codes start far from the latents \
                and are never reset
                """,
                "the reconstruction term has next to no share of the objective",
                "output and input are shifted against each other by a few samples (delay, padding)",
                "the generator does not learn: frozen, detached, or not in the optimiser",
            ],
            advice: [
                "log the perplexity of every codebook on 10 000 frames or more: 2 or below proves collapse",
                "decode with the quantiser bypassed: if the correlation rises, the quantiser is the reason",
                "cross-correlate input and output over 1000 samples either way: a peak away from lag 0 is a delay",
                """
                overfit a single batch with the reconstruction loss alone: a correlation that stays at 0 means the \
                generator is not trained
                """,
            ],
            parameters: [
                RuleParameter(
                    "uncorrelated",
                    0.1,
                    "absolute correlation below which nothing is transmitted",
                    source: "SNR and amplitude logged to two decimals resolve about 0.02; 0.1 leaves room for noise"
                ),
                RuleParameter(
                    "inverted",
                    -0.15,
                    "correlation below which the polarity is inverted",
                    source: "beyond what chance gives over a second of audio; the inverted labelled log is below -0.37"
                ),
                RuleParameter(
                    "weak",
                    0.5,
                    "correlation below which a warning is due",
                    source: "identity: below 0.5 an output of the right loudness has a negative SNR"
                ),
                RuleParameter(
                    "warm-up",
                    5000,
                    unit: "steps",
                    "steps left out; on the epoch axis the first epoch",
                    source: "the same as snr-negative"
                ),
            ],
            calibration:
                "Healthy labelled logs with a waveform correlation stay above 0.8; the inverted one is below -0.37.",
            references: [
                "r = (1 + g^2 - 10^(-SNR/10)) / (2g); SI-SDR = 10 log10(r^2 / (1 - r^2))",
                "yangdongchao/RSTnet#2 (one code used: nothing is transmitted)",
                "descriptinc/descript-audio-codec#44, bigpon/AudioDec#40 (delay ruins waveform scores)",
            ],
            examples: [
                RuleExample(
                    "uncorrelated at both evaluations",
                    [(.correlation, "@5,10: -0.01 -0.03")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "losses fall, nothing is transmitted",
                    [(.correlation, "@5,10: -0.002 0.013"), (.totalLoss, "5.1 4.9 4.6 4.3 4 3.9 3.8 3.6 3.5 3.4")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "inverted while SI-SDR looks fine",
                    [(.correlation, "-0.4 -0.5 -0.35 -0.6 -0.7 -0.8x12"), (.siSDR, "-1+0.2x17")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "one late evaluation is a hint",
                    [(.correlation, "@4: 0.01")],
                    every: 1,
                    axis: .epoch,
                    expect: .fires(.warning)
                ),
                RuleExample("weak", [(.correlation, "0.2 0.3 0.35x14")], expect: .fires(.warning)),
                RuleExample(
                    "SI-SDR alone is a hint",
                    [(.siSDR, "-24 -25x14")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a vocoder has no phase target",
                    [(.correlation, "0.02x14"), (.reconstructionLoss(.mel), "0.3x14")],
                    expect: .fires(.info)
                ),
                RuleExample("healthy", [(.correlation, "0.3 0.6 0.8 0.85x12")], expect: .passes),
                RuleExample(
                    "uncorrelated at first, then learned",
                    [(.correlation, "0.01x8 0.1+0.1x8 0.88x6")],
                    expect: .passes
                ),
                RuleExample("only the first steps", [(.correlation, "0.01 0.02")], expect: .tooShort),
                RuleExample("neither correlation nor SI-SDR", [(.snr, "2x10")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let isMeasured = run.history.series(.correlation) != nil
        let role: MetricRole = isMeasured ? .correlation : .siSDR
        guard let window = SignalWindow(role, in: run, warmUp: parameters["warm-up"]) else {
            return .unmeasured(needs: [
                .role(.correlation, "the waveform SNR in dB and the amplitude ratio (their pair gives the correlation)")
            ])
        }
        guard !window.recent.isEmpty else { return .tooShort(window.shortage) }
        // SI-SDR knows the size of the correlation, not its sign.
        let correlation = { (value: Double) in isMeasured ? value : absoluteCorrelation(siSDR: value) }

        let states: [(TransmissionState, (Double) -> Bool)] = [
            (.uncorrelated, { abs(correlation($0)) < parameters["uncorrelated"] }),
            (.inverted, { correlation($0) < parameters["inverted"] }),
            (.weak, { correlation($0) < parameters["weak"] }),
        ]
        guard let (state, condition) = states.first(where: { window.holds($0.1) }) else { return .pass }

        var severity: Severity = state == .weak || !isMeasured || !window.isSustained ? .warning : .error
        if run.hasNoPhaseTarget { severity = .info }
        let onset = window.onset(condition)
        let level = RobustStatistics.median(window.values.map(correlation))
        let place = window.places(from: onset)
        let number = Wording.correlation(level)
        let message =
            switch state {
            case .uncorrelated:
                "The output is uncorrelated with the input (correlation \(number) at \(place)): no information passes "
                    + "the bottleneck."
            case .inverted:
                "The output is the input turned upside down (correlation \(number) at \(place)): its polarity is "
                    + "inverted, which spectral and SI-SDR losses cannot see."
            case .weak:
                "The output follows the input only weakly (correlation \(number) at \(place))."
            }
        var evidence = [
            Evidence(
                window.series.isDerived ? "correlation solved from SNR and amplitude" : "waveform correlation",
                level,
                expected: "above \(PlainNumber.text(parameters["weak"]))"
            )
        ]
        let account = state == .inverted ? invertedAccount(run) : bottleneckAccount(run)
        evidence += account.evidence
        return .findings([
            Finding(
                rule,
                severity: severity,
                confidence: isMeasured ? window.confidence : .low,
                episode: window.series.episode(from: onset, axis: window.axis),
                message: message,
                evidence: evidence,
                curve: FindingCurve(window.series, lower: isMeasured ? parameters["weak"] : nil),
                causes: account.causes,
                advice: account.advice
            )
        ])
    }

    private enum TransmissionState { case uncorrelated, inverted, weak }

    private static func absoluteCorrelation(siSDR: Double) -> Double {
        let power = pow(10, siSDR / 10)
        return power.isInfinite ? 1 : (power / (1 + power)).squareRoot()
    }

    /// A loss that sees the sign of the waveform does not let the decoder settle on the wrong one.
    private static func invertedAccount(
        _ run: RunView
    ) -> (causes: [String], advice: [String], evidence: [Evidence]) {
        let unseen = "no loss of this run sees the sign of the waveform, and the decoder settled on the wrong one"
        let turned = "a sign is turned between encoder input and loss (data loading, output layer, metric)"
        let addition =
            "add a waveform L1 or complex STFT loss from the first step; multiplying the output by -1 repairs this checkpoint"
        let comparison = "check that training and evaluation read the same audio, and neither negates it"
        guard let weight = run.facts.number(.waveformWeight), weight > 0 else {
            return ([unseen, turned], [addition, comparison], [])
        }
        return ([turned], [comparison], [Evidence("weight of the waveform loss, which sees the sign", weight)])
    }

    /// Causes in the order this log supports them, with the one measurement that would decide.
    private static func bottleneckAccount(
        _ run: RunView
    ) -> (causes: [String], advice: [String], evidence: [Evidence]) {
        var causes: [String] = []
        var doubtful: [String] = []
        var advice: [String] = []
        var evidence: [Evidence] = []

        let perplexities = run.history.all(.perplexity).compactMap(\.values.last).filter(\.isFinite)
        let collapse = "codebook collapse: every frame gets the same codes, often dead codes from a bad initialisation"
        if let least = perplexities.min(), let most = perplexities.max() {
            evidence.append(Evidence("smallest codebook perplexity", least, expected: "far above 2"))
            if most <= 4 { causes.append(collapse + " (perplexity \(PlainNumber.text(most)))") }
        } else {
            causes.append(collapse)
            advice.append(
                "log the perplexity of every codebook: 2 or below proves collapse, far above 2 excludes it and decides "
                    + "between the causes listed"
            )
        }
        let share = run.history.series(.lossShare(.reconstruction))
        if let level = share?.values.last, level.isFinite {
            evidence.append(Evidence("share of the reconstruction in the objective", 100 * level, unit: "%"))
            if level < 0.05 {
                causes.append(
                    "the reconstruction term has a share of only \(PlainNumber.percent(level)) of the objective"
                )
                advice.append("raise the reconstruction weight until its share is the largest of all terms")
            }
        } else {
            doubtful.append("the reconstruction term has next to no share of the objective")
        }
        doubtful += [
            "output and input are shifted against each other by a few samples (delay, padding)",
            "the generator does not learn: frozen, detached, or not in the optimiser",
        ]
        advice += [
            "decode with the quantiser bypassed: if the correlation rises, the quantiser is the reason",
            "cross-correlate input and output over 1000 samples either way: a peak away from lag 0 is a delay",
            "overfit a single batch with the reconstruction loss alone: a correlation that stays at 0 means the "
                + "generator is not trained",
        ]
        return (causes + doubtful, advice, evidence)
    }
}

import Foundation
import TrainingMetrics

extension HealthRule {
    /// SIG014: more of the waveform arrives than the codes can carry.
    static let tooGoodForTheBitRate = HealthRule(
        RuleDescription(
            id: "SIG014",
            name: "too-good-for-the-bit-rate",
            group: .signal,
            severity: .warning,
            summary: """
                The SNR or SI-SDR is higher than the bit rate of the codes allows: above 6.02 dB per bit and sample plus \
                24 dB for what is predictable in sound. Where the bit rate is not known, above 32 dB with a quantiser.
                """,
            rationale: """
                By rate-distortion theory R bits a sample describe a Gaussian source of spectral flatness F with an SNR of \
                at most 6.02 R - 10 log10(F) dB. Speech and music are predictable, which the second term allows for: \
                linear prediction gains about 20 dB on speech. The best published codecs stay about 9 dB and more below this \
                bound. A score above it says that something else than the codes carries the signal, or that the score is \
                of something else, so that no other number of the run can be believed.
                """,
            causes: [
                "the score is computed past the quantiser: latents that were not quantised, or a skip connection around it",
                "the score compares the output with itself, or with a target that went through the same processing",
                "the evaluation audio is almost silence, a tone or otherwise far more predictable than speech",
                "the SNR is computed with 20 log10 of a power ratio, which doubles it",
                "the bit rate given is too low: more codebooks, more codes or more frames a second are used",
            ],
            advice: [
                "encode to a file of codes, decode that file in another process, and score the result",
                "compute the score by hand for one clip, with 10 log10 of the power ratio",
                "score real speech at a normal level, and leave silence out",
                "check the facts codebook-count, codebook-size, frame-rate and sample-rate",
            ],
            parameters: [
                RuleParameter(
                    "redundancy",
                    24,
                    unit: "dB",
                    "what may be gained by predicting the signal",
                    source:
                        "prediction gain of speech about 20 dB (Jayant and Noll 1984); best codec found: 15 dB (DAC, 24 kbit/s)"
                ),
                RuleParameter(
                    "any-codec",
                    32,
                    unit: "dB",
                    "SNR that is implausible for a quantised codec of any usual rate",
                    source: """
                        11 dB above the best measured codec (DAC, 24 kbit/s, 21.1 dB); less 24 dB it takes 1.33 bits a sample, \
                        21 kbit/s at 16 kHz and 59 kbit/s at 44.1 kHz
                        """
                ),
            ],
            calibration: """
                Measured codecs, SI-SNR above 6.02 dB per bit and sample: DAC 44.1 kHz 8 kbit/s 13.3 dB, DAC 16 kHz 10.7 dB, \
                DAC 24 kHz 24 kbit/s 15.1 dB, EnCodec 6 kbit/s 7.3 dB. The origin's expected 32 to 40 dB at 16 kbit/s and 16 \
                kHz are above the bound of 30 dB. No public log of such a run was found; in preview.
                """,
            references: [
                "Cover and Thomas, Elements of Information Theory, chapter 10: D(R) = sigma^2 2^(-2R)",
                "Jayant and Noll 1984, Digital Coding of Waveforms: spectral flatness and prediction gain",
                "Kumar et al. 2023 (arXiv 2306.06546), table 3: 10.75 dB SI-SDR at 8 kbit/s",
            ],
            examples: [
                RuleExample(
                    "36 dB at 16 kbit/s of 16 kHz audio",
                    [(.snr, "validation: 10 18 27 36x5"), (.vqLoss, "0.5x8")],
                    facts: [.bitRate: "16000", .sampleRate: "16000"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the bit rate worked out of the codes",
                    [(.siSDR, "validation: 10 18 27 36x5")],
                    facts: [.codebookCount: "8", .codebookSize: "1024", .frameRate: "200", .sampleRate: "16000"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "38 dB with a quantiser, bit rate unknown",
                    [(.snr, "validation: 20 30 38x5"), (.vqLoss, "0.5x7")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "the best codec there is",
                    [(.siSDR, "validation: 10 15 19 21.1x5")],
                    facts: [.bitRate: "24000", .sampleRate: "24000"],
                    expect: .passes
                ),
                RuleExample(
                    "good, bit rate unknown",
                    [(.snr, "validation: 12x8"), (.vqLoss, "0.5x8")],
                    expect: .unmeasured
                ),
                RuleExample("an autoencoder without a quantiser", [(.snr, "validation: 55x8")], expect: .unmeasured),
                RuleExample(
                    "one evaluation",
                    [(.snr, "validation: 36")],
                    facts: [.bitRate: "16000", .sampleRate: "16000"],
                    expect: .tooShort
                ),
                RuleExample("no score", [(.vqLoss, "0.5x8")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        let scores = [MetricRole.snr, .siSDR, .siSDRAligned].compactMap { run.history.series($0, split: .validation) }
        guard !scores.isEmpty else { return .unmeasured(needs: [.role(.snr, "SNR or SI-SDR on held-out audio")]) }
        guard scores.contains(where: { $0.count >= 2 }) else { return .tooShort("a second evaluation") }
        let rate = BitRate(run.facts)
        let quantiser: [MetricRole] = [.vqLoss, .commitmentLoss, .codebookLoss, .perplexity, .codebookUsage]
        let isQuantised = rate != nil || quantiser.contains { !run.history.all($0).isEmpty }
        let bound = rate.map { 6.02 * $0.bitsPerSample + parameters["redundancy"] }
        guard let limit = bound ?? (isQuantised ? parameters["any-codec"] : nil) else {
            return .unmeasured(needs: [BitRate.need])
        }
        for score in scores where score.count >= 2 {
            guard let onset = score.tail(where: { $0 > limit && $0.isFinite }), score.count - onset >= 2 else {
                continue
            }
            let level = RobustStatistics.median(score.slice(onset..<score.count).values)
            let carried = rate.map { "\(PlainNumber.text($0.bitsPerSample)) bit/sample (\($0.basis))" }
            return .findings([
                Finding(
                    rule,
                    confidence: rate == nil ? .low : .medium,
                    episode: score.episode(from: onset, axis: run.history.axis),
                    message:
                        "\(score.name) is \(Wording.decibels(level)), more than "
                        + (carried.map { "\($0) can carry" } ?? "codes of any usual bit rate carry")
                        + ": at most \(Wording.decibels(limit)).",
                    evidence: [
                        Evidence(
                            "\(score.name), since then",
                            level,
                            unit: "dB",
                            expected: "at most \(Wording.decibels(limit))"
                        ),
                        Evidence("bit/sample this would take", (level - parameters["redundancy"]) / 6.02),
                    ],
                    curve: FindingCurve(score, upper: limit)
                )
            ])
        }
        return rate == nil ? .unmeasured(needs: [BitRate.need]) : .pass
    }
}

/// Bits the codes of a run spend on each sample of audio.
private struct BitRate {
    let bitsPerSample: Double
    /// Where it comes from, for a sentence.
    let basis: String

    /// What to give where it is not known.
    static let need = RuleOutcome.Need.fact(
        .bitRate,
        "bits a second of the codes, with sample-rate; or codebook-count, codebook-size and frame-rate"
    )

    /// From the bit rate, or from codebooks and frame rate; `nil` where that or the sample rate is not known.
    init?(_ facts: RunFacts) {
        guard let sampleRate = facts.number(.sampleRate), sampleRate > 0 else { return nil }
        if let rate = facts.number(.bitRate), rate > 0 {
            bitsPerSample = rate / sampleRate
            basis = "\(PlainNumber.text(rate / 1000)) kbit/s at \(PlainNumber.text(sampleRate / 1000)) kHz"
            return
        }
        guard let count = facts.number(.codebookCount), let size = facts.number(.codebookSize), size > 1,
            let frames = facts.number(.frameRate), count > 0, frames > 0
        else { return nil }
        bitsPerSample = count * log2(size) * frames / sampleRate
        basis =
            "\(PlainNumber.text(count)) codebooks of \(PlainNumber.text(size)) codes, \(PlainNumber.text(frames)) frames a "
            + "second at \(PlainNumber.text(sampleRate / 1000)) kHz"
    }
}

import Foundation
import TrainingMetrics

extension HealthRule {
    /// VQ003: a codebook carries much less than it could.
    static let codebookUnderused = HealthRule(
        RuleDescription(
            id: "VQ003",
            name: "codebook-underused",
            group: .quantizer,
            severity: .warning,
            summary: """
                A codebook that has not collapsed carries less than 60 % of the bits it could by its perplexity (size, or the \
                frames of a batch where these are fewer), or uses less than half of its entries.
                """,
            rationale: """
                Bits are paid for by the size of the codebook and carried by how evenly its entries are used. An underused \
                codebook is a lower bitrate sold as a higher one.
                """,
            causes: [
                "dead codes are never reset, or not often enough for the batch",
                "the codes were not initialised from data, or their running counts began at nothing",
                "codes of many dimensions without a projection, so that few of them are ever the nearest",
                "the codebook is larger than the data needs",
            ],
            advice: [
                "measure perplexity over 10 000 frames or more before judging",
                "initialise the codes with k-means and reset the unused ones",
                "quantise in 8 dimensions with L2-normalised codes",
            ],
            parameters: [
                RuleParameter("bits", 0.6, "share of the bits that could be carried", source: "to be calibrated"),
                RuleParameter("usage", 0.5, "share of entries in use", source: "to be calibrated"),
                RuleParameter(
                    "warm-up",
                    2000,
                    unit: "steps",
                    "steps left out, a fifth of a known plan at most",
                    source: "the same as codebook-collapse"
                ),
            ],
            calibration: "Not calibrated; perplexity is capped by the frames it is measured on (fact batch-tokens).",
            references: ["bshall/VectorQuantizedVAE#3 (perplexity is capped by the tokens of a batch)"],
            examples: [
                RuleExample(
                    "half of the bits",
                    [(.perplexity, "30x12")],
                    facts: [.codebookSize: "1024"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a third of the entries",
                    [(.codebookUsage, "0.3x12")],
                    facts: [.codebookSize: "256"],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "four fifths of the bits",
                    [(.perplexity, "300x12")],
                    facts: [.codebookSize: "1024"],
                    expect: .passes
                ),
                RuleExample(
                    "as much as a small batch can hold",
                    [(.perplexity, "40x12")],
                    facts: [.codebookSize: "1024", .batchTokens: "64"],
                    expect: .passes
                ),
                RuleExample(
                    "collapsed: another rule's case",
                    [(.perplexity, "1.2x12")],
                    facts: [.codebookSize: "1024"],
                    expect: .passes
                ),
                RuleExample(
                    "first steps",
                    [(.perplexity, "12")],
                    facts: [.codebookSize: "1024"],
                    every: 10,
                    expect: .tooShort
                ),
                RuleExample("size unknown", [(.perplexity, "12x12")], expect: .unmeasured),
            ],
            isPreview: true
        )
    ) { run, parameters, rule in
        let stages = CodebookStage.all(run, warmUp: parameters["warm-up"])
        guard let size = run.facts.number(.codebookSize), size > 4 else {
            return .unmeasured(needs: [.fact(.codebookSize, "the number of entries of a codebook")])
        }
        guard !stages.isEmpty else {
            return .unmeasured(needs: [.role(.perplexity, "the perplexity of every codebook")])
        }
        let judged = stages.filter { !$0.recent.isEmpty }
        guard !judged.isEmpty else { return .tooShort("values behind the quantiser's first steps") }
        let capacity = min(size, max(2, run.facts.number(.batchTokens) ?? size))
        let underused = judged.filter { stage in
            if stage.isUsage { return stage.level < parameters["usage"] * min(1, capacity / size) && stage.level > 0.1 }
            return stage.level > max(2, 0.02 * size) && log(stage.level) < parameters["bits"] * log(capacity)
        }
        // Perplexity and usage of one codebook say the same.
        var names: [String] = []
        for stage in underused where !names.contains(stage.name) { names.append(stage.name) }
        guard let worst = underused.min(by: { $0.level < $1.level }) else { return .pass }
        let subject = names == [""] ? "The codebook" : "Codebook \(Wording.list(names))"
        let carried =
            worst.isUsage
            ? "uses \(PlainNumber.percent(worst.level)) of the entries"
            : "carries \(PlainNumber.percent(log(worst.level) / log(size))) of the bits it costs (perplexity \(PlainNumber.text(worst.level)) of \(PlainNumber.text(size)))"
        return .findings([
            Finding(
                rule,
                confidence: .low,
                episode: worst.series.episode(from: worst.recent.lowerBound, axis: run.history.axis),
                message: "\(subject) \(carried).",
                evidence: underused.prefix(8).map { stage in
                    Evidence(
                        "\(stage.isUsage ? "usage" : "perplexity") of codebook \(stage.name.isEmpty ? "as a whole" : stage.name)",
                        stage.isUsage ? 100 * stage.level : stage.level,
                        unit: stage.isUsage ? "%" : "",
                        expected: stage.isUsage
                            ? "above 50 %" : "above \(PlainNumber.text(pow(capacity, parameters["bits"])))"
                    )
                },
                curve: FindingCurve(worst.series)
            )
        ])
    }
}

import TrainingMetrics

extension HealthRule {
    /// VQ006: commitment and codebook loss are the same number, which is as it should be.
    static let commitmentEqualsCodebook = HealthRule(
        RuleDescription(
            id: "VQ006",
            name: "commitment-equals-codebook",
            group: .quantizer,
            severity: .info,
            summary: """
                The commitment loss and the codebook loss are equal at every logged step. This is normal and reported so \
                that nobody has to ask.
                """,
            rationale: """
                Both are the squared distance of the same two vectors; only where the gradient stops differs. In the \
                objective the number counts with the sum of both weights (1.25 in DAC), which shares of the objective \
                must not count as two independent terms.
                """,
            causes: ["the quantiser takes both terms from one distance, as DAC and VQ-VAE do"],
            advice: [
                "nothing to do; read one of the two curves",
                "count their weights together when you ask how much of the objective is the quantiser's",
            ],
            parameters: [
                RuleParameter(
                    "difference",
                    1e-6,
                    "largest relative difference at any step",
                    source: "float32 and six logged decimals agree to this"
                ),
                RuleParameter("values", 10, "common values needed", source: "fewer may agree by rounding"),
            ],
            calibration:
                "By construction in DAC's code and in this program's own quantiser of that kind; the issue shows it for a whole run.",
            references: [
                "descriptinc/descript-audio-codec#43", "van den Oord et al. 2017 (arXiv 1711.00937), equation 3",
            ],
            examples: [
                RuleExample(
                    "DAC",
                    [(.commitmentLoss, "1.9-0.01x30"), (.codebookLoss, "1.9-0.01x30")],
                    expect: .fires(.info)
                ),
                RuleExample(
                    "logged with their weights",
                    [(.commitmentLoss, "0.5-0.001x30"), (.codebookLoss, "2-0.004x30")],
                    expect: .passes
                ),
                RuleExample(
                    "both switched off",
                    [(.commitmentLoss, "0x30"), (.codebookLoss, "0x30")],
                    expect: .passes
                ),
                RuleExample("four values", [(.commitmentLoss, "1x4"), (.codebookLoss, "1x4")], expect: .tooShort),
                RuleExample("one of them", [(.commitmentLoss, "1x30")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let commitment = run.history.series(.commitmentLoss), let codebook = run.history.series(.codebookLoss),
            commitment.split == codebook.split
        else {
            return .unmeasured(needs: [
                .role(.commitmentLoss, "the commitment loss"), .role(.codebookLoss, "the codebook loss beside it"),
            ])
        }
        let rows = AlignedSamples(commitment, [codebook])
        let pairs = zip(rows.baseValues, rows.columns[0]).filter { $0.isFinite && $1.isFinite }
        let needed = Int(parameters["values"])
        guard pairs.count >= needed else { return .tooShort("\(needed - pairs.count) more common values") }
        let largest = pairs.map { max(abs($0), abs($1)) }.max() ?? 0
        let isEqual = pairs.allSatisfy { first, second in
            abs(first - second) <= parameters["difference"] * max(abs(first), abs(second))
        }
        guard largest > 0, isEqual else { return .pass }
        return .findings([
            Finding(
                rule,
                confidence: .high,
                episode: commitment.episode(from: 0, axis: run.history.axis),
                message:
                    "\(commitment.name) and \(codebook.name) are equal at all \(pairs.count) common steps: both are one "
                    + "distance, and only the gradient differs.",
                evidence: [Evidence("steps at which they are equal", Double(pairs.count))],
                curve: FindingCurve(commitment)
            )
        ])
    }
}

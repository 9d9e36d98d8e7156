import TrainingMetrics

extension HealthRule {
    /// ADV018: the discriminator's numbers on real and on decoded audio are the same to the last digit.
    static let discriminatorSameInput = HealthRule(
        RuleDescription(
            id: "ADV018",
            name: "discriminator-same-input",
            group: .adversarial,
            severity: .error,
            summary:
                "Mean and spread of the logits on real and on decoded audio are equal to the last digit, and not constant.",
            rationale: """
                Two different tensors do not give equal sums of floats. The discriminator is shown one of them twice, so \
                there is nothing to tell apart and its loss cannot leave the blind constant.
                """,
            causes: [
                "the same tensor is given as real and as decoded audio",
                "the codec passes its input through, and nothing is coded",
            ],
            advice: [
                "print the mean absolute difference of both tensors in front of the discriminator: it must not be 0",
                "check the names in the discriminator's step (real, decoded) against those of the generator's step",
            ],
            parameters: [
                RuleParameter(
                    "tolerance",
                    1e-6,
                    "relative difference that counts as none",
                    source: "float32 resolves 6e-8; a log may print seven digits"
                ),
                RuleParameter("values", 5, unit: "values", "values in a row", source: "identity: chance gives none"),
            ],
            references: [
                "codec-doctor's fault matrix (real audio fed twice)",
                "L_D of equal inputs is never below its blind constant",
            ],
            examples: [
                RuleExample(
                    "real audio twice",
                    [
                        (.discriminatorRealLogit, "0.31+0.0013x12"), (.discriminatorFakeLogit, "0.31+0.0013x12"),
                        (.discriminatorRealLogitSpread, "0.2+0.001x12"),
                        (.discriminatorFakeLogitSpread, "0.2+0.001x12"),
                    ],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "close, but not the same",
                    [(.discriminatorRealLogit, "0.31+0.0013x12"), (.discriminatorFakeLogit, "0.3101+0.0013x12")],
                    every: 10,
                    expect: .passes
                ),
                RuleExample(
                    "logits of constant 0 are another disease",
                    [(.discriminatorRealLogit, "0x12"), (.discriminatorFakeLogit, "0x12")],
                    every: 10,
                    expect: .passes
                ),
                RuleExample(
                    "two values",
                    [(.discriminatorRealLogit, "0.31 0.32"), (.discriminatorFakeLogit, "0.31 0.32")],
                    expect: .tooShort
                ),
                RuleExample("no logits", [(.discriminatorLoss, "2x40")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        guard let curves = LogitCurves(run, onlyIn: .train) else {
            return .unmeasured(needs: [.role(.discriminatorRealLogit, "mean logits on real and on decoded audio")])
        }
        let needed = Int(parameters["values"])
        guard curves.count >= needed else { return .tooShort("\(needed - curves.count) more values") }
        func isSame(_ first: Double, _ second: Double) -> Bool {
            abs(first - second) <= parameters["tolerance"] * max(abs(first), abs(second))
        }
        let areEqual = { (row: Int) -> Bool in
            guard isSame(curves.real[row], curves.decoded[row]), curves.real[row] != 0 else { return false }
            guard let real = curves.realSpread?[row], let decoded = curves.decodedSpread?[row] else { return true }
            return real > 0 && isSame(real, decoded)
        }
        let isVarying = Set(curves.real.suffix(needed)).count > 1
        guard isVarying, let onset = curves.onset(last: max(needed, curves.count / 10), where: areEqual),
            curves.count - onset >= needed
        else { return .pass }
        let episode = curves.episode(from: onset, axis: run.history.axis)
        return .findings([
            Finding(
                rule,
                confidence: .high,
                episode: episode,
                message:
                    "The discriminator sees the same audio as real and as decoded: its logits have the same mean to the "
                    + "last digit \(episode.since(run.history.axis)).",
                evidence: [
                    Evidence("mean logit on real minus on decoded audio", 0, expected: "above 0"),
                    Evidence("positions with equal logits", Double(curves.count - onset), expected: "none"),
                ],
                curve: FindingCurve(curves.rows.base)
            )
        ])
    }
}

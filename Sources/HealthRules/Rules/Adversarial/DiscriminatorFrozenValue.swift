import TrainingMetrics

extension HealthRule {
    /// ADV014: the discriminator's loss repeats to the last digit.
    static let discriminatorFrozenValue = HealthRule(
        RuleDescription(
            id: "ADV014",
            name: "discriminator-frozen-value",
            group: .adversarial,
            severity: .error,
            summary: """
                The last logged values of the discriminator's loss are all the same to the last digit.
                """,
            rationale: """
                Batches differ, so a loss that is computed cannot repeat. Either it is no longer computed and the log \
                shows a stale value, or the network sees the same input every time.
                """,
            causes: [
                "the discriminator step is skipped and the last value is logged again",
                "the discriminator gets a constant input (an empty, silent or cached batch)",
                "its output no longer depends on its input",
            ],
            advice: [
                "log the loss from inside the discriminator step, and nothing when the step is skipped",
                "print the batch's mean and standard deviation before it enters the discriminator",
                "check that its optimiser steps: the sum of its parameters must change",
            ],
            parameters: [
                RuleParameter(
                    "repeats",
                    10,
                    unit: "values",
                    "identical values in a row, at different positions",
                    source: "SageMaker Debugger's UnchangedTensor looks at 3 whole tensors; a scalar needs more"
                ),
                RuleParameter(
                    "resolution",
                    0.002,
                    "largest last digit, as a share of the value, for which repeats cannot be rounding",
                    source: "calibrated on 36 labelled public logs"
                ),
            ],
            calibration: """
                Exactly 0 is never a finding here: it is a warm-up or a saturated loss. A loss frozen at its blind \
                constant is discriminator-blind, at that of logits of 0 discriminator-zero-logit.
                """,
            references: ["SageMaker Debugger, rule UnchangedTensor", "https://github.com/coqui-ai/TTS/issues/976"],
            examples: examplesOfDiscriminatorFrozenValue
        )
    ) { run, parameters, rule in
        guard let series = run.history.series(.discriminatorLoss) else {
            return .unmeasured(needs: [.role(.discriminatorLoss, "the discriminator's loss")])
        }
        guard case .since(let start) = DiscriminatorStart(series, in: run) else { return DiscriminatorStart.need }
        let needed = Int(parameters["repeats"])
        let window = JudgedWindow(series, in: run, since: start)
        guard window.judged.count >= needed else { return .tooShort(window.shortage(until: needed)) }
        let tail = FrozenTail(series, in: window.judged)
        guard tail.value.isFinite, tail.value != 0, Double(tail.count) >= Double(needed) * tail.usualRepeats else {
            return .pass
        }
        if let blind = run.blind {
            let constants = [blind.discriminator, blind.discriminatorAtZeroLogit]
            if constants.contains(where: { abs(tail.value - $0) <= blind.tolerance * blind.discriminator }) {
                return .pass
            }
        }
        guard tail.resolution <= parameters["resolution"] * abs(tail.value) else {
            return .unmeasured(needs: [.role(.discriminatorLoss, "the discriminator's loss with more digits")])
        }
        let episode = window.episode(from: series.count - tail.length)
        return .findings([
            Finding(
                rule,
                confidence: .high,
                episode: episode,
                message: "The discriminator's loss has been \(PlainNumber.text(tail.value)) to the last digit for "
                    + "\(tail.count) logged values, \(episode.since(run.history.axis)).",
                evidence: [
                    Evidence("identical values in a row", Double(tail.count), expected: "1"),
                    Evidence("the value", tail.value),
                ],
                curve: FindingCurve(series)
            )
        ])
    }

    private static let examplesOfDiscriminatorFrozenValue: [RuleExample] = [
        RuleExample("frozen at 1.4173", [(.discriminatorLoss, "2.0 1.6 1.52 1.4173x30")], expect: .fires(.error)),
        RuleExample(
            "frozen for twelve epochs, family known",
            [(.discriminatorLoss, "3.1 2.9 2.8 2.7346x12")],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
            every: 1,
            axis: .epoch,
            expect: .fires(.error)
        ),
        RuleExample(
            "a warm-up at exactly 0",
            [(.discriminatorLoss, "0.0x40"), (.generatorLoss, "1.4-0.01x40")],
            expect: .unmeasured
        ),
        RuleExample(
            "a relativistic loss at exactly 0 while the generator plays",
            [(.discriminatorLoss, "0.31 0.002 0.0x40"), (.generatorLoss, "11+0.1x42")],
            expect: .passes
        ),
        RuleExample(
            "blind: reported by another rule",
            [(.discriminatorLoss, "2.0x40")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample("two digits may well repeat", [(.discriminatorLoss, "0.71 0.7 0.69x20")], expect: .unmeasured),
        RuleExample(
            "an epoch's mean repeated on each of its rows",
            [(.discriminatorLoss, "1.9134x12 1.8219x12 1.7521x12 1.7013x12")],
            expect: .passes
        ),
        RuleExample("a loss that moves", [(.discriminatorLoss, "2.0-0.011x40")], expect: .passes),
        RuleExample("five values", [(.discriminatorLoss, "1.4173x5")], every: 1, axis: .epoch, expect: .tooShort),
    ]
}

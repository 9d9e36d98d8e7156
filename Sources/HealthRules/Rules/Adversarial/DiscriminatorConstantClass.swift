import TrainingMetrics

extension HealthRule {
    /// ADV004: the discriminator calls everything the same class.
    static let discriminatorConstantClass = HealthRule(
        RuleDescription(
            id: "ADV004",
            name: "discriminator-constant-class",
            group: .adversarial,
            severity: .error,
            summary: """
                The discriminator gives real and decoded audio the same constant logit, clearly off the undecided \
                value: it calls everything real, or everything decoded.
                """,
            rationale: """
                Only the bias of its last layer has learnt. The loss looks alive because it is not at the usual blind \
                value, but it depends on no input, and the generator gets no direction from it.
                """,
            causes: [
                .network("the logits are dominated by the last bias because the gains before it are too small"),
                "real and decoded audio reach the discriminator as the same tensor",
                "labels or signs of one of the two terms are swapped, so that both pull the same way",
            ],
            advice: [
                "compare the logits of speech and of silence: if they are equal, the input does not reach the output",
                "check which tensors are called real and decoded, and the sign of each term",
                .network("use weight normalisation and a lower learning rate on biases, or remove the last bias"),
            ],
            parameters: [
                RuleParameter(
                    "offset",
                    0.1,
                    "distance of the constant logit from the undecided one that counts as a class",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "accuracy",
                    0.98,
                    "share of one class called right, where accuracies are logged",
                    source:
                        "identity: a constant answer is right for all of one class and none of the other"
                ),
            ],
            calibration: "Losses that fit one constant follow from the loss family; the offset of 0.1 was calibrated.",
            references: [
                "insert the same logit c for everything: hinge (max(2, 1 + |c|), −c), LSGAN (c² + (1−c)², (1−c)²)",
                "https://github.com/ZhikangNiu/encodec-pytorch/issues/26",
            ],
            examples: examplesOfDiscriminatorConstantClass
        )
    ) { run, parameters, rule in
        if let finding = findingByAccuracies(run, rule, limit: parameters["accuracy"]) { return .findings([finding]) }
        return AdversarialGame.judge(run) { game in
            guard game.adversarial != nil else {
                let hint = "the generator's adversarial term, or accuracies on real and on decoded audio"
                return .unmeasured(needs: [.role(.adversarialLoss, hint)])
            }
            let undecided = ConstantLogit.blindLogit(game.family)
            let pairs = game.pairs
            guard pairs.count >= 3 else {
                return .tooShort("\(3 - pairs.count) more values of both players' losses at the same position")
            }
            let isConstant = { (pair: (offset: Int, discriminator: Double, generator: Double)) -> Bool in
                guard let constant = ConstantLogit(generatorLoss: pair.generator, in: game) else { return false }
                return abs(constant.logit - undecided) > parameters["offset"]
                    && abs(constant.logit) > parameters["offset"]
                    && game.isAt(constant.discriminatorLoss, pair.discriminator)
            }
            guard 10 * pairs.count(where: isConstant) >= 9 * pairs.count,
                let first = pairs.first(where: isConstant)
            else { return .pass }
            let generator = RobustStatistics.median(pairs.map(\.generator))
            guard let constant = ConstantLogit(generatorLoss: generator, in: game) else { return .pass }

            let signs = LearningSigns(run, since: game.start, countingFlatReconstruction: true)
            let (severity, confidence) = signs.judge(game.discriminator, isLong: game.isLong)
            let answer = constant.logit > undecided ? "real" : "decoded"
            return .findings([
                Finding(
                    rule,
                    severity: severity,
                    confidence: confidence,
                    episode: game.discriminator.episode(from: first.offset),
                    message: "The discriminator calls everything \(answer): losses of "
                        + "\(PlainNumber.text(game.level)) and \(PlainNumber.text(generator)) are what a constant "
                        + "logit of \(PlainNumber.text(constant.logit)) gives in \(game.familyName).",
                    evidence: [Evidence("constant logit", constant.logit, expected: "different for real and decoded")]
                        + game.levelEvidence + signs.against + signs.inFavour,
                    curve: game.curve
                )
            ])
        }
    }

    /// A finding where accuracies are logged and say that one class is always right and the other never.
    private static func findingByAccuracies(_ run: RunView, _ rule: RuleDescription, limit: Double) -> Finding? {
        guard let real = run.history.series(.discriminatorRealAccuracy),
            let fake = run.history.series(.discriminatorFakeAccuracy)
        else { return nil }
        let (realWindow, fakeWindow) = (JudgedWindow(real, in: run), JudgedWindow(fake, in: run))
        guard min(realWindow.maturity, fakeWindow.maturity) > .hint else { return nil }
        let callsAllReal = realWindow.holds { $0 >= limit } && fakeWindow.holds { $0 <= 1 - limit }
        let callsAllFake = realWindow.holds { $0 <= 1 - limit } && fakeWindow.holds { $0 >= limit }
        guard callsAllReal || callsAllFake else { return nil }
        let onset = realWindow.onset { callsAllReal ? $0 >= limit : $0 <= 1 - limit } ?? realWindow.window.lowerBound
        let right = (
            RobustStatistics.median(realWindow.values), RobustStatistics.median(fakeWindow.values)
        )
        return Finding(
            rule,
            confidence: realWindow.maturity == .plenty ? .high : .medium,
            episode: realWindow.episode(from: onset),
            message: "The discriminator calls everything \(callsAllReal ? "real" : "decoded"): it is right about "
                + "\(PlainNumber.percent(right.0)) of the real and \(PlainNumber.percent(right.1)) of the decoded audio.",
            evidence: [
                Evidence("accuracy on real audio", 100 * right.0, unit: "%", expected: "50 to 90 %"),
                Evidence("accuracy on decoded audio", 100 * right.1, unit: "%", expected: "50 to 90 %"),
            ],
            curve: FindingCurve(real)
        )
    }

    private static let examplesOfDiscriminatorConstantClass: [RuleExample] = [
        RuleExample(
            "hinge at 2.0 with a generator loss of −0.5: everything is called real",
            [(.discriminatorLoss, "2.0x30"), (.adversarialLoss, "-0.5x30")],
            facts: [.lossFamily: "hinge"],
            expect: .fires(.error)
        ),
        RuleExample(
            "LSGAN on the parabola of c = 0.8",
            [(.discriminatorLoss, "0.68x30"), (.adversarialLoss, "0.04x30")],
            facts: [.lossFamily: "lsgan"],
            expect: .fires(.error)
        ),
        RuleExample(
            "accuracies of 1 and 0",
            [(.discriminatorRealAccuracy, "1.0x12"), (.discriminatorFakeAccuracy, "0.0x12")],
            expect: .fires(.error)
        ),
        RuleExample(
            "LSGAN at chance is another disease",
            [(.discriminatorLoss, "0.5x30"), (.adversarialLoss, "0.25x30")],
            facts: [.lossFamily: "lsgan"],
            expect: .passes
        ),
        RuleExample(
            "a healthy summed LSGAN: the pair is off the parabola",
            [(.discriminatorLoss, "2.6x30"), (.adversarialLoss, "3.4x30")],
            facts: [.lossFamily: "lsgan", .reduction: "sum", .subDiscriminators: "8"],
            expect: .passes
        ),
        RuleExample(
            "a discriminator ahead of the generator",
            [(.discriminatorLoss, "0.8x30"), (.adversarialLoss, "1.4x30")],
            facts: [.lossFamily: "hinge"],
            expect: .passes
        ),
        RuleExample(
            "neither the generator's term nor accuracies",
            [(.discriminatorLoss, "2.0x30"), (.totalLoss, "30x30")],
            facts: [.lossFamily: "hinge"],
            expect: .unmeasured
        ),
        RuleExample(
            "both were logged together once",
            [(.discriminatorLoss, "2.0x5"), (.adversarialLoss, "-0.5")],
            facts: [.lossFamily: "hinge"],
            every: 1,
            axis: .epoch,
            expect: .tooShort
        ),
    ]
}

import Foundation
import HealthRules
import TestSupport
import Testing
import TrainingMetrics

/// What findings say, beyond whether they fire.
@Suite struct SignalRuleTests {
    private func finding(
        _ rule: String,
        _ series: [(MetricRole, String)],
        axis: StepAxis = .epoch,
        silentSeconds: Double? = nil
    ) throws -> Finding {
        let example = RuleExample(rule, series, axis: axis, silentSeconds: silentSeconds, expect: .passes)
        let rule = try #require(RuleRegistry.rule(named: rule))
        guard case .findings(let findings) = rule.evaluate(try RunViewBuilder.view(example)) else {
            return try #require(nil, "nothing was found")
        }
        return try #require(findings.first)
    }

    @Test func uncorrelatedOutputSaysThatNothingPassesAndWhere() throws {
        let found = try finding("SIG004", [(.correlation, "@5,10: -0.018 -0.022")])
        #expect(found.message.contains("correlation -0.02 at epochs 5 and 10"))
        #expect(found.message.contains("no information passes"))
        #expect(found.causes.first?.contains("codebook collapse") == true)
        #expect(found.advice.first?.contains("perplexity") == true)
    }

    @Test func healthyCodebooksTakeCollapseOffTheCauses() throws {
        let found = try finding(
            "SIG004",
            [
                (.correlation, "@5,10: 0.01 0.02"), (.perplexity, "0: 310x10"), (.perplexity, "1: 280x10"),
                (.lossShare(.reconstruction), "0.006x10"),
            ]
        )
        #expect(found.causes.first?.contains("0.6 %") == true)
        #expect(!found.causes.contains { $0.contains("collapse") })
    }

    @Test func aFallByAmplitudeAloneIsNoDeterioration() throws {
        let found = try finding(
            "SIG003",
            [(.snr, "@5,10: -2.4 -3.7"), (.amplitudeRatio, "@5,10: 0.84 1.14"), (.correlation, "@5,10: -0.02 -0.02")]
        )
        #expect(found.severity == .info)
        #expect(found.message.contains("did not get worse"))
    }

    @Test(arguments: [("PESQ", "3.1x12", Severity.warning), ("PESQ", "1.3x12", .error), ("LSD", "3.1x12", .error)])
    func aGoodScoreSoftensANegativeSNR(_ name: String, _ score: String, _ severity: Severity) throws {
        let example = RuleExample(name, [(.snr, "-1.1x12"), (.qualityScore, score)], axis: .epoch, expect: .passes)
        let built = try RunViewBuilder.view(example)
        let series = built.history.series.map { series in
            series.role != .qualityScore
                ? series
                : MetricSeries(
                    key: MetricKey(name: name, split: .validation, axis: .epoch),
                    interpretation: series.interpretation,
                    positions: series.positions,
                    epochs: series.epochs,
                    values: series.values
                )
        }
        let view = RunView(history: RunHistory(name: name, axis: .epoch, series: series), facts: built.facts)
        let rule = try #require(RuleRegistry.rule(named: "SIG001"))
        guard case .findings(let findings) = rule.evaluate(view) else {
            Issue.record("nothing was found")
            return
        }
        #expect(findings.first?.severity == severity)
    }

    @Test func anEpisodeBeginsWhereTheConditionBegan() throws {
        let found = try finding("SIG001", [(.snr, "@5+5: 1 0.5 -1 -2 -2 -2.5 -3")])
        #expect(found.episode.firstEpoch == 15)
        #expect(found.episode.isOngoing)
    }

    @Test func theFirstNonFiniteMetricAndTheSpikeBeforeItAreNamed() throws {
        let found = try finding(
            "OPT001",
            [
                (.generatorLoss, "100 120 95 110 6e7 130 nan nan nan"),
                (.reconstructionLoss(.mel), "2 2.1 1.9 2 3 2 2 nan nan"),
            ],
            axis: .step
        )
        #expect(found.message.hasPrefix("generatorLoss is NaN from step 7000 on"))
        #expect(found.message.contains("generatorLoss spiked to 6e+07"))
        #expect(found.message.contains("2 metrics are affected"))
    }

    @Test func lossesThatJumpTogetherAreOneFinding() throws {
        let rule = try #require(RuleRegistry.rule(named: "loss-spike"))
        let example = RuleExample(
            "together",
            [
                (.adversarialLoss, "0.7 0.8 250000"), (.reconstructionLoss(.stft), "1.3 1.2 230"),
                (.generatorLoss, "4 4 9e5"),
            ],
            expect: .passes
        )
        guard case .findings(let found) = rule.evaluate(try RunViewBuilder.view(example)) else {
            Issue.record("nothing was found")
            return
        }
        #expect(found.count == 1)
        #expect(found[0].subject == "adversarialLoss")
        #expect(found[0].severity == .error)
    }

    /// The rules must keep up with a million steps: this fails by its time limit only when one is quadratic.
    @Test(.timeLimit(.minutes(1)))
    func aMillionStepsAreJudged() throws {
        let count = 1_000_000
        var state: UInt64 = 42
        let noise = (0..<count).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        let positions = (1...Int64(count)).map { $0 }
        let roles: [MetricRole] = [
            .discriminatorLoss, .generatorLoss, .adversarialLoss, .featureMatchingLoss, .reconstructionLoss(.mel),
            .commitmentLoss, .perplexity, .snr, .correlation, .learningRate(.generator),
        ]
        let series = roles.map { role in
            let scale = role == .perplexity ? 500 : role == .learningRate(.generator) ? 1e-4 : 1
            return MetricSeries(
                key: MetricKey(name: role.rawValue),
                interpretation: MetricInterpretation(role: role),
                positions: positions[...],
                values: noise.map { scale * (0.9 + 0.1 * $0) }[...]
            )
        }
        let view = RunView(history: RunHistory(name: "long", axis: .step, series: series), facts: RunFacts())
        for rule in RuleRegistry.all {
            let clock = ContinuousClock()
            var outcome = RuleOutcome.pass
            let time = clock.measure { outcome = rule.evaluate(view) }
            if ProcessInfo.processInfo.environment["PRINT_RULE_TIMES"] != nil {
                print(rule.description.id, time)
            }
            if case .findings(let findings) = outcome {
                #expect(!findings.contains { $0.severity == .error }, "\(findings.map(\.message))")
            }
        }
    }
}

import Testing

@testable import TrainingMetrics

@Suite struct DerivedMetricsTests {
    @Test func correlationFollowsFromSNRAndAmplitude() throws {
        let run = Histories.history([
            Histories.series(.snr, [-2.44, -3.69, .nan, 20], split: .validation),
            Histories.series(.amplitudeRatio, [0.849, 1.136, 1, 0.5], split: .validation),
        ])
        let derived = DerivedMetrics.adding(to: run, facts: RunFacts())
        let correlation = try #require(derived.series(.correlation))
        #expect(correlation.isDerived)
        #expect(correlation.split == .validation)
        #expect(correlation.name == "correlation (from SNR and amplitude)")
        #expect(abs(correlation.values[0] - -0.02) < 0.005)
        #expect(abs(correlation.values[1] - -0.02) < 0.005)
        #expect(correlation.values[2].isNaN)
        #expect(correlation.values[3].isNaN)
        let contradictions = DerivedMetrics.inconsistencies(in: run)
        #expect(contradictions.map(\.position) == [4])
    }

    @Test func derivingTwiceChangesNothing() {
        let run = Histories.history([Histories.series(.snr, [1]), Histories.series(.amplitudeRatio, [1])])
        let once = DerivedMetrics.adding(to: run, facts: RunFacts())
        let twice = DerivedMetrics.adding(to: once, facts: RunFacts())
        #expect(once.series.map(\.name) == twice.series.map(\.name))
    }

    @Test func amplitudeRatioFollowsFromLevels() throws {
        let run = Histories.history([
            Histories.series(.outputLevel, [0.05, 0.1]), Histories.series(.inputLevel, [0.1, 0]),
            Histories.series(.snr, [0.5, 0.5]),
        ])
        let derived = DerivedMetrics.adding(to: run, facts: RunFacts())
        let ratio = try #require(derived.series(.amplitudeRatio))
        #expect(ratio.values[0] == 0.5)
        #expect(ratio.values[1].isNaN)
        #expect(derived.series(.correlation)?.values.first?.isFinite == true)
    }

    @Test func discriminatorLossFollowsFromItsTerms() throws {
        let run = Histories.history([
            Histories.series(.discriminatorRealLoss, [0.25, 0.5], name: "real_loss"),
            Histories.series(.discriminatorFakeLoss, [0.25, 0.1], name: "fake_loss"),
        ])
        let whole = try #require(DerivedMetrics.adding(to: run, facts: RunFacts()).series(.discriminatorLoss))
        #expect(Array(whole.values) == [0.5, 0.6])
        #expect(whole.name == "discriminator loss (real_loss + fake_loss)")
    }

    @Test(
        arguments: [
            (["1", "0.5"], nil, 1.5), (["1", "0.5"], "sum", 3.0), (["mpd", "mrd"], nil, 3.0),
        ] as [([String], String?, Double)]
    )
    func partsMakeAWhole(_ parts: [String], _ reduction: String?, _ expected: Double) throws {
        let series = zip(parts, [1.0, 2.0]).map {
            Histories.series(.discriminatorLoss, [$1], name: "d \($0)", part: $0)
        }
        let facts = RunFacts(reduction.map { [Fact(.reduction, $0, .given, evidence: "")] } ?? [])
        let derived = DerivedMetrics.adding(to: Histories.history(series), facts: facts)
        #expect(derived.series(.discriminatorLoss)?.values.first == expected)
    }

    @Test func aLoggedWholeIsNotDerivedAgain() {
        let run = Histories.history([
            Histories.series(.discriminatorLoss, [3]), Histories.series(.discriminatorLoss, [1], part: "0"),
            Histories.series(.discriminatorLoss, [2], part: "1"),
        ])
        #expect(DerivedMetrics.adding(to: run, facts: RunFacts()).series.allSatisfy { !$0.isDerived })
    }

    @Test func meanSignsAreAccuracies() {
        let run = Histories.history([
            Histories.series(.discriminatorRealLogit, [0.6], part: "sign"),
            Histories.series(.discriminatorFakeLogit, [-1], part: "sign"),
        ])
        let derived = DerivedMetrics.adding(to: run, facts: RunFacts())
        #expect(derived.series(.discriminatorRealAccuracy)?.values.first == 0.8)
        #expect(derived.series(.discriminatorFakeAccuracy)?.values.first == 1)
    }

    @Test func samplesAreJoinedByPosition() {
        let base = Histories.series(.snr, [1, 2, 3, 4])
        let other = Histories.series(.amplitudeRatio, [30, 40, 50], from: 3)
        let rows = AlignedSamples(base, [other])
        #expect(rows.offsets == [2, 3])
        #expect(rows.columns == [[30, 40]])
        #expect(AlignedSamples(base, []).count == 4)
    }

    // MARK: Identities

    @Test(arguments: [(0.0, 0.3, 0.0), (1.0, 0.0, -3.0103), (1.0, -1.0, -6.0206), (0.5, 1.0, 6.0206), (0.5, 0.25, 0.0)])
    func theFixedPointsOfSNR(_ g: Double, _ correlation: Double, _ decibels: Double) {
        let snr = SignalAlgebra.snr(amplitudeRatio: g, correlation: correlation)
        #expect(abs(snr - decibels) < 1e-4)
        if g > 0 { #expect(abs(SignalAlgebra.correlation(snr: snr, amplitudeRatio: g) - correlation) < 1e-9) }
    }

    @Test func noGainBeatsTheBestSNR() {
        for correlation in stride(from: -0.9, through: 0.95, by: 0.1) {
            let best = SignalAlgebra.bestSNR(correlation: correlation)
            for g in stride(from: 0.01, through: 2, by: 0.01) {
                #expect(SignalAlgebra.snr(amplitudeRatio: g, correlation: correlation) <= best + 1e-9)
            }
        }
    }

    @Test func amplitudeAloneExplainsAFallOfSNR() {
        let change = SignalAlgebra.snrChange(amplitudeRatio: 0.849, to: 1.136, correlation: -0.02)
        #expect(abs(change - -1.25) < 0.02)
        #expect(abs(SignalAlgebra.leastAmplitudeRatio(snr: -15.36) - 4.861) < 0.001)
        #expect(SignalAlgebra.leastAmplitudeRatio(snr: 3) == 0)
    }
}

extension DerivedMetricsTests {
    @Test func sharesOfPartsAndOfAllDistancesAreSummed() throws {
        let n = (1...20).map(Double.init)
        let period = n.map { 1 + ($0 * 7).truncatingRemainder(dividingBy: 5) }
        let scale = n.map { 2 + ($0 * 3).truncatingRemainder(dividingBy: 7) }
        let mel = n.map { 5 / $0 }
        let run = Histories.history([
            Histories.series(.generatorLoss, n.indices.map { period[$0] + scale[$0] + mel[$0] }),
            Histories.series(.adversarialLoss, period, name: "period", part: "period"),
            Histories.series(.adversarialLoss, scale, name: "scale", part: "scale"),
            Histories.series(.reconstructionLoss(.mel), mel),
        ])
        let derived = DerivedMetrics.adding(to: run, facts: RunFacts())
        let adversarial = try #require(derived.series(.lossShare(.adversarial)))
        let reconstruction = try #require(derived.series(.lossShare(.reconstruction)))
        #expect(zip(adversarial.values, reconstruction.values).allSatisfy { abs($0 + $1 - 1) < 1e-12 })
    }

    @Test func aTrainerWithoutWarmUpHasStartedWhereItsLossesAreZero() {
        let names = ["soundstream total loss", "discr (scale 1) loss", "discr (scale 0.5) loss"]
        let run = Histories.history([
            Histories.series(.totalLoss, [9], name: names[0]),
            Histories.series(.discriminatorLoss, [0], name: names[1], part: "1"),
            Histories.series(.discriminatorLoss, [0], name: names[2], part: "0.5"),
        ])
        #expect(DiscriminatorActivity.start(in: run) == .started(at: 1))
    }

    @Test func termsLoggedWeightedAreTakenAsTheyAre() {
        let roles: [(String, MetricRole)] = [
            ("loss_disc", .discriminatorLoss), ("loss_gen", .adversarialLoss), ("loss_fm", .featureMatchingLoss),
            ("loss_mel", .reconstructionLoss(.mel)), ("loss_kl", .klLoss),
        ]
        let run = Histories.history(
            roles.map { Histories.series($0.1, [3, 4], name: $0.0) } + [Histories.series(.generatorLoss, [12, 16])]
        )
        let facts = FactInference.infer(
            history: run,
            facts: RunFacts([Fact(.melWeight, "45", .log, evidence: "line 1: c_mel = 45")])
        )
        #expect(facts[.loggedTerms]?.value == "weighted")
        #expect(LossAlgebra.analyse(history: run, facts: facts)?.verdict == .explainedByOnes)
    }
}

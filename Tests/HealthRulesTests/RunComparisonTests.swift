import HealthRules
import Testing
import TrainingMetrics

@Suite struct RunComparisonTests {
    private func series(
        _ role: MetricRole,
        _ values: [Double],
        axis: StepAxis = .epoch,
        every: Int64 = 1,
        split: Split = .train,
        name: String? = nil,
        times: [Double] = []
    ) -> MetricSeries {
        let positions = values.indices.map { (Int64($0) + 1) * every }
        return MetricSeries(
            key: MetricKey(name: name ?? role.rawValue, split: split, axis: axis),
            interpretation: MetricInterpretation(role: role),
            positions: positions[...],
            epochs: axis == .epoch ? positions.map(Double.init)[...] : [],
            times: times[...],
            values: values[...]
        )
    }

    private func checkup(_ series: [MetricSeries], axis: StepAxis = .epoch, facts: [FactKey: String] = [:]) throws
        -> Checkup
    {
        let facts = FactKey.allCases.compactMap { key in
            facts[key].map { Fact(key, $0, .given, evidence: "the test says so") }
        }
        return try Checkup(history: RunHistory(name: "run", axis: axis, series: series), facts: RunFacts(facts))
    }

    private let blind = [2, 1.999, 1.998, 1.999, 2, 1.999, 1.998, 1.999, 2, 1.999]

    @Test func aFindingThatIsCuredIsGoneAndOneThatCannotBeJudgedIsNot() throws {
        let sick = try checkup(
            [series(.discriminatorLoss, blind), series(.snr, Array(repeating: -3, count: 10), split: .validation)],
            facts: [.lossFamily: "hinge"]
        )
        let cured = try checkup(
            [series(.discriminatorLoss, (0..<10).map { 1.5 - 0.05 * Double($0) })],
            facts: [.lossFamily: "hinge"]
        )
        let kinds = Dictionary(
            RunComparison(sick, cured).findings.map { ($0.finding?.rule.rawValue ?? "", $0.kind) },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(kinds["ADV001"] == .gone)
        #expect(kinds["SIG001"] == .noLongerJudged)
        let back = RunComparison(cured, sick).findings
        #expect(back.first { $0.finding?.rule == "ADV001" }?.kind == .appeared)
        #expect(back.first { $0.finding?.rule == "SIG001" }?.kind == .newlyJudged)
    }

    @Test func metricsMeetAtTheEpochsBothHave() throws {
        let comparison = RunComparison(
            try checkup([series(.reconstructionLoss(.mel), [5, 4, 3])]),
            try checkup([series(.reconstructionLoss(.mel), [3, 2])])
        )
        #expect(comparison.progress?.scale == .epoch && comparison.progress?.points == [1, 2])
        let row = try #require(comparison.progressRows.first)
        #expect(row.first == [5, 4] && row.second == [3, 2])
        #expect(row.caveats.contains { $0.contains("bands") })
        let pair = row.pair
        let best = try #require(pair.first.flatMap { pair.best(of: $0) })
        #expect(best.value == 3 && best.position == 3)
    }

    @Test func runsByStepMeetAtStepsAndStaleValuesAreNotRepeated() throws {
        let dense = series(.snr, (1...100).map(Double.init), axis: .step, every: 10, split: .validation)
        let sparse = series(.snr, [7], axis: .step, every: 10, split: .validation)
        let comparison = RunComparison(
            try checkup([dense], axis: .step),
            try checkup(
                [sparse, series(.totalLoss, Array(repeating: 1, count: 100), axis: .step, every: 10)],
                axis: .step
            )
        )
        #expect(comparison.progress?.scale == .step)
        let row = try #require(comparison.progressRows.first { $0.pair.role == .snr })
        #expect(row.first.last == 100 && row.second.first == 7)
        #expect(row.second.dropFirst().allSatisfy { $0 == nil })
    }

    @Test func differentAxesHaveNoBaseAndSaySo() throws {
        let comparison = RunComparison(
            try checkup([series(.snr, [1, 2, 3])]),
            try checkup([series(.snr, [1, 2, 3], axis: .step)], axis: .step)
        )
        #expect(comparison.progress == nil)
        #expect(comparison.missing.contains { $0.contains("epochs") && $0.contains("steps") })
    }

    @Test func runsWithoutACommonMetricSaySo() throws {
        let comparison = RunComparison(try checkup([series(.snr, [1, 2])]), try checkup([series(.klLoss, [1, 2])]))
        #expect(comparison.shared.isEmpty && comparison.onlyFirst.count == 1 && comparison.onlySecond.count == 1)
        #expect(comparison.missing == ["The runs have no metric in common, so their numbers cannot be compared."])
    }

    @Test func equalCostReadsTheDearerRunEarlier() throws {
        let values = (1...10).map(Double.init)
        func run(_ seconds: String) throws -> Checkup {
            try checkup([series(.snr, values)], facts: [.pricePerHour: "36", .currency: "₹", .epochSeconds: seconds])
        }
        let comparison = RunComparison(try run("100"), try run("200"))
        #expect(comparison.cost?.scale == .cost && comparison.cost?.currency == "₹")
        // Ten epochs of 100 s at 36 an hour are 10.
        #expect(comparison.cost?.points == [1, 2.5, 5, 10])
        let row = try #require(comparison.costRows.first)
        #expect(row.first == [1, 2, 5, 10])
        #expect(row.second == [nil, 1, 2, 5])
    }

    @Test func withoutAPriceTimeIsTheBaseAndTheLogsOwnClockCounts() throws {
        let times = (0..<11).map { 1_700_000_000 + 3600 * Double($0) }
        let run = try checkup([series(.snr, (1...11).map(Double.init), times: times)])
        let comparison = RunComparison(run, run)
        #expect(comparison.cost?.scale == .hours && comparison.cost?.points == [1, 2.5, 5, 10])
        #expect(comparison.costRows.first?.first == [2, 3, 6, 11])
    }

    @Test func withoutAClockThereIsNoEqualCost() throws {
        let comparison = RunComparison(try checkup([series(.snr, [1, 2])]), try checkup([series(.snr, [1, 2])]))
        #expect(comparison.cost == nil)
        #expect(comparison.missing.contains { $0.contains("equal cost") && $0.contains("epoch-seconds") })
    }

    @Test func factsThatDifferAndWhatFollowsForTheNumbersAreTold() throws {
        let comparison = RunComparison(
            try checkup([series(.discriminatorLoss, [1.5, 1.4])], facts: [.lossFamily: "hinge"]),
            try checkup([series(.discriminatorLoss, [0.4, 0.3], name: "d")], facts: [.lossFamily: "lsgan"])
        )
        #expect(comparison.facts.map(\.key) == [.lossFamily])
        let caveats = try #require(comparison.progressRows.first?.caveats)
        #expect(caveats.contains { $0.contains("loss-family is hinge") })
        #expect(caveats.contains("Logged under different names."))
    }

    @Test(arguments: [
        (MetricRole.snr, MetricPair.Direction?.some(.higher)), (.reconstructionLoss(.mel), .lower),
        (.amplitudeRatio, .nearerOne), (.discriminatorLoss, nil), (.generatorLoss, nil),
    ])
    func onlySomeMetricsHaveABetterSide(role: MetricRole, better: MetricPair.Direction?) throws {
        let comparison = RunComparison(try checkup([series(role, [1, 2])]), try checkup([series(role, [1, 2])]))
        #expect(comparison.shared.first { $0.role == role }?.better == better)
    }

    @Test func epochsInFractionsAreCutToTheWhole() {
        let fractions = MetricSeries(
            key: MetricKey(name: "loss", axis: .step),
            interpretation: MetricInterpretation(role: .totalLoss),
            positions: [1, 2, 3, 4][...],
            epochs: [0.5, 0.9, 1.2, .nan][...],
            values: [4, 3, .nan, 1][...]
        )
        let values = EpochValues(fractions, axis: .step)
        #expect(values.epochs == [0, 1] && values.value(at: 0) == 3)
        #expect(values.value(at: 1)?.isNaN == true && values.value(at: 2) == nil)
    }
}

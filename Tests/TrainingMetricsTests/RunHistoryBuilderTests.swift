import Testing
import TrainingMetrics

@Suite struct RunHistoryBuilderTests {
    /// A metric whose samples are records 1, 2, … of its source, or the given ones.
    private func metric(
        _ name: String,
        axis: StepAxis = .step,
        split: Split = .train,
        source: Int = 0,
        order: [Int64]? = nil,
        at positions: [Int64],
        epochs: [Double] = [],
        values: [Double]? = nil,
        _ interpretation: MetricInterpretation = MetricInterpretation(role: .snr)
    ) -> MetricColumns {
        MetricColumns(
            key: MetricKey(name: name, split: split, axis: axis),
            interpretation: interpretation,
            source: source,
            order: order ?? Array(1...Int64(positions.count)),
            positions: positions,
            epochs: epochs,
            values: values ?? positions.map(Double.init)
        )
    }

    private func positions(_ columns: [MetricColumns]) -> [[Int64]] {
        RunHistoryBuilder.attempts(of: columns, name: "run").map { Array($0.series.first?.positions ?? []) }
    }

    @Test(
        arguments: [
            // One climb, with a step logged twice.
            ([10, 20, 30, 30, 40], [[10, 20, 30, 30, 40]]),
            // A restart, with the same and with another interval.
            ([10, 20, 30, 10, 20], [[10, 20, 30], [10, 20]]),
            ([0, 10, 20, 30, 5, 10], [[0, 10, 20, 30], [5, 10]]),
            ([10, 20, 30, 40, 10], [[10, 20, 30, 40], [10]]),
            // A resume replaces what had been logged from there on.
            ([1, 2, 3, 4, 5, 3, 4, 5, 6], [[1, 2, 3, 4, 5, 6]]),
            ([1, 2, 3, 4, 5, 2], [[1, 2, 2, 3, 4, 5]]),
            // Two ranks side by side, and a validation row a little behind, are noise.
            ([100, 99, 101, 100, 102, 101], [[99, 100, 100, 101, 101, 102]]),
            ([100, 200, 190, 300, 400], [[100, 190, 200, 300, 400]]),
            // A bar of another loop jumps back to where it left.
            ([100, 101, 102, 103, 1, 2, 3, 104, 105, 106], [[1, 2, 3, 100, 101, 102, 103, 104, 105, 106]]),
        ] as [([Int64], [[Int64]])]
    )
    func positionsBecomeAttempts(logged: [Int64], expected: [[Int64]]) {
        #expect(positions([metric("a", at: logged)]) == expected)
    }

    @Test func aResumeReplacesTheAbandonedSamplesOfEveryMetric() {
        let attempts = RunHistoryBuilder.attempts(
            of: [
                metric("a", at: [1, 2, 3, 4, 2, 3, 4, 5], values: [1, 2, 3, 4, 20, 30, 40, 50]),
                metric("b", split: .validation, order: [2, 4, 8], at: [2, 4, 5]),
            ],
            name: "run"
        )
        #expect(attempts.count == 1)
        #expect(attempts[0].series.map { Array($0.values) } == [[1, 20, 30, 40, 50], [5]])
        #expect(attempts[0].rewinds == [RunHistory.Rewind(from: 4, to: 2)])
    }

    @Test func ofSeveralAttemptsTheLastIsJudgedUnlessItHasHardlyBegun() throws {
        let long = Array(1...Int64(200))
        let started = RunHistoryBuilder.attempts(of: [metric("a", at: long + [1, 2, 3])], name: "run")
        #expect(started.map(\.attempt) == [1, 2] && started.allSatisfy { $0.attemptCount == 2 })
        #expect(try #require(RunHistoryBuilder.judged(started)).attempt == 1)
        let going = RunHistoryBuilder.attempts(of: [metric("a", at: long + Array(1...50))], name: "run")
        #expect(try #require(RunHistoryBuilder.judged(going)).attempt == 2)
        #expect(RunHistoryBuilder.judged([]) == nil)
    }

    @Test func aMetricOfAnotherSplitMakesNoAttempts() {
        let train = metric("a", order: [1, 2, 3, 5, 6, 7, 9, 10], at: [1, 2, 3, 4, 5, 6, 7, 8])
        let validation = metric("z", split: .validation, order: [4, 8, 11, 12, 13], at: [2, 5, 1, 2, 3])
        #expect(positions([train, validation]) == [[1, 2, 3, 4, 5, 6, 7, 8]])
    }

    @Test func renamedMetricsAfterARestartStillMakeAnAttempt() {
        let before = metric("a", at: [1, 2, 3, 4, 5])
        let after = metric("b", order: [6, 7, 8], at: [1, 2, 3])
        let attempts = RunHistoryBuilder.attempts(of: [before, after], name: "run")
        #expect(attempts.map { $0.series.map(\.name) } == [["a"], ["b"]])
    }

    @Test func aTableThatGivesOneMetricAfterTheOtherIsOneAttempt() {
        let columns = [
            metric("a", at: [1, 5, 10, 20]), metric("b", order: [5, 6, 7], at: [1, 5, 20]),
            metric("c", split: .validation, order: [8, 9, 10, 11], at: [1, 5, 10, 20]),
        ]
        let attempts = RunHistoryBuilder.attempts(of: columns, name: "run")
        #expect(attempts.map { $0.series.map(\.name) } == [["a", "b", "c"]])
        #expect(attempts.first?.series.map { Array($0.positions) } == [[1, 5, 10, 20], [1, 5, 20], [1, 5, 10, 20]])
        // Metrics that are logged together and begin anew are another attempt, whatever they are called.
        let restarted = [
            metric("a", at: [1, 2, 3, 4, 5]), metric("b", at: [1, 2, 3, 4, 5]),
            metric("c", order: [6, 7, 8], at: [1, 2, 3]),
        ]
        #expect(RunHistoryBuilder.attempts(of: restarted, name: "run").count == 2)
    }

    @Test func aStepThatBeginsAnewWithEveryEpochIsCountedOn() {
        let loss = metric("a", at: [1, 2, 3, 1, 2, 3, 1, 2, 3], epochs: [0, 0, 0, 1, 1, 1, 2, 2, 2])
        #expect(positions([loss]) == [[1, 2, 3, 4, 5, 6, 7, 8, 9]])
        let zeroBased = metric("a", at: [0, 1, 2, 0, 1, 2], epochs: [0, 0, 0, 1, 1, 1])
        #expect(positions([zeroBased]) == [[0, 1, 2, 3, 4, 5]])
    }

    @Test func epochMetricsStandWhereTheirEpochEnded() {
        let train = metric("a", at: [10, 20, 30, 40], epochs: [1, 1, 2, 2])
        let inside = metric("b", axis: .epoch, order: [5], at: [2])
        let beside = metric("c", axis: .epoch, source: 1, at: [1, 2])
        let attempts = RunHistoryBuilder.attempts(of: [train, inside, beside], name: "run")
        #expect(attempts.count == 1 && attempts[0].axis == .step)
        #expect(attempts[0].series.map { Array($0.positions) } == [[10, 20, 30, 40], [40], [20, 40]])
        #expect(attempts[0].series.map { Array($0.epochs) } == [[1, 1, 2, 2], [2], [1, 2]])
    }

    @Test func metricsWithoutAPositionStandWhereTheyWereLogged() {
        let train = metric("a", order: [1, 3, 5], at: [10, 20, 30])
        let record = metric("b", axis: .record, order: [2, 4, 6], at: [1, 2, 3])
        let attempts = RunHistoryBuilder.attempts(of: [train, record], name: "run")
        #expect(attempts[0].series.map { Array($0.positions) } == [[10, 20, 30], [10, 20, 30]])
        let alone = RunHistoryBuilder.attempts(of: [record], name: "run")
        #expect(alone[0].axis == .record && Array(alone[0].series[0].positions) == [1, 2, 3])
    }

    /// Event files know only steps: what is logged once an epoch often has the number of the epoch for one.
    @Test func aMetricThatCountsSomethingSlowerStandsWhereItWasLogged() {
        let steps = metric("loss", at: (0..<60).map { $0 * 10 })
        let epochs = metric("val", split: .validation, order: (1...6).map { $0 * 10 }, at: Array(0..<6))
        let dense = metric("lr", order: (1...6).map { $0 * 10 }, at: (1...6).map { $0 * 100 })
        let series = RunHistoryBuilder.attempts(of: [steps, epochs, dense], name: "run")[0].series
        #expect(series.first { $0.name == "val" }.map { Array($0.positions) } == [90, 190, 290, 390, 490, 590])
        #expect(series.first { $0.name == "lr" }.map { Array($0.positions) } == [100, 200, 300, 400, 500, 600])
    }

    @Test func twoSourcesOfARunMakeNoAttempts() {
        let train = metric("a", at: [1, 2, 3, 4])
        let more = metric("b", source: 1, at: [1, 2, 3])
        let same = metric("a", source: 2, at: [5, 6])
        let attempts = RunHistoryBuilder.attempts(of: [train, more, same], name: "run")
        #expect(attempts.count == 1)
        #expect(attempts[0].series.map { Array($0.positions) } == [[1, 2, 3, 4, 5, 6], [1, 2, 3]])
    }

    @Test func valuesComeInCanonicalUnitsAndInOrder() {
        let percent = metric("usage", at: [1, 2], values: [50, .nan], MetricInterpretation(role: .snr, scale: 0.01))
        let negated = metric(
            "loss",
            at: [1, 2],
            values: [-3, .infinity],
            MetricInterpretation(role: .siSDR, isNegated: true)
        )
        let series = RunHistoryBuilder.attempts(of: [percent, negated], name: "run")[0].series
        #expect(series.map(\.name) == ["loss", "usage"])
        #expect(Array(series[0].values) == [3, -.infinity])
        #expect(series[1].values[0] == 0.5 && series[1].values[1].isNaN)
    }

    @Test func nothingMakesOneEmptyAttempt() {
        let attempts = RunHistoryBuilder.attempts(of: [], name: "run")
        #expect(attempts.count == 1 && attempts[0].series.isEmpty)
    }
}

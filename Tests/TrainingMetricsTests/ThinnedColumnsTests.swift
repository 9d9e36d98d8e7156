import Testing
import TrainingMetrics

@Suite struct ThinnedColumnsTests {
    private let key = MetricKey(name: "loss", split: .train, unit: "", axis: .step)

    private func columns(_ thinned: ThinnedColumns) -> MetricColumns {
        thinned.columns(key: key, interpretation: MetricInterpretation(role: .totalLoss), source: 0)
    }

    private func thinned(_ samples: Int, level: Int, value: (Int) -> Double = { Double($0) }) -> ThinnedColumns {
        var columns = ThinnedColumns(level: level)
        for index in 0..<samples {
            columns.append(
                ThinnedColumns.Sample(order: Int64(index), position: Int64(index), value: value(index))
            )
        }
        return columns
    }

    @Test func atLevelZeroEverySampleIsKept() {
        let kept = columns(thinned(100, level: 0))
        #expect(kept.positions == Array(0..<100) && kept.values == (0..<100).map(Double.init))
        #expect(kept.epochs.isEmpty && kept.times.isEmpty)
    }

    @Test(arguments: 1...6) func thinningStepByStepGivesWhatThinningAtOnceGives(level: Int) {
        let value = { (index: Int) in index % 37 == 5 ? Double.nan : Double(index) }
        var stepwise = thinned(1000, level: 0, value: value)
        for _ in 0..<level { stepwise.thin() }
        let (one, other) = (columns(stepwise), columns(thinned(1000, level: level, value: value)))
        #expect(one.positions == other.positions && one.order == other.order)
        #expect(one.values.map(\.bitPattern) == other.values.map(\.bitPattern))
        #expect(stepwise.total == 1000 && stepwise.level == level)
    }

    @Test func theFirstNumberThatIsNotFiniteAndTheLatestSampleSurvive() {
        let kept = columns(thinned(1000, level: 8) { $0 == 700 ? .infinity : Double($0) })
        #expect(kept.positions == [0, 256, 512, 700, 768, 999])
        #expect(kept.values[3] == .infinity)
    }

    @Test func numbersThatAreAllNotFiniteTakeNoMoreRoomThanTwoABlock() {
        #expect(thinned(10_000, level: 6) { _ in .nan }.count <= 2 * (10_000 / 64 + 1))
    }

    @Test func theFirstSampleBehindARestartSurvives() {
        var columns = ThinnedColumns(level: 5)
        for index in 0..<200 {
            columns.append(ThinnedColumns.Sample(order: Int64(index), position: Int64(index % 110), value: 1))
        }
        #expect(self.columns(columns).positions.contains(0) && self.columns(columns).order.contains(110))
    }

    @Test func metricsOfTheSameLinesStayTogether() {
        var (one, other) = (ThinnedColumns(level: 4), ThinnedColumns(level: 4))
        for index in 0..<1000 {
            one.append(ThinnedColumns.Sample(order: Int64(index), position: Int64(index), value: 1))
            // A metric that begins later.
            guard index >= 333 else { continue }
            other.append(ThinnedColumns.Sample(order: Int64(index), position: Int64(index), value: 2))
        }
        let late = columns(other).positions.dropFirst()
        #expect(Set(late).isSubset(of: columns(one).positions))
    }

    @Test func epochsAndTimesBeginWithTheFirstThatIsKnown() {
        var columns = ThinnedColumns()
        columns.append(ThinnedColumns.Sample(order: 0, position: 0, value: 1))
        columns.append(ThinnedColumns.Sample(order: 1, position: 1, epoch: 2, time: 10, value: 1))
        let kept = self.columns(columns)
        #expect(kept.epochs[0].isNaN && kept.epochs[1] == 2 && kept.times[0].isNaN && kept.times[1] == 10)
    }

    @Test func provisionalSamplesComeBehindTheKeptOnes() {
        let kept = thinned(10, level: 2).columns(
            key: key,
            interpretation: MetricInterpretation(role: .totalLoss),
            source: 3,
            provisional: [ThinnedColumns.Sample(order: 10, position: 10, value: 7)]
        )
        #expect(kept.positions == [0, 4, 8, 9, 10] && kept.values.last == 7 && kept.source == 3)
    }
}

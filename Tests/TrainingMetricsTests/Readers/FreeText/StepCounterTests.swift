import Testing

@testable import TrainingMetrics

struct StepCounterTests {
    private func steps(_ records: [(Int64, Double)], total: Int64? = nil, planned: Double? = nil) -> [Int64] {
        var counter = StepCounter()
        return records.map { step, epoch in
            counter.see(epoch: epoch)
            return counter.global(step, total: total, epoch: epoch, plannedEpochs: planned)
        }
    }

    @Test func aCounterThatRestartsEveryEpochGoesOn() {
        #expect(
            steps([(100, 1), (200, 1), (300, 1), (50, 2), (150, 2), (250, 2), (25, 3)]) == [
                100, 200, 300, 400, 500, 600, 700,
            ]
        )
    }

    @Test func aGlobalCounterStaysAsLogged() {
        #expect(steps([(100, 1), (200, 1), (300, 2), (400, 3)]) == [100, 200, 300, 400])
    }

    @Test func aRestartBeginsAgain() {
        #expect(steps([(100, 1), (200, 1), (100, 2), (200, 2), (100, 1), (200, 1)]) == [100, 200, 300, 400, 100, 200])
        #expect(steps([(100, 1), (200, 1), (100, 1)]) == [100, 200, 100])
    }

    @Test func aTotalGivesTheLengthOfTheEpoch() {
        #expect(steps([(10, 1), (20, 1), (10, 2)], total: 50) == [10, 20, 60])
        #expect(steps([(10, 0), (10, 1)], total: 50) == [10, 60])
        #expect(steps([(10, 1), (60, 2), (110, 3)], total: 500, planned: 10) == [10, 60, 110])
    }
}

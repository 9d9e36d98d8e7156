import HealthRules
import Testing
import TrainingMetrics

/// What a check says of when, and of money, on runs made by hand.
@Suite struct TimelineTests {
    private func history(snr: [Double], hours: Double? = nil) -> RunHistory {
        let positions = snr.indices.map { Int64($0 + 1) }
        let key = MetricKey(name: "loss", axis: .epoch)
        return RunHistory(
            name: "test",
            axis: .epoch,
            series: [
                MetricSeries(
                    key: key,
                    interpretation: MetricInterpretation(role: .totalLoss),
                    positions: positions[...],
                    times: hours.map { hours in snr.indices.map { 1e9 + Double($0) * hours * 3600 }[...] } ?? [],
                    values: snr[...]
                )
            ]
        )
    }

    @Test func anErrorIsVisibleFromItsFirstLine() throws {
        let checkup = try Checkup(history: history(snr: [3, 2, .nan, .nan, .nan]), facts: RunFacts())
        #expect(checkup.verdict == .failing)
        let entry = try #require(checkup.timeline.firstError)
        #expect(entry.position == 3)
        #expect(entry.appeared.map(\.rule) == ["OPT001"])
    }

    @Test func moneyIsCountedByTheLogsOwnClock() throws {
        let facts = RunFacts([
            Fact(.pricePerHour, "10", .given, evidence: ""), Fact(.currency, "€", .given, evidence: ""),
        ])
        let checkup = try Checkup(history: history(snr: [3, 2, .nan, .nan, .nan], hours: 2), facts: facts)
        let cost = try #require(checkup.cost)
        #expect(cost.hours == 8)
        #expect(cost.total == 80)
        #expect(cost.afterFirstError == 40)
        #expect(cost.currency == "€")
    }

    @Test func moneyIsCountedByEpochsWhenThereIsNoClock() throws {
        let facts = RunFacts([
            Fact(.pricePerHour, "10", .given, evidence: ""), Fact(.epochSeconds, "3600", .given, evidence: ""),
        ])
        let cost = try #require(try Checkup(history: history(snr: [3, 2, .nan, .nan]), facts: facts).cost)
        #expect(cost.total == 40)
        #expect(cost.afterFirstError == 10)
    }

    @Test func withoutAPriceThereIsNoCost() throws {
        #expect(try Checkup(history: history(snr: [1, 2, 3]), facts: RunFacts()).cost == nil)
    }

    @Test func aHealthyRunHasNoTimeline() throws {
        let checkup = try Checkup(history: history(snr: (1...30).map { 1 / Double($0) }), facts: RunFacts())
        #expect(checkup.timeline.entries.isEmpty)
        #expect(checkup.verdict != .failing)
    }
}

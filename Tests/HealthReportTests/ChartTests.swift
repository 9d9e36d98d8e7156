import Foundation
import Testing
import TrainingMetrics

@testable import HealthReport

@Suite struct ChartTests {
    private func envelope(_ values: [Double], limit: Int = 10) -> Envelope {
        Envelope(SampleReports.series("loss", .totalLoss, values), limit: limit)
    }

    @Test func fewSamplesKeepAColumnEach() {
        let envelope = envelope([3, .nan, 1])
        #expect(envelope.isExact && envelope.columns.count == 3)
        #expect(envelope.columns[1].notNumbers == 1 && !envelope.columns[1].isFinite)
        #expect(envelope.range == 1...3 && envelope.anomalies == "1 × NaN")
    }

    @Test func aSpikeAmongManySamplesSurvives() {
        var values = Array(repeating: 1.0, count: 100_000)
        values[54_321] = 1e6
        values[77_777] = -.infinity
        let envelope = envelope(values, limit: 300)
        #expect(envelope.columns.count == 300 && !envelope.isExact)
        #expect(envelope.columns.contains { $0.highest == 1e6 && $0.middle == 1 })
        #expect(envelope.columns.reduce(0) { $0 + $1.negativeInfinities } == 1)
    }

    @Test func columnsFollowPositionsNotTheNumberOfSamples() {
        let positions = Array(0..<1000).map(Int64.init) + [100_000]
        let series = MetricSeries(
            key: MetricKey(name: "loss"),
            interpretation: MetricInterpretation(role: .totalLoss),
            positions: positions[...],
            values: positions.map { Double($0) }[...]
        )
        let columns = Envelope(series, limit: 100).columns
        #expect(columns.count == 2 && columns[1].position == 100_000)
    }

    @Test(
        arguments: [
            [2, 1.99, 1.98], [0], [-3, 5], [196, 6.5e7, 12], [1e-300, 1e300], [-1e308, 1e308], [0, 0, 1e9, 1],
            [.leastNonzeroMagnitude, .greatestFiniteMagnitude],
        ] as [[Double]]
    )
    func everyFiniteValueHasAHeightAndTicksClimb(values: [Double]) {
        let scale = ChartScale(values)
        for value in values { #expect((0...1).contains(scale.height(value)), "\(value)") }
        let sorted = values.sorted()
        #expect(sorted.map { scale.height($0) } == sorted.map { scale.height($0) }.sorted())
        #expect(scale.ticks.map(\.value) == scale.ticks.map(\.value).sorted() && scale.ticks.count < 20)
    }

    @Test func aRangeOfManyPowersIsLogarithmic() {
        #expect(ChartScale([196, 6.5e7]).isLogarithmic)
        #expect(!ChartScale([1.9, 2]).isLogarithmic)
        #expect(ChartScale([1, 1e4]).ticks.map(\.label).contains("100"))
    }

    @Test(
        arguments: [(1, 10, "1"), (0, 250_000, "50k"), (1, 3_500_000, "1M"), (7, 7, "7")] as [(Double, Double, String)]
    )
    func positionsAreLabelledInShort(first: Double, last: Double, label: String) {
        #expect(ChartScale.positionTicks(first, last).map(\.label).contains(label))
    }

    @Test(
        arguments: [(0.71, "0.71"), (1.9, "1.9"), (70, "70"), (1e-7, "1e-7"), (4, "4"), (.nan, "nan")]
            as [(Double, String)]
    )
    func thresholdsHaveNoTrailingZeros(value: Double, text: String) { #expect(NumberText.tidy(value) == text) }
}

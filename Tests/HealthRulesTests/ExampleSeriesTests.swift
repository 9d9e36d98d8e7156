import HealthRules
import Testing
import TrainingMetrics

@Suite struct ExampleSeriesTests {
    @Test func valuesStandAtMultiplesOfTheInterval() throws {
        let series = try #require(ExampleSeries("2.0x2 1.5-0.5x3", every: 100))
        #expect(series.values == [2, 2, 1.5, 1, 0.5])
        #expect(series.positions == [100, 200, 300, 400, 500])
        #expect(series.split == .train && series.part.isEmpty)
    }

    @Test func labelsSetSplitPartAndPositions() throws {
        let series = try #require(ExampleSeries("validation:@5,10: -2.4 -3.7", every: 1))
        #expect(series.split == .validation)
        #expect(series.positions == [5, 10])
        let part = try #require(ExampleSeries("scale 0.5: @100+50: nan 1", every: 1))
        #expect(part.part == "scale 0.5")
        #expect(part.positions == [100, 150])
    }

    @Test(arguments: ["", "1.0xa", "@1,2: 1.0", "@one: 1.0", "validation:"])
    func unreadableTextIsRefused(_ text: String) {
        #expect(ExampleSeries(text, every: 1) == nil)
    }
}

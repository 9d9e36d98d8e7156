import TestSupport
import Testing
import TrainingMetrics

/// Against the same statistics by sorting, on random values with many ties.
@Suite struct RobustStatisticsTests {
    private func byTotalOrder(_ values: [Double], _ q: Double) -> Double {
        let sorted = values.sorted()
        let position = q * Double(sorted.count - 1)
        let lower = Int(position)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
    }

    @Test(arguments: [1, 2, 3, 10, 101, 5000])
    func quantilesAreThoseOfTheSortedValues(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let values = (0..<count).map { _ in Double(Int.random(in: -20...20, using: &generator)) / 4 }
        for q in [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] {
            #expect(abs(RobustStatistics.quantile(values, q) - byTotalOrder(values, q)) < 1e-12, "q = \(q)")
        }
        let quartiles = RobustStatistics.quartiles(values)
        #expect(quartiles.lower <= quartiles.median && quartiles.median <= quartiles.upper)
        #expect(RobustStatistics.interquartileRange(values) == quartiles.upper - quartiles.lower)
    }

    @Test func nonFiniteValuesAreLeftOut() {
        #expect(RobustStatistics.median([.nan, 3, .infinity, 1, -.infinity, 2]) == 2)
        #expect(RobustStatistics.median([Double]()).isNaN)
        #expect(RobustStatistics.median([Double.nan]).isNaN)
    }

    @Test func theDeviationIgnoresAnOutlier() {
        #expect(RobustStatistics.medianAbsoluteDeviation([1, 2, 3, 4, 1_000_000]) == 1)
    }

    @Test func blocksCoverEverything() {
        let medians = RobustStatistics.blockMedians([1, 2, 3, 10, 20, 30, 7][...], blockLength: 3)
        #expect(medians == [2, 20, 7])
    }

    @Test func theSlopeOfALineIsExactAndAnOutlierDoesNotMoveIt() {
        var line = (0..<200).map { 3 + 0.5 * Double($0) }
        #expect(abs(RobustStatistics.slope(line[...]) - 0.5) < 1e-9)
        line[17] = 1e9
        line[99] = .nan
        #expect(abs(RobustStatistics.slope(line[...]) - 0.5) < 0.02)
    }

    @Test func sortedReversedAndConstantValuesDoNotMatter() {
        let values = (0..<999).map(Double.init)
        #expect(RobustStatistics.median(values) == 499)
        #expect(RobustStatistics.median(values.reversed()) == 499)
        #expect(RobustStatistics.median(Array(repeating: 4.0, count: 1000)) == 4)
    }
}
